/** Quantities in the sentences of findings. */

import type { ByteRange } from '../../model/bytes.ts';
import { formatCount, formatSize } from '../../model/quantity.ts';

/** `14 MB (10 MB to 18 MB)`; one number where the range is narrow. */
export function rangeText({ low, likely, high }: ByteRange): string {
  const text = formatSize(likely, 'bytes');
  if (high - low < 0.05 * Math.abs(likely)) return text;
  return `${text} (${leastToMost({ low, likely, high })})`;
}

/** `10 MB to 18 MB`: the range of an estimate without its likely value. */
export function leastToMost({ low, high }: ByteRange): string {
  return `${formatSize(low, 'bytes')} to ${formatSize(high, 'bytes')}`;
}

/** Bytes in the unit of time in which they are easiest to imagine. */
export function bytesRate(perSecond: number): string {
  const [span, name] = Math.abs(perSecond) * 3600 >= 1e6 ? [3600, 'an hour'] : [86_400, 'a day'];
  return `${formatSize(Number((perSecond * span).toPrecision(3)), 'bytes')} ${name}`;
}

export function countRate(perSecond: number): string {
  const magnitude = Math.abs(perSecond);
  const [span, name] = magnitude >= 1 ? [1, 'a second'] : magnitude * 3600 >= 1 ? [3600, 'an hour'] : [86_400, 'a day'];
  return `${formatCount(Number((perSecond * span).toPrecision(3)))} ${name}`;
}

/** `larger at the later of two times in 98 % of all pairs, over 204 runs`: how steadily something rose. */
export function steadiness({ rising, runs }: { readonly rising: number; readonly runs: number }): string {
  const percent = rising === 1 ? 100 : Math.min(99, Math.round(rising * 100));
  return `larger at the later of two times in ${percent} % of all pairs, over ${formatCount(runs)} runs`;
}

/** `on worker-1`, `on worker-1 and worker-2`, `on 5 nodes`. */
export function onNodes(nodes: readonly string[]): string {
  if (nodes.length > 2) return `on ${nodes.length} nodes`;
  return `on ${nodes.join(' and ')}`;
}

/** A name from a log as one word of a shell. */
export function shellWord(text: string): string {
  return /^[\w:.-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
