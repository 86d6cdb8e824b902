/** Memory that variables gave up and that stays all the same: with the allocator, or in the slots of a table. */

import type { Finding } from '../../../model/answers/doctor.ts';
import { readNumber } from '../../../model/logged/node-series.ts';
import { formatCount, formatSize } from '../../../model/quantity.ts';
import { formatTime } from '../../../model/time.ts';
import type { Weigher } from '../../weighing/weigh.ts';
import { readLast } from '../observed-node.ts';
import type { Retained } from '../retained.ts';
import { RETAINED, SLOTS } from '../thresholds.ts';
import { formatNodes, formatRange } from '../words.ts';
import { evidence, type Rule } from './rule.ts';
import { groupByVariable, type OnNode } from './variable-evidence.ts';

export const retainedMemory: Rule = ({ assessments }) =>
  assessments.flatMap(({ node, retained }) => retained.map((one) => describeRetained(node.node, one)));

function describeRetained(node: string, retained: Retained): Finding {
  const { variable, before, after, at, freed, residentBefore, residentNow, bytes } = retained;
  const name = variable.variable;
  const ofAll = bytes.likely / residentNow;
  return {
    kind: 'memory-retained',
    level: ofAll >= RETAINED.warningShare ? 'warning' : 'note',
    certainty: bytes.low >= RETAINED.minFreedShare * residentNow ? 'certain' : 'likely',
    because: `the variable gave up ${formatRange(freed)}; resident memory changed by ${formatSize(residentNow - residentBefore, 'bytes')}`,
    nodes: [node],
    subject: name,
    what: `${name} shrank from ${formatCount(before)} to ${after === 0 ? 'next to nothing' : formatCount(after)} at ${formatTime(at)} on ${node}, and the process kept its memory: the allocator retains about ${formatRange(bytes)}, which is no leak in scripts`,
    evidence: [
      evidence(node, name, Number.isNaN(variable.entries[variable.lastPoint]!) ? 'count' : 'entries', {
        first: before,
        last: after,
      }),
      evidence(node, 'resident memory', 'bytes', { first: residentBefore, last: residentNow }),
    ],
    advice: [
      {
        text: 'Zeek uses this memory again before it asks for more, so it does no harm unless the machine needs it. To get it back, restart the node; to keep it from happening, load large data in smaller pieces, or use an allocator that returns memory sooner, in node.cfg:',
        command: 'env_vars=LD_PRELOAD=/usr/lib/x86_64-linux-gnu/libjemalloc.so.2',
      },
      {
        text: `If entries were deleted one by one, the slots of the table are still there too: clear_table(), or assigning an empty table with the same attributes, frees them.`,
        command: null,
      },
    ],
  };
}

interface Kept extends OnNode {
  /** What the table would take less, had it never had more entries than it has. */
  readonly bytes: number;
  readonly entries: number;
  readonly mostEntries: number;
}

export const keptSlots: Rule = ({ assessments, weigher }) => {
  const kept = assessments.flatMap((assessment) => {
    const least = Math.max(SLOTS.minBytes, SLOTS.minShare * (readLast(assessment.node, assessment.node.memory) ?? 0));
    return assessment.node.variables
      .map((variable) => weighKeptSlots({ variable, assessment }, weigher))
      .filter(({ bytes }) => bytes >= least);
  });
  return groupByVariable(kept).map(describeKeptSlots);
};

function weighKeptSlots({ variable: of, assessment }: OnNode, weigher: Weigher): Kept {
  const { node } = assessment.node;
  const { variable, unit, lastPoint } = of;
  const entries = of.entries[lastPoint]!;
  const described = weigher.typeOf(node, variable);
  const mostEntries = described.mostEntries ?? 0;
  const counts = { size: readNumber(of.size[lastPoint]!), unit, entries };
  const bytesAfter = (most: number) => weigher.bytesOf(node, { ...described, mostEntries: most }, counts)?.likely ?? 0;
  const bytes = of.canBeWeighed && mostEntries > entries ? bytesAfter(mostEntries) - bytesAfter(entries) : 0;
  return { variable: of, assessment, bytes, entries, mostEntries };
}

function describeKeptSlots(list: readonly Kept[]): Finding {
  const most = list.reduce((a, b) => (b.bytes > a.bytes ? b : a));
  const name = most.variable.variable;
  const nodes = list.map(({ assessment }) => assessment.node.node);
  const on =
    nodes.length > 1 ? `on ${most.assessment.node.node}, the most of ${nodes.length} nodes,` : formatNodes(nodes);
  return {
    kind: 'kept-slots',
    level: 'note',
    certainty: 'likely',
    because:
      'a table keeps its slots when entries are deleted or expire; it was not seen empty since, as when it is cleared or assigned',
    nodes,
    subject: name,
    what: `≈ ${formatSize(most.bytes, 'bytes')} of ${name} ${on} are slots of entries long gone: it has ${formatCount(most.entries)} entries, and had ${formatCount(most.mostEntries)}`,
    evidence: list.map(({ assessment, bytes, mostEntries }) =>
      evidence(assessment.node.node, name, 'bytes', {
        last: bytes,
        detail: `kept from when there were ${formatCount(mostEntries)} entries`,
      }),
    ),
    advice: [
      {
        text: 'Slots come back when the table is cleared, or when another takes its place: copy what is still needed into a new table with the same attributes, and assign that. If it fills to as many entries again, they are not wasted.',
        command: `clear_table(${name});`,
      },
    ],
  };
}
