import { drawCurves, drawQuiet, findBeginnings } from '../analysis/growth/growth-curves.ts';
import type { DoctorResult } from '../model/answers/doctor.ts';
import type { InventoryResult } from '../model/answers/inventory.ts';
import type { ReportResult } from '../model/answers/report.ts';
import type { Entry } from '../model/entry.ts';
import { addReadings, EMPTY_READING } from '../model/logged/reading.ts';
import { createMatcher } from '../model/names.ts';
import { diagnoseStore } from './doctor.ts';
import { answerGrowth } from './growth.ts';
import { INVENTORY, type InventoryOptions, listStore } from './inventory.ts';
import type { History } from './source/history.ts';
import { type Read, readOptions } from './source/options.ts';
import { openStore, type Store } from './source/source.ts';

/**
 * All that is known of a cluster's memory, in one: the verdict, the snapshot, and what grows. With `at`, all of it is
 * as it was then. The rows are read once.
 *
 * @throws ExpectedError for paths, times or rows that cannot be used, and where the filters match nothing
 */
export async function report(given: InventoryOptions = {}): Promise<ReportResult> {
  const options = readOptions(INVENTORY, given);
  const store = await openStore(options, 'processes');
  const span = { since: null, until: options.at };
  const question = { ...options, ...span, by: 'variable', memory: null, limit: null } as const;
  const { result, history } = await answerGrowth(store, question);
  const inventory = await listStore(store, options, history.scripts);
  const verdict = await diagnoseWhole(store, options, history, COURSE_POINTS);
  const drawn = { logged: history.judged.logged, stretches: history.data.stretches };
  const curves = drawCurves(result, drawn, createMatcher(options.packages));
  const largest = listLargestRows(inventory);
  const isDrawn = new Set(curves?.map(({ variable }) => variable));
  const others = largest.map(({ variable }) => variable).filter((variable) => !isDrawn.has(variable));
  const notes = [...new Set([...inventory.reading.notes, ...result.reading.notes])];
  // What grows was read from all rows, those of the snapshot among them; the verdict from other logs besides.
  const beside = verdict === null ? EMPTY_READING : { ...verdict.reading, rows: 0, files: [] };
  const reading = addReadings({ ...result.reading, notes }, beside);
  return {
    inventory,
    verdict,
    growth: curves,
    others: drawQuiet(others, result, drawn),
    began: verdict === null ? [] : findBeginnings(verdict.findings, result),
    parts: (history.weigher.knowsTypes ? largest : []).map((row) => {
      const { variable, node } = row;
      return { variable, node, steps: history.weigher.estimate(node, row).steps };
    }),
    reading,
  };
}

/**
 * A verdict is on whole processes: there is none on some of their variables.
 *
 * @param coursePoints see `diagnose`
 */
export async function diagnoseWhole(
  store: Store,
  options: Read<typeof INVENTORY>,
  history: History,
  coursePoints: number | null,
): Promise<DoctorResult | null> {
  const { filters, packages, at } = options;
  if (filters.module.length + filters.variable.length + packages.length > 0) return null;
  const question = { ...options, nodes: filters.node, since: null, until: at, memory: null };
  return diagnoseStore(store, question, history, coursePoints);
}

/** Points of a node's memory over time: as many as a picture shows. */
const COURSE_POINTS = 96;
/** Variables of which more is told than their sizes. */
const LARGEST = 24;

/** The largest variables, each on the node where it is largest. */
function listLargestRows({ rows }: InventoryResult): Entry[] {
  const weight = ({ bytes, size }: Entry) => bytes?.likely ?? size ?? 0;
  const largest = new Map<string, Entry>();
  for (const row of rows) {
    const known = largest.get(row.variable);
    if (known === undefined || weight(row) > weight(known)) largest.set(row.variable, row);
  }
  return [...largest.values()].sort((a, b) => weight(b) - weight(a)).slice(0, LARGEST);
}
