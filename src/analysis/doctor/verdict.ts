/** What became of a node's memory, in one sentence. */

import type { Course, MemoryAccount, NodeVerdict } from '../../model/answers/doctor.ts';
import { formatCount, formatSize } from '../../model/quantity.ts';
import { formatDuration } from '../../model/time.ts';
import { FEWEST_POINTS, SHORTEST } from '../judge/thresholds.ts';
import type { Assessment } from './assessment.ts';
import type { Companion } from './growth-place.ts';
import { findInterval, readEnds, readLast } from './observed-node.ts';
import type { ObservedVariable } from './observed-variable.ts';
import { EFFECT } from './thresholds.ts';
import { formatBytesRate, formatRange } from './words.ts';

export function giveVerdict(assessment: Assessment): NodeVerdict {
  const { node, account } = assessment;
  const { course, says } = tellCourse(assessment);
  const memory = readLast(node, node.memory);
  const size = memory === null ? '' : `${formatSize(memory, 'bytes')}, `;
  const earlier = node.isEarlierLife ? 'before it started again: ' : '';
  return {
    node: node.node,
    zeekVersion: node.zeekVersion,
    boot: node.boot,
    from: node.ts[0] ?? null,
    to: node.ts.at(-1) ?? null,
    runs: node.ts.length,
    isEarlierLife: node.isEarlierLife,
    course,
    sentence: `${earlier}${size}${says}${tellRest(account)}`,
    fillsPerHour: node.fillsPerHour,
    account,
    limit: readLast(node, 'memory_limit'),
  };
}

/** What nothing explains, where it is much and sure. */
function tellRest(account: MemoryAccount | null): string {
  if (account === null || !account.canBeJudged || account.unexplained.low < MUCH * account.resident) return '';
  return `; ${formatSize(account.unexplained.low, 'bytes')} of it or more is in nothing that was logged`;
}

const MUCH = 0.1;

function tellCourse(assessment: Assessment): { course: Course; says: string } {
  const { node } = assessment;
  const { resident } = node;
  const { place } = assessment;
  if (resident === null) return { course: 'not-enough-data', says: tellWhatIsMissing(assessment) };
  const span = formatDuration(resident.to - resident.from);
  if (place === null) return tellWithoutGrowth(assessment, span);
  const rate = `grows ${formatBytesRate(resident.slope)}`;
  const names = nameFirst(assessment.growing.map(({ variable }) => variable));
  switch (place.where) {
    case 'outside': {
      const seen = `of ${formatSize(place.grown, 'bytes')} more in ${span}, variables explain ${formatRange(assessment.variables)}`;
      return { course: 'grows-outside-scripts', says: `${rate}, outside scripts: ${seen}` };
    }
    case 'unjudged': {
      const says = `${rate}; whether in what scripts hold cannot be judged: that changed by ${formatRange(place.visible)} of ${formatSize(place.grown, 'bytes')}`;
      return { course: 'grows-unjudged', says };
    }
    case 'connections': {
      const { companion } = place;
      const number = companion?.gauge === 'connections' ? `: ${describeCompanion(companion)}` : ' and what these hold';
      return { course: 'grows-in-connections', says: `${rate}, with live connections${number}` };
    }
    case 'queue':
      return {
        course: 'grows-in-queue',
        says: `${rate}, with ${place.companion!.name}: ${describeCompanion(place.companion!)}`,
      };
    case 'ended': {
      const fields = assessment.ended.map(({ field }) => field).join(', ');
      return { course: 'grows-in-connections', says: `${rate}, by what connections held in ${fields} when they ended` };
    }
    case 'variables': {
      if (names !== '') return { course: 'grows-in-variables', says: `${rate}, in ${names}` };
      const fill = nameFirst(assessment.filling);
      if (fill !== '')
        return {
          course: 'settling',
          says: `${rate} in ${fill}, which may stop by ${chooseReflexive(assessment.filling)}`,
        };
      const follow = nameFirst(assessment.withTraffic);
      if (follow !== '') return { course: 'with-traffic', says: `${rate} in ${follow}, as live connections do` };
      return { course: 'settling', says: `${rate}, in variables that do not grow steadily` };
    }
  }
}

/** `1 to 3.54 k, about 21.2 kB each`. */
function describeCompanion({ first, last, each }: Companion): string {
  return `${formatCount(Math.round(first))} to ${formatCount(Math.round(last))}, about ${formatSize(each, 'bytes')} each`;
}

function chooseReflexive(variables: readonly unknown[]): string {
  return variables.length === 1 ? 'itself' : 'themselves';
}

function tellWithoutGrowth(assessment: Assessment, span: string): { course: Course; says: string } {
  const { node, growing } = assessment;
  const resident = node.resident!;
  const rise = growing.reduce((sum, { variable }) => sum + variable.change.likely, 0);
  if (growing.length > 0 && isRisingWith(assessment, rise)) {
    const perSecond = growing.reduce((sum, { bytesPerSecond }) => sum + bytesPerSecond, 0);
    const names = nameFirst(growing.map(({ variable }) => variable));
    return {
      course: 'grows-in-variables',
      says: `rising in steps with ${names}, which grow ${formatBytesRate(perSecond)}`,
    };
  }
  if (growing.length > 0)
    return {
      course: 'grows-in-variables',
      says: `which does not rise as ${nameFirst(growing.map(({ variable }) => variable))} ${growing.length === 1 ? 'does' : 'do'}, over ${span}`,
    };
  const [kept] = assessment.retained;
  if (kept !== undefined) {
    const says = `of which the allocator keeps about ${formatRange(kept.bytes)} since ${kept.variable.variable} shrank`;
    return { course: 'retained', says };
  }
  const largest = nameLargest(node.variables, resident.last);
  if (resident.kind === 'slowing')
    return { course: 'settling', says: `rising ever more slowly over ${span}${largest}` };
  return { course: 'steady', says: `no lasting growth over ${span}${largest}` };
}

/** True where memory came to about as much more as variables did in the same time, though not in a line. */
function isRisingWith({ node, growing }: Assessment, rise: number): boolean {
  const from = Math.min(...growing.map(({ trend }) => trend.from));
  const ends = readEnds(node, node.memory, from);
  return ends !== null && rise >= EFFECT.minGrowthBytes && ends.last - ends.first >= EFFECT.judged * rise;
}

/** The variable that holds a large part of it, if one does. */
function nameLargest(variables: readonly ObservedVariable[], resident: number): string {
  const largest = variables.toSorted((a, b) => b.now.bytes.likely - a.now.bytes.likely)[0];
  if (largest === undefined || largest.now.bytes.likely < 0.1 * resident) return '';
  return `; largest: ${largest.variable}, ${formatRange(largest.now.bytes)}`;
}

/** The variables that most of the growth is in. */
function nameFirst(variables: readonly ObservedVariable[]): string {
  const names = variables.map(({ variable }) => variable);
  const shown = names.slice(0, 2).join(' and ');
  return names.length > 2 ? `${shown} and ${names.length - 2} more` : shown;
}

function tellWhatIsMissing({ node }: Assessment): string {
  const runs = node.ts.length;
  if (node.gauges === null) return 'not enough data: no my_stats_node.log, so its memory is not known';
  if (readLast(node, node.memory) === null) return 'not enough data: its memory was not logged';
  const interval = findInterval(node) ?? 60;
  const more = Math.max(1, FEWEST_POINTS - runs, Math.ceil((SHORTEST * 3600) / interval) + 1 - runs);
  return `not enough data: ${runs} of the ${runs + more} runs it takes to tell; ${formatDuration(more * interval)} more`;
}
