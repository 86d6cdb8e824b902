/** Quantities in the sentences of findings. */

import type { ByteRange } from '../../model/bytes.ts';
import { formatCount, formatSize } from '../../model/quantity.ts';
import { formatDuration } from '../../model/time.ts';
import type { Trend } from './trend.ts';

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

/** `it went on rising for 3.0 h, 204 points`: how steadily something rose. */
export function steadiness({ from, to, runs, confidence }: Trend): string {
  const sure = confidence === 'low' ? ', though not far above its noise' : '';
  return `it went on rising for ${formatDuration(to - from)}, over ${formatCount(runs)} points${sure}`;
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
