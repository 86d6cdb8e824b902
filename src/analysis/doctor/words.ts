/** Quantities in the sentences of findings. */

import type { ByteRange } from '../../model/bytes.ts';
import { formatCount, formatSize } from '../../model/quantity.ts';
import { formatDuration, formatTime } from '../../model/time.ts';
import type { Trend } from './trend.ts';

/** `14 MB (10 MB to 18 MB)`; one number where the range is narrow. */
export function formatRange({ low, likely, high }: ByteRange): string {
  const text = formatSize(likely, 'bytes');
  if (high - low < 0.05 * Math.abs(likely)) return text;
  return `${text} (${formatBounds({ low, likely, high })})`;
}

/** `10 MB to 18 MB`: the range of an estimate without its likely value. */
export function formatBounds({ low, high }: ByteRange): string {
  return `${formatSize(low, 'bytes')} to ${formatSize(high, 'bytes')}`;
}

/** Bytes in the unit of time in which they are easiest to imagine. */
export function formatBytesRate(perSecond: number): string {
  const [span, name] = Math.abs(perSecond) * 3600 >= 1e6 ? [3600, 'an hour'] : [86_400, 'a day'];
  return `${formatSize(Number((perSecond * span).toPrecision(3)), 'bytes')} ${name}`;
}

export function formatCountRate(perSecond: number): string {
  const magnitude = Math.abs(perSecond);
  const [span, name] = magnitude >= 1 ? [1, 'a second'] : magnitude * 3600 >= 1 ? [3600, 'an hour'] : [86_400, 'a day'];
  return `${formatCount(Number((perSecond * span).toPrecision(3)))} ${name}`;
}

/** `it went on rising for 3.0 h, over 204 points`: how steadily something rose. */
export function describeSteadiness({ from, to, since, runs, confidence, restarts, isOfEarlierLife }: Trend): string {
  const span = formatDuration(to - from);
  if (isOfEarlierLife)
    return `it went on rising until the process was restarted, and ${span} since then are too short to tell otherwise`;
  const sure = confidence === 'low' ? ', though not far above its noise' : '';
  const before =
    restarts === 0
      ? ''
      : `, and before ${restarts === 1 ? 'the restart' : `${restarts} restarts`}, from ${formatTime(since)} on`;
  return `it went on rising for ${span}, over ${formatCount(runs)} points${before}${sure}`;
}

/** `it grew by 14 MB in 3.0 h on worker-1, in a straight line (4.7 MB an hour)`. */
export function describeRise(trend: Trend, amount: string, rate: string, where: string): string {
  const { from, to, shape, isOfEarlierLife } = trend;
  const way = shape === 'accelerating' ? 'ever faster' : 'in a straight line';
  const span = formatDuration(to - from);
  if (isOfEarlierLife) return `it grew${where} ${way} (${rate}), until the process was restarted ${span} before`;
  return `it grew by ${amount} in ${span}${where}, ${way} (${rate})`;
}

/** `on worker-1`, `on worker-1 and worker-2`, `on 5 nodes`. */
export function formatNodes(nodes: readonly string[]): string {
  if (nodes.length > 2) return `on ${nodes.length} nodes`;
  return `on ${nodes.join(' and ')}`;
}

/** A name from a log as one word of a shell. */
export function quoteForShell(text: string): string {
  return /^[\w:.-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
