/** The sentences of `growth`: what its tables have no place for. */

import type { GrowthResult, GrowthSeries, GrowthStretch, UnlikeEquals } from '../../model/answers/growth.ts';
import { formatCount, formatSize } from '../../model/quantity.ts';
import { formatDuration, formatTime } from '../../model/time.ts';
import { describeReading } from '../reading.ts';
import { LEAST_TO_JUDGE, nameInSentence } from '../words.ts';

/** More of a kind are counted. */
const MOST = 5;

/** What was found besides the tables, the worst first. */
export function describeFindings(result: GrowthResult): string[] {
  return [
    ...some(
      result.series.filter(({ expiryFails }) => expiryFails),
      (one) => expiryWords(one, result),
    ),
    ...fieldWords(result),
    ...some(
      result.series.filter(({ source, trend }) => {
        return source !== 'process' && trend.verdict === 'growing' && trend.restarts > 0;
      }),
      (one) => restartWords(one, result),
    ),
    ...some(result.unlike, unlikeWords),
    ...some(
      result.nodes.filter(
        ({ measuringTrend }) => measuringTrend?.verdict === 'growing' && measuringTrend.confidence === 'high',
      ),
      ({ node }) => `${nameInSentence(node)}: every measurement takes longer than the one before.`,
    ),
    ...some(unexplained(result), ({ node, residentTrend, growing }) => {
      const rate = formatSize(residentTrend!.perHour!.likely, 'bytes');
      const why = growing === 0 ? describeRising(result, node) : 'more than its variables explain';
      return `${nameInSentence(node)}: the memory of the process grows by ${rate} per hour, ${why}.`;
    }),
  ];
}

/** What the reader of the answer must know of what it was made from. */
export function listNotes(result: GrowthResult): string[] {
  return [...watchWords(result), ...stretchWords(result), ...describeReading(result.reading)];
}

function some<T>(list: readonly T[], words: (one: T) => string): string[] {
  const sentences = [...new Set(list.map(words))];
  const more = sentences.length - MOST;
  return more > 0 ? [...sentences.slice(0, MOST), `  … and ${more} more like this`] : sentences;
}

/** What of a process rises, where nothing is known to grow without an end. */
function describeRising({ series }: GrowthResult, node: string): string {
  const rising = series.filter(({ source, trend, ...one }) => {
    return one.node === node && source === 'variable' && trend.verdict === 'watch' && trend.why !== 'little';
  });
  if (rising.length === 0) return 'and no variable of its scripts grows';
  const first = nameInSentence(rising[0]!.variable);
  return rising.length === 1
    ? `while ${first} rises, which may stop by itself`
    : `while ${first} and ${rising.length - 1} more rise, which may stop by themselves`;
}

function unexplained({ nodes }: GrowthResult) {
  return nodes.filter(({ residentTrend, bytesPerHour, growing }) => {
    const rate = residentTrend?.verdict === 'growing' ? residentTrend.perHour!.likely : 0;
    if (rate <= 0 || residentTrend?.confidence === 'low') return false;
    // Objects alone say nothing of how much of the process's growth they are.
    return growing === 0 || (bytesPerHour !== null && rate > 2 * bytesPerHour.high);
  });
}

function expiryWords({ variable, node, expiry, stretch }: GrowthSeries, { stretches, series }: GrowthResult): string {
  const nodes = series.filter((one) => one.expiryFails && one.variable === variable).map((one) => one.node);
  const { age } = stretches[stretch]!;
  const where = nodes.length > 1 ? `${nodes.length} nodes` : nameInSentence(node);
  const used = expiry!.kind === 'create' ? '' : ', or its entries are used again before their time is over';
  return (
    `${nameInSentence(variable)} declares ${nameInSentence(expiry!.text)} and after ${formatDuration(age)} still grows in a straight ` +
    `line on ${where}: expiry is not in effect${used}.`
  );
}

/** What grew before its process was restarted, too. */
function restartWords({ variable, node, stretch, trend }: GrowthSeries, { stretches }: GrowthResult): string {
  const { firstTs, lastTs } = stretches[stretch]!;
  if (trend.isOfEarlierLife)
    return `${nameInSentence(variable)} grew on ${nameInSentence(node)} until the restart at ${formatTime(firstTs)}; ${formatDuration(lastTs - firstTs)} since then are too short to tell otherwise.`;
  const times = trend.restarts === 1 ? 'a restart' : `${trend.restarts} restarts`;
  return `${nameInSentence(variable)} has grown on ${nameInSentence(node)} over ${times}, since ${formatTime(trend.since)}.`;
}

/** Where variables were asked for, that connections are worth a look. */
function fieldWords({ by, growingFields }: GrowthResult): string[] {
  if (by === 'field' || growingFields.length === 0) return [];
  const shown = growingFields.slice(0, 3).map(nameInSentence).join(', ');
  const more = growingFields.length > 3 ? ` and ${growingFields.length - 3} more` : '';
  return [`Fields of live connections grow: ${shown}${more} (--by field).`];
}

function unlikeWords({ node, variable, measure, unit, value, perHour, equals }: UnlikeEquals): string {
  const amount = (size: number) => (measure === 'entries' ? formatCount(size) : formatSize(size, unit));
  const what = measure === 'entries' ? ' entries' : unit === 'bytes' ? '' : ` ${nameInSentence(unit)}`;
  const others = equals.nodes === 1 ? 'the other has' : `the other ${equals.nodes} have`;
  const most = equals.largest > equals.median ? `, at most ${amount(equals.largest)}` : '';
  const rate = perHour === null ? '' : `, and grows by ${amount(perHour)} per hour`;
  return `${nameInSentence(node)} is unlike its equals: ${nameInSentence(variable)} has ${amount(value)}${what}${rate}; ${others} ${amount(equals.median)}${most}.`;
}

const REASONS = {
  'part-of-a-day': 'as the rhythm of a day may, of which too little is seen',
  'like-others': 'alike on one node, as more traffic makes them',
  'with-traffic': 'about as live connections do',
  'before-expiry': 'but not for as long yet as their expiry declares',
  filling: 'ever more slowly, as caches that fill do',
  'as-before': 'after a restart, below where they stopped by themselves before it',
  little: 'but by next to nothing yet',
} as const;

function watchWords({ series }: GrowthResult): string[] {
  return Object.entries(REASONS).flatMap(([why, words]) => {
    const names = new Set(
      series.filter((one) => one.source === 'variable' && one.trend.why === why).map(({ variable }) => variable),
    );
    if (names.size === 0) return [];
    const shown = [...names].slice(0, 3).map(nameInSentence);
    const more = names.size > shown.length ? ` and ${names.size - shown.length} more` : '';
    return [`Rising ${words}: ${shown.join(', ')}${more} (no finding; --all shows them).`];
  });
}

function stretchWords({ stretches, stopped, series, filters }: GrowthResult): string[] {
  const words: string[] = [];
  const gone = new Set(stopped.map(({ node }) => node));
  words.push(
    ...some(
      stopped,
      ({ node, lastSeen }) => `${nameInSentence(node)} stopped reporting at ${formatTime(lastSeen)}; it is in no row.`,
    ),
  );
  for (const stretch of stretches.filter(({ judged, node }) => judged && !gone.has(node))) {
    const latest = stretches.find(({ node, latest }) => latest && node === stretch.node) ?? stretch;
    const tooShort = series.some((one) => stretches[one.stretch] === stretch && one.trend.verdict === 'unclear');
    if (stretch !== latest)
      words.push(
        `${nameInSentence(stretch.node)} ${beginning(latest)}: ${length(latest)} since are too little, so its rates are of the time before.`,
      );
    else if (tooShort && stretch.runs < 8)
      words.push(`${nameInSentence(stretch.node)}: not enough data (${length(stretch)}); ${LEAST_TO_JUDGE}.`);
    else if (stretch.begins !== 'first') {
      const isTogether = series.some(({ stretch: of, trend }) => {
        return stretches[of] === stretch && trend.verdict === 'growing' && trend.restarts > 0;
      });
      const counts = isTogether ? 'what goes on from before is judged with that' : 'only the time since counts';
      words.push(`${nameInSentence(stretch.node)} ${beginning(stretch)}; ${counts}.`);
    }
    if (stretch.missing > 0.05 * stretch.runs)
      words.push(
        `${nameInSentence(stretch.node)}: ${stretch.missing} of ${stretch.runs + stretch.missing} runs are missing.`,
      );
  }
  const short = new Set(
    series.flatMap((one) =>
      one.source === 'variable' &&
      one.trend.verdict === 'unclear' &&
      stretches[one.stretch]!.runs >= 8 &&
      !gone.has(one.node)
        ? [one.variable]
        : [],
    ),
  );
  // Variables that come and go around the threshold are many; who asks for one wants to know.
  if (short.size > 0 && filters.module.length + filters.variable.length > 0) {
    const names = [...short].slice(0, 3).map(nameInSentence);
    const more = short.size > names.length ? ` and ${short.size - names.length} more` : '';
    words.push(`Not enough data: ${names.join(', ')}${more} (it takes 8 runs over 5 minutes in which it is logged).`);
  }
  return words.length > 12
    ? [...words.slice(0, 12), `  … and ${words.length - 12} more remarks on the nodes' runs`]
    : words;
}

function beginning({ begins, firstTs }: GrowthStretch): string {
  const what = {
    first: 'began',
    restart: 'was restarted',
    'clock-set-back': 'had its clock set back',
    'clock-set-ahead': 'had its clock set ahead',
  };
  return `${what[begins]} at ${formatTime(firstTs)}`;
}

function length({ runs, firstTs, lastTs }: GrowthStretch): string {
  return `${runs === 1 ? '1 run' : `${runs} runs`} in ${formatDuration(lastTs - firstTs)}`;
}
