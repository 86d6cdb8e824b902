/** What became of a node's memory, in one sentence. */

import type { Attributor } from '../../attribution/attributor.ts';
import type { Course, MemoryAccount, NodeVerdict } from '../../model/doctor.ts';
import { formatSize } from '../../model/quantity.ts';
import { formatDuration } from '../../model/time.ts';
import { accountOf } from './account.ts';
import { intervalOf, lastOf } from './case.ts';
import { growthPlaceOf } from './growth-place.ts';
import type { GrowingVariable, Picture } from './picture.ts';
import { retainedOf } from './retained.ts';
import { expiryOfCase, mayEnd } from './rules/variables.ts';
import { TREND } from './thresholds.ts';
import type { VariableCase } from './variable-case.ts';
import { bytesRate, rangeText } from './words.ts';

export function verdictOf(picture: Picture, attributor: Attributor): NodeVerdict {
  const { node } = picture;
  const retained = retainedOf(node)[0] ?? null;
  const { course, says } = courseOf(picture, attributor);
  const memory = lastOf(node, node.memory);
  const size = memory === null ? '' : `${formatSize(memory, 'bytes')}, `;
  const account = accountOf(picture, retained?.bytes ?? null);
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
    sentence: `${earlier}${size}${says}${restOf(account)}`,
    residentPerHour: node.resident === null ? null : node.resident.slope * 3600,
    account,
    limit: lastOf(node, 'memory_limit'),
  };
}

/** What nothing explains, where it is much and sure. */
function restOf(account: MemoryAccount | null): string {
  if (account === null || !account.canBeJudged || account.unexplained.low < MUCH * account.resident) return '';
  return `; ${formatSize(account.unexplained.low, 'bytes')} of it or more is in nothing that was logged`;
}

const MUCH = 0.1;

function courseOf(picture: Picture, attributor: Attributor): { course: Course; says: string } {
  const { node } = picture;
  const { resident } = node;
  if (resident === null) return { course: 'not-enough-data', says: whatIsMissing(picture) };
  const span = formatDuration(resident.to - resident.from);
  const place = growthPlaceOf(picture);
  if (place === null) return withoutGrowth(picture, span);
  const rate = `grows ${bytesRate(resident.slope)}`;
  const names = namesOf(picture.growing);
  switch (place.where) {
    case 'outside': {
      const seen = `of ${formatSize(place.grown, 'bytes')} more in ${span}, variables explain ${rangeText(picture.variables)}`;
      return { course: 'grows-outside-scripts', says: `${rate}, outside scripts: ${seen}` };
    }
    case 'unjudged': {
      const says = `${rate}; whether in variables cannot be judged: they changed by ${rangeText(picture.variables)} of ${formatSize(place.grown, 'bytes')}`;
      return { course: 'grows-unjudged', says };
    }
    case 'connections':
      return { course: 'grows-in-connections', says: `${rate}, with live connections and what hangs on them` };
    case 'variables': {
      const young = picture.growing.filter((one) => {
        return mayEnd({ ...one, picture, expiry: expiryOfCase(one.variable, attributor) });
      });
      if (picture.growing.length > 0 && young.length === picture.growing.length)
        return { course: 'settling', says: `${rate} in ${names}, whose entries are not as old yet as they may get` };
      if (names !== '') return { course: 'grows-in-variables', says: `${rate}, in ${names}` };
      const follow = namesOf(picture.withTraffic);
      if (follow !== '') return { course: 'with-traffic', says: `${rate} in ${follow}, as live connections do` };
      return { course: 'settling', says: `${rate}, in variables that do not grow steadily` };
    }
  }
}

function withoutGrowth(picture: Picture, span: string): { course: Course; says: string } {
  const { node, growing } = picture;
  const resident = node.resident!;
  if (growing.length > 0)
    return {
      course: 'grows-in-variables',
      says: `which does not rise steadily over ${span}, but ${namesOf(growing)} ${growing.length === 1 ? 'does' : 'do'}`,
    };
  const kept = retainedOf(node)[0];
  if (kept !== undefined) {
    const says = `of which the allocator keeps about ${rangeText(kept.bytes)} since ${kept.variable.variable} shrank`;
    return { course: 'retained', says };
  }
  const largest = largestOf(node.variables, resident.last);
  if (resident.kind === 'slowing')
    return { course: 'settling', says: `rising ever more slowly over ${span}${largest}` };
  return { course: 'steady', says: `no lasting growth over ${span}${largest}` };
}

/** The variable that holds a large part of it, if one does. */
function largestOf(variables: readonly VariableCase[], resident: number): string {
  const largest = variables.toSorted((a, b) => b.now.bytes.likely - a.now.bytes.likely)[0];
  if (largest === undefined || largest.now.bytes.likely < 0.1 * resident) return '';
  return `; largest: ${largest.variable}, ${rangeText(largest.now.bytes)}`;
}

/** The variables that most of the growth is in. */
function namesOf(growing: readonly GrowingVariable[]): string {
  const names = growing.map(({ variable }) => variable.variable);
  const shown = names.slice(0, 2).join(' and ');
  return names.length > 2 ? `${shown} and ${names.length - 2} more` : shown;
}

function whatIsMissing({ node }: Picture): string {
  const runs = node.ts.length;
  if (node.gauges === null) return 'not enough data: no my_stats_node.log, so its memory is not known';
  if (lastOf(node, node.memory) === null) return 'not enough data: its memory was not logged';
  const more = Math.max(1, TREND.minRuns - runs);
  const interval = intervalOf(node) ?? 60;
  return `not enough data: ${runs} of the ${TREND.minRuns} runs it takes to tell; ${formatDuration(more * interval)} more`;
}
