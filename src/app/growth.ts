import { growthOf } from '../analysis/growth.ts';
import type { VariableKnowledge } from '../analysis/growth-series.ts';
import { filterWords } from '../analysis/top.ts';
import { conflictingOptions, noRunAt, nothingSelected } from '../model/errors.ts';
import type { GrowthResult } from '../model/growth.ts';
import { moduleOf } from '../model/sample.ts';
import { formatTime, isRelativeTime, parseTime } from '../model/time.ts';
import type { SampleStore } from '../store/interface.ts';
import { openAttribution } from './attribution.ts';
import type { GrowthOptions } from './options.ts';
import { openSamples, refuseSkipped } from './source.ts';

/**
 * Which variables grow without an end in sight, how fast, and what will hurt first.
 *
 * Every node is judged by its last boot, or by the one before where that has just begun.
 *
 * @throws ExpectedError for paths, times or rows that cannot be used, and where the filters match nothing
 */
export async function growth(options: GrowthOptions): Promise<GrowthResult> {
  const { filters } = options;
  const store = await openSamples(options);
  try {
    const since = options.since === null ? null : await timeOf(store, options.since);
    const until = options.until === null ? null : await timeOf(store, options.until);
    if (since !== null && until !== null && since > until)
      throw conflictingOptions('--since is later than --until', 'Exchange them');
    const { series, reading } = await store.series({ filters, since, until }, options.onProgress);
    refuseSkipped(reading, options.strict);
    const asked = filterWords(filters);
    if (asked !== null && series.series.every(({ source }) => source !== 'variable')) throw nothingSelected(asked);
    if (series.stretches.length === 0) {
      const { first, last } = await store.extent();
      const from = since === null ? 'the beginning' : formatTime(since);
      throw noRunAt(
        `${from} to ${until === null ? 'the end' : formatTime(until)}`,
        formatTime(first),
        formatTime(last),
      );
    }
    const known = await knowledgeOf(store);
    return { ...growthOf(series, options, known), reading };
  } finally {
    await store.close();
  }
}

async function knowledgeOf(store: SampleStore): Promise<VariableKnowledge> {
  const { knowledge } = await store.knowledge();
  const attributor = await openAttribution(knowledge);
  return {
    origin: (node, variable) => {
      const known = knowledge.descriptions.of(node, variable);
      const bare = { variable, moduleName: moduleOf(variable), script: null, expiry: null };
      return { attribution: attributor.attribute(known ?? bare) };
    },
    estimate: () => ({ bytes: null }),
  };
}

async function timeOf(store: SampleStore, text: string): Promise<number> {
  return parseTime(text, isRelativeTime(text) ? (await store.extent()).last : 0);
}
