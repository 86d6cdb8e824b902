/**
 * The public API of the npm package: the use cases, and the plain data they return.
 *
 * Each takes paths and options, returns a result from `src/model`, and throws `ExpectedError` for everything that
 * can be wrong with its input. Nothing here prints, colours or exits.
 */

export type { ArchiveResult, CompactedDays } from '../model/answers/archive.ts';
export type { AskResult, NodeAnswer, NodeRefusal } from '../model/answers/ask.ts';
export type { CheckResult, CheckRow, CheckState } from '../model/answers/budget.ts';
export type {
  DiffDivisor,
  DiffKind,
  DiffResult,
  DiffRow,
  DiffSection,
  DiffSide,
  DiffState,
} from '../model/answers/diff.ts';
export type {
  Advice,
  Certainty,
  DoctorResult,
  Evidence,
  Finding,
  FindingKind,
  FindingLevel,
  MemoryAccount,
  MemoryPart,
  NodeVerdict,
} from '../model/answers/doctor.ts';
export type {
  ExplainedAssignment,
  ExplainedBytes,
  ExplainedDeclaration,
  ExplainedHistory,
  ExplainedNode,
  ExplainResult,
  TypeLine,
} from '../model/answers/explain.ts';
export type {
  Confidence,
  DeclaredExpiry,
  GrowthNode,
  GrowthPivot,
  GrowthResult,
  GrowthRow,
  GrowthSection,
  GrowthSeries,
  GrowthShape,
  GrowthStretch,
  GrowthVerdict,
  SeriesTrend,
  UnlikeEquals,
  WatchReason,
} from '../model/answers/growth.ts';
export type { InventoryResult } from '../model/answers/inventory.ts';
export type { LabNodeResult, LabResult, LabRole } from '../model/answers/lab.ts';
export type {
  PackagesResult,
  ProfiledPackage,
  ProfileFailure,
  ProfileOrigin,
  ProfilePoint,
  ProfileProcess,
  ProfileResult,
  ProfileSizes,
  ProfileVariable,
  ScriptPosition,
  ScriptReplacement,
} from '../model/answers/profile.ts';
export type { TraceSummary } from '../model/answers/profile-run.ts';
export type { QueryColumn, QueryResult, QueryValue } from '../model/answers/query.ts';
export type { Pivot } from '../model/answers/range.ts';
export type { ReportCurve, ReportResult } from '../model/answers/report.ts';
export type { RunsResult, RunsRow } from '../model/answers/runs.ts';
export type {
  SizeUnit,
  TopNode,
  TopPivot,
  TopResult,
  TopRow,
  TopSection,
  TopSort,
  TopSpan,
} from '../model/answers/top.ts';
export type {
  WatchAnswer,
  WatchFrame,
  WatchGroup,
  WatchPoint,
  WatchRow,
  WatchSort,
  WatchStep,
  WatchUnit,
  WatchView,
} from '../model/answers/watch.ts';
export { addBytes, type ByteRange, type BytesMethod, exactly, isExact, NO_BYTES } from '../model/bytes.ts';
export type { Entry } from '../model/entry.ts';
export { ExpectedError } from '../model/errors/catalogue.ts';
export type {
  ConnectionField,
  ConnectionsResult,
  ConnectionsRow,
  LargestConnection,
} from '../model/logged/connection.ts';
export type { Attribution, VariableDescription } from '../model/logged/description.ts';
export type { Measurement } from '../model/logged/node-series.ts';
export type { FileReading, Reading, SkippedRow } from '../model/logged/reading.ts';
export type { StoppedNode, Unit } from '../model/logged/sample.ts';
export { type NameFilter, type NameFilters, NO_FILTERS, parseNameFilter } from '../model/names.ts';
export type { Progress, ProgressListener } from '../model/progress.ts';
export type { EstimateResult, SizeEstimate, SizeInput, SizeStep } from '../model/size-estimate.ts';
export { type ArchiveOptions, archive } from './archive.ts';
export { type AskOptions, ask } from './ask.ts';
export { type CheckOptions, check } from './check.ts';
export { type ConnectionsOptions, connections } from './connections.ts';
export { type DiffOptions, type DiffSides, diff } from './diff.ts';
export { type DoctorOptions, doctor } from './doctor.ts';
export { type EstimateOptions, estimate } from './estimate.ts';
export { type ExplainOptions, explain } from './explain.ts';
export { type GrowthOptions, growth } from './growth.ts';
export { type InventoryOptions, inventory } from './inventory.ts';
export { type MeasureOptions, measure } from './profiling/estimate-measure.ts';
export { type LabOptions, lab } from './profiling/lab.ts';
export { type ProfileOptions, profile } from './profiling/profile.ts';
export { profileEach } from './profiling/profile-each.ts';
export { report } from './report.ts';
export { type RunsOptions, runs } from './runs.ts';
export { type SqlOptions, sql } from './sql.ts';
export { type TopOptions, top } from './top.ts';
export { Watch, type WatchOptions, watched } from './watch.ts';
