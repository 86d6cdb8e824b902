import { diagnose } from '../analysis/doctor/doctor.ts';
import { remedyOf } from '../analysis/doctor/remedy.ts';
import type { DoctorResult } from '../model/doctor.ts';
import { NO_FILTERS, nameMatcher } from '../model/name-filter.ts';
import type { NodeSeries } from '../model/node-series.ts';
import { addReadings, EMPTY_READING } from '../model/reading.ts';
import type { SeriesResult } from '../model/series.ts';
import type { LogStore } from '../store/log-store.ts';
import { openAttribution } from './attribution.ts';
import { nothingMatches } from './nothing-matches.ts';
import type { DoctorOptions } from './options.ts';
import { noRunIn, periodOf } from './period.ts';
import { NO_SCRIPTS, readScripts } from './scripts.ts';
import { answerFrom, openStore, refuseSkipped } from './source.ts';

type SeriesAnswer = Awaited<ReturnType<LogStore['series']>>;

/**
 * What is wrong with the memory of a cluster: where each process's memory sits, what grows, and what to do about it.
 *
 * @throws ExpectedError for paths, times or rows that cannot be used
 */
export async function doctor(options: DoctorOptions): Promise<DoctorResult> {
  // What scripts at hand say is in no log.
  if (options.scripts.length > 0) return doctorOf(await openStore(options, 'processes'), options);
  return answerFrom('doctor', options, 'processes', (store) => doctorOf(store, options));
}

/** @param known the series of these nodes and this time, where they were read already: they are not counted again */
export async function doctorOf(
  store: LogStore,
  options: Omit<DoctorOptions, 'paths'>,
  known?: SeriesResult,
): Promise<DoctorResult> {
  const period = await periodOf(store, options);
  const { since, until } = period;
  const nodes = await store.nodeSeries();
  const filters = { ...NO_FILTERS, node: options.nodes };
  const sampled: SeriesAnswer =
    known === undefined
      ? await store.series({ filters, ...period }, options.onProgress)
      : { series: known, reading: EMPTY_READING };
  const { series } = sampled;
  const { knowledge, reading: described } = await store.knowledge();
  const fields = await store.connectionFields();
  const { snapshot } = await store.snapshot(until);
  const reading = [sampled.reading, described, nodes.reading, fields.reading].reduce(addReadings);
  refuseSkipped(reading, options.strict);
  const scripts = options.scripts.length === 0 ? NO_SCRIPTS : readScripts(options.scripts);
  const wanted = nameMatcher(options.nodes);
  const within = (ts: number) => (since === null || ts >= since) && (until === null || ts <= until);
  const lives = nodes.series.filter(({ node }) => wanted(node)).flatMap((life) => cut(life, within) ?? []);
  // Nothing found where nothing was looked at is no verdict.
  if (series.stretches.length + lives.length === 0) {
    if (options.nodes.length === 0) throw await noRunIn(store, period);
    throw await nothingMatches(store, `node ${options.nodes.map(({ text }) => text).join(' or ')}`, filters);
  }
  const result = diagnose({
    series,
    nodes: lives,
    connections: fields.rows.filter(({ node, ts }) => wanted(node) && within(ts)),
    descriptions: knowledge.descriptions,
    zeekVersions: knowledge.zeekVersions,
    attributor: openAttribution(knowledge, scripts),
    assignments: scripts.assignments,
    stopped: snapshot.stopped.filter(({ node }) => wanted(node)),
    hasNodeLog: nodes.series.length > 0,
  });
  const attributor = openAttribution(knowledge, scripts);
  const findings = result.findings.map((finding) => {
    const { subject, nodes } = finding;
    const described = subject === null ? null : knowledge.descriptions.of(nodes[0] ?? '', subject);
    if (described === null) return finding;
    const attribution = attributor.attribute(described);
    const declaration =
      scripts.declarations.find(({ variable, keyword, line }) => {
        return variable === subject && keyword !== 'redef' && line === attribution.line;
      }) ?? null;
    const remedy = remedyOf(finding, { attribution, declaration, type: described.type });
    return remedy === null ? finding : { ...finding, remedy };
  });
  const verdicts = result.nodes.map((verdict) => ({ ...verdict, limit: options.memory ?? verdict.limit }));
  return { ...result, findings, nodes: verdicts, reading: { ...reading, notes: [...reading.notes, ...scripts.notes] } };
}

/** The runs of a life within a span of time; null where there are none. */
function cut(life: NodeSeries, within: (ts: number) => boolean): NodeSeries | null {
  const kept = Array.from(life.ts.keys()).filter((i) => within(life.ts[i]!));
  if (kept.length === life.ts.length) return life;
  if (kept.length === 0) return null;
  const column = (values: Float64Array) => Float64Array.from(kept, (i) => values[i]!);
  const gauges = Object.entries(life.gauges).map(([name, values]) => [name, column(values)]);
  return {
    ...life,
    ts: column(life.ts),
    run: column(life.run),
    trigger: kept.map((i) => life.trigger[i]!),
    gauges: Object.fromEntries(gauges) as NodeSeries['gauges'],
  };
}
