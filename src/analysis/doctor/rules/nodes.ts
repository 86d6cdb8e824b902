/** What is wrong with what is known of the nodes themselves. */

import type { Finding } from '../../../model/answers/doctor.ts';
import { formatSize } from '../../../model/quantity.ts';
import { formatDuration, formatTime } from '../../../model/time.ts';
import { formatBytesRate, formatNodes, formatRange } from '../words.ts';
import { evidence, listResidentEvidence, type Rule } from './rule.ts';

/** Nodes that reported and no longer do, unless they said that they end. */
export const silentNodes: Rule = ({ assessments, stopped }) => {
  const silent = stopped.filter(({ node }) => {
    return !assessments.some((assessment) => assessment.node.node === node && assessment.node.endedOrderly);
  });
  if (silent.length === 0) return [];
  const nodes = silent.map(({ node }) => node);
  return [
    {
      kind: 'node-silent',
      level: 'warning',
      certainty: 'certain',
      because: 'other nodes went on reporting, and its last run does not say that the process ended',
      nodes,
      subject: null,
      what: `${silent.length === 1 ? `${nodes[0]} stopped reporting` : `${silent.length} nodes stopped reporting`} without saying that ${silent.length === 1 ? 'it ends' : 'they end'}, at ${silent.map(({ lastSeen }) => formatTime(lastSeen)).join(', ')}`,
      evidence: silent.flatMap(({ node, lastSeen }) => {
        const assessment = assessments.find((one) => one.node.node === node);
        return [
          evidence(node, 'last run', 'text', { detail: formatTime(lastSeen) }),
          ...(assessment === undefined ? [] : listResidentEvidence(assessment)),
        ];
      }),
      advice: [
        {
          text: 'See whether the process still runs, and what it said last.',
          command: 'zeekctl status; zeekctl diag NODE',
        },
        {
          text: 'A process that was ended for lack of memory leaves a line in the kernel log.',
          command: "journalctl -k | grep -i 'out of memory'",
        },
      ],
    },
  ];
};

export const mixedVersions: Rule = ({ assessments, stopped }) => {
  const gone = new Set(stopped.map(({ node }) => node));
  const alive = assessments
    .map(({ node }) => node)
    .filter(({ node, zeekVersion }) => zeekVersion !== null && !gone.has(node));
  const versions = [...new Set(alive.map(({ zeekVersion }) => zeekVersion!))].sort();
  if (versions.length < 2) return [];
  return [
    {
      kind: 'versions-mixed',
      level: 'warning',
      certainty: 'certain',
      because: 'every node writes its version',
      nodes: alive.map(({ node }) => node),
      subject: null,
      what: `the nodes run different versions of Zeek (${versions.join(', ')}), whose sizes cannot be compared and whose messages may not be understood`,
      evidence: alive.map(({ node, zeekVersion }) =>
        evidence(node, 'version of Zeek', 'text', { detail: zeekVersion }),
      ),
      advice: [{ text: 'Bring all nodes to one version.', command: 'zeekctl deploy' }],
    },
  ];
};

export const missingNodeLog: Rule = ({ hasNodeLog, assessments }) => {
  if (hasNodeLog) return [];
  const finding: Finding = {
    kind: 'node-log-missing',
    level: 'note',
    certainty: 'certain',
    because: 'no file of that name was found',
    nodes: assessments.map(({ node }) => node.node),
    subject: null,
    what: 'there is no my_stats_node.log: how large the processes are is not known, so growth outside scripts cannot be seen and nothing can be compared with what they hold',
    evidence: [],
    advice: [
      {
        text: 'Give the folder with all logs of the collector; older collectors did not write it, and a log filter of the site may leave it out.',
        command: null,
      },
    ],
  };
  return [finding];
};

/** Memory grows, and what the variables take is known too roughly to say whether it is theirs. */
export const unjudgedGrowth: Rule = ({ assessments }) => {
  const found = assessments.flatMap((assessment) => {
    const { place } = assessment;
    return place?.where === 'unjudged' ? [{ assessment, place }] : [];
  });
  if (found.length === 0) return [];
  const worst = found.reduce((a, b) => (b.place.grown > a.place.grown ? b : a));
  const { resident, node } = worst.assessment.node;
  const nodes = found.map(({ assessment }) => assessment.node.node);
  const { grown, visible } = worst.place;
  const { from, to, slope } = resident!;
  return [
    {
      kind: 'cannot-be-judged',
      level: 'warning',
      certainty: 'possible',
      because: `what variables and connections changed by, ${formatRange(visible)}, is known too roughly beside ${formatSize(grown, 'bytes')}`,
      nodes,
      subject: null,
      what: `memory grows ${formatNodes(nodes)}, by ${formatSize(grown, 'bytes')} in ${formatDuration(to - from)} on ${node} (${formatBytesRate(slope)}), and whether it is in what scripts hold cannot be judged`,
      evidence: found.flatMap(({ assessment, place }) => [
        ...listResidentEvidence(assessment),
        evidence(assessment.node.node, 'variables and connections', 'bytes', {
          last: place.visible.likely,
          detail: `change: ${formatRange(place.visible)}`,
        }),
      ]),
      advice: [
        {
          text: 'Keep recording: over a longer time ranges grow more slowly than what they are compared with.',
          command: null,
        },
        {
          text: 'Keep my_stats_variable.log with the other logs: without the types, bytes are a guess.',
          command: null,
        },
      ],
    },
  ];
};
