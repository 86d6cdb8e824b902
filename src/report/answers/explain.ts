/** `explain`: everything known of one variable; in CSV one line per life of a node. */

import type { ExplainedHistory, ExplainedNode, ExplainResult } from '../../model/answers/explain.ts';
import { createReport } from '../answer.ts';
import { describeReading } from '../reading.ts';
import type { Column } from '../tables/column.ts';
import { jsonTime } from '../tables/json.ts';
import { visible } from '../text/sanitize.ts';
import { truncateMiddle } from '../text/width.ts';
import { explainScreen } from './explain-screen.ts';

/** A life of a node, and the size now where that life is the last. */
interface Life {
  readonly node: string | null;
  readonly life: ExplainedHistory | null;
  readonly now: ExplainedNode | undefined;
}

export const explainReport = createReport<ExplainResult, Life>({
  name: 'explain',
  screen: explainScreen,
  json: explainFields,
  tables: (result) => [{ columns: chooseColumns(result), rows: listLives(result) }],
  notes: explainNotes,
});

function explainFields(result: ExplainResult): object {
  const { attribution } = result;
  return {
    variable: result.variable,
    module: result.moduleName,
    package: attribution.package,
    package_kind: attribution.kind,
    package_version: attribution.version,
    script: attribution.script,
    line: attribution.line,
    expiry: attribution.expiry,
    evidence: attribution.evidence,
    type: result.type,
    type_tree: result.typeTree,
    scripts_read: result.scripts,
    declarations: result.declarations,
    assignments: result.assignments,
    statements: result.statements,
    nodes: result.nodes.map(({ node, run, ts, size, unit, entries, bytes, method, residentMemory }) => {
      const more = { bytes, bytes_method: method, resident_memory_bytes: residentMemory };
      return { node, run, time: jsonTime(ts), size, unit, entries, ...more };
    }),
    bytes: result.bytes,
    history: result.history.map(({ from, to, mostEntries, ...life }) => {
      return { ...life, from: jsonTime(from), to: jsonTime(to), most_entries: mostEntries };
    }),
    notes: result.notes,
  };
}

/** A variable that was never logged has one row. */
function listLives({ history, nodes }: ExplainResult): Life[] {
  const lives: Omit<Life, 'now'>[] = history.map((life) => ({ node: life.node, life }));
  for (const { node } of nodes) if (!history.some((life) => life.node === node)) lives.push({ node, life: null });
  if (lives.length === 0) lives.push({ node: null, life: null });
  return lives.map((one, i) => {
    const isLast = lives.findLastIndex(({ node }) => node === one.node) === i;
    return { ...one, now: isLast ? nodes.find(({ node }) => node === one.node) : undefined };
  });
}

function chooseColumns({ variable, moduleName, type, attribution }: ExplainResult): Column<Life>[] {
  const { package: owner, kind, version, script, line, expiry } = attribution;
  const ofAll = {
    variable,
    module: moduleName,
    package: owner,
    package_kind: kind,
    package_version: version,
    script,
    line,
    expiry,
    type,
  };
  return [
    ...Object.entries(ofAll).map(([csv, value]) => ({ csv, value: () => value })),
    { csv: 'node', value: ({ node }) => node },
    { csv: 'from', kind: 'time', value: ({ life }) => life?.from },
    { csv: 'to', kind: 'time', value: ({ life }) => life?.to },
    { csv: 'runs', value: ({ life }) => life?.runs },
    { csv: 'unit', value: ({ life }) => life?.unit },
    { csv: 'first', value: ({ life }) => life?.first },
    { csv: 'last', value: ({ life }) => life?.last },
    { csv: 'max', value: ({ life }) => life?.max },
    { csv: 'most_entries', value: ({ life }) => life?.mostEntries },
    { csv: 'size', value: ({ now }) => now?.size },
    { csv: 'size_unit', value: ({ now }) => now?.unit },
    { csv: 'entries', value: ({ now }) => now?.entries },
    { csv: 'bytes', value: ({ now }) => now?.bytes?.likely },
    { csv: 'low', value: ({ now }) => now?.bytes?.low },
    { csv: 'high', value: ({ now }) => now?.bytes?.high },
    { csv: 'method', value: ({ now }) => (now?.bytes ? now.method : null) },
  ];
}

const LONGEST = 400;
/** Of many broken scripts some are enough on a screen; JSON has all. */
const MOST_OF_READING = 5;

/** Sanitized sentences that qualify the answer. */
function explainNotes({ notes, bytes, reading }: ExplainResult): string[] {
  const about = [...notes, ...(bytes?.notes ?? [])].map((note) => truncateMiddle(visible(note), LONGEST));
  const read = describeReading({ ...reading, notes: reading.notes.slice(0, MOST_OF_READING) });
  const more = reading.notes.length - MOST_OF_READING;
  return [...about, ...read, ...(more > 0 ? [`… and ${more} more such notes, which --json has.`] : [])];
}
