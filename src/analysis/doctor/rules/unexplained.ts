/** A large part of a process that is in nothing the logs tell of, though it does not grow now. */

import type { Finding } from '../../../model/answers/doctor.ts';
import { formatShare, formatSize } from '../../../model/quantity.ts';
import type { Picture } from '../picture.ts';
import { UNEXPLAINED } from '../thresholds.ts';
import { leastToMost } from '../words.ts';
import { evidence, type Rule, residentEvidence } from './rule.ts';

export const unexplainedMemory: Rule = ({ pictures }) =>
  pictures.flatMap((picture) => {
    const { account, place, retained } = picture;
    // What grows, and what was given up, is told by findings of its own.
    if (account === null || !account.canBeJudged || place !== null || retained.length > 0) return [];
    const { unexplained, resident } = account;
    const isMuch = unexplained.low >= UNEXPLAINED.minBytes && unexplained.low >= UNEXPLAINED.minShare * resident;
    return isMuch ? [findingOf(picture, account)] : [];
  });

function findingOf(picture: Picture, { unexplained, resident }: NonNullable<Picture['account']>): Finding {
  const { node } = picture.node;
  return {
    kind: 'memory-unexplained',
    level: 'warning',
    certainty: 'likely',
    because: 'it is what resident memory is above all that was logged, by the highest estimates',
    nodes: [node],
    subject: null,
    what: `${formatSize(unexplained.low, 'bytes')} or more of the memory of ${node}, ${formatShare(unexplained.low / resident)} of the process, is in nothing that was logged`,
    evidence: [
      evidence(node, 'not explained', 'bytes', { last: unexplained.likely, detail: leastToMost(unexplained) }),
      ...residentEvidence(picture),
    ],
    advice: [
      {
        text: 'It is C++ memory: analyzers, Broker and its stores, writers of logs, or what was freed and is kept by the allocator. Earlier logs tell when it came.',
        command: 'my-stats top --by node --since -7d LOGS',
      },
    ],
  };
}
