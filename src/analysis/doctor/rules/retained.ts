/** A variable shrank, and the process did not: no leak in scripts. */

import type { Finding } from '../../../model/answers/doctor.ts';
import { formatCount, formatSize } from '../../../model/quantity.ts';
import { formatTime } from '../../../model/time.ts';
import type { Retained } from '../retained.ts';
import { RETAINED } from '../thresholds.ts';
import { rangeText } from '../words.ts';
import { evidence, type Rule } from './rule.ts';

export const retainedMemory: Rule = ({ pictures }) =>
  pictures.flatMap(({ node, retained }) => retained.map((one) => findingOf(node.node, one)));

function findingOf(node: string, retained: Retained): Finding {
  const { variable, before, after, at, freed, residentBefore, residentNow, bytes } = retained;
  const name = variable.variable;
  const ofAll = bytes.likely / residentNow;
  return {
    kind: 'memory-retained',
    level: ofAll >= RETAINED.warningShare ? 'warning' : 'note',
    certainty: bytes.low >= RETAINED.minFreedShare * residentNow ? 'certain' : 'likely',
    because: `the variable gave up ${rangeText(freed)}; resident memory changed by ${formatSize(residentNow - residentBefore, 'bytes')}`,
    nodes: [node],
    subject: name,
    what: `${name} shrank from ${formatCount(before)} to ${after === 0 ? 'next to nothing' : formatCount(after)} at ${formatTime(at)} on ${node}, and the process kept its memory: the allocator retains about ${rangeText(bytes)}, which is no leak in scripts`,
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
