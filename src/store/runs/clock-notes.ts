/** What the reader of an answer should know of clocks and of rows that are missing. */

import type { AgreedTime } from '../../model/clock.ts';
import { formatDuration, formatTime } from '../../model/time.ts';

export function describeClocks({ offsets, ahead, behind, now }: AgreedTime): string[] {
  const shifted = [...offsets].map(([node, offset]) => {
    const how = offset > 0 ? 'ahead of' : 'behind';
    return `The clock of ${node} is ${formatDuration(Math.abs(offset))} ${how} those of the others.`;
  });
  const stamped = [...ahead].map(([node, ts]) => {
    return `${node} has runs stamped as late as ${formatTime(ts)}, while all others end at ${formatTime(now)}: its clock was not right then, and these runs are not counted.`;
  });
  const unset = [...behind].map(([node, { first }]) => {
    return `${node} has runs stamped as early as ${formatTime(first)}, from before its clock was set: these are not counted.`;
  });
  return [...shifted, ...stamped, ...unset];
}

/** @param runs how many it had stamped later than those that followed */
export function describeSetBack(node: string, runs: number): string {
  const these = runs === 1 ? 'a run' : `${runs} runs`;
  return `${node} had its clock set back: ${these} from before, stamped later than those that followed, ${runs === 1 ? 'is' : 'are'} not counted.`;
}

/** @param missing the last runs of nodes that have fewer rows here than they logged */
export function describeMissingRows(
  missing: readonly { readonly node: string; readonly rows: number; readonly logged: number }[],
): string[] {
  const first = missing[0];
  if (first === undefined) return [];
  const more =
    missing.length > 1
      ? ` (and of ${missing.length - 1} more ${missing.length === 2 ? 'node' : 'nodes'} likewise)`
      : '';
  return [
    `Rows are missing: of the last run of ${first.node} ${first.rows} of ${first.logged} rows are here${more}. Is there a second logger, whose logs were not given?`,
  ];
}
