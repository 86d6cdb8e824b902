import { dirname, join } from 'node:path';
import { readBaseline, readBudgets } from '../analysis/budget-file.ts';
import { checkBudgets } from '../analysis/check.ts';
import type { BudgetFile, CheckResult } from '../model/budget.ts';
import { missingPath, noBudgets, nothingSelected } from '../model/errors.ts';
import { nameMatcher } from '../model/name-filter.ts';
import { addReadings } from '../model/reading.ts';
import { readTextFile } from '../store/text-file.ts';
import type { CheckOptions } from './options.ts';
import { timeOf } from './period.ts';
import { openSamples, refuseSkipped } from './source.ts';
import { openWeigher } from './weigher.ts';

/** Where budgets are looked for. */
const PLACES = ['my-stats.json', 'package.json'];

/**
 * Compares the last complete run of every node with budgets, and with a baseline.
 *
 * Nothing is written: with `update` the result is as it would be with the new baseline, whose text it holds.
 *
 * @throws ExpectedError for files, paths, times or rows that cannot be used, and where there is no budget
 */
export async function check(options: CheckOptions): Promise<CheckResult> {
  const file = findBudgets(options.config);
  const baselinePath = join(dirname(file.path), file.baseline);
  const store = await openSamples(options);
  try {
    const { snapshot, reading } = await store.snapshot(await timeOf(store, options.at));
    const { weigher, knowledge, reading: told } = await openWeigher(store);
    const sum = addReadings(reading, told);
    refuseSkipped(sum, options.strict);
    const wanted = nameMatcher(file.nodes);
    const nodes = snapshot.nodes.filter(({ node }) => wanted(node));
    if (nodes.length === 0) throw nothingSelected(`nodes ${file.nodes.map(({ text }) => text).join(' or ')}`);
    const described = knowledge.descriptions.all();
    const against = (text: string | null) =>
      checkBudgets(
        file,
        nodes,
        described,
        weigher,
        text === null ? null : readBaseline(baselinePath, text),
        baselinePath,
      );
    // A new baseline replaces one that cannot be read as well.
    const text = options.update ? null : readTextFile(baselinePath);
    const first = against(text);
    const answer = options.update ? against(first.newBaseline) : first;
    return {
      ...answer,
      file: file.path,
      baseline: text === null && !options.update ? null : baselinePath,
      from: nodes.reduce((earliest, { ts }) => Math.min(earliest, ts), Number.POSITIVE_INFINITY),
      to: nodes.reduce((latest, { ts }) => Math.max(latest, ts), Number.NEGATIVE_INFINITY),
      nodes: nodes.length,
      updated: options.update,
      reading: sum,
    };
  } finally {
    await store.close();
  }
}

function findBudgets(config: string | null): BudgetFile {
  if (config !== null) {
    const text = readTextFile(config);
    if (text === null) throw missingPath(config);
    const file = readBudgets(config, text);
    if (file === null) throw noBudgets([config]);
    return file;
  }
  for (const place of PLACES) {
    const text = readTextFile(place);
    const file = text === null ? null : readBudgets(place, text);
    if (file !== null) return file;
  }
  throw noBudgets(PLACES);
}
