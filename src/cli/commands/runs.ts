/** `my-stats runs`: what the measurements cost each node. */

import { LOGS, NODES, OUTPUT, SOURCE } from '../options.ts';
import { declareQuestion } from '../question.ts';

export const runsCommand = declareQuestion({
  name: 'runs',
  summary: 'what each measurement cost, per node',
  description: 'Shows how long the measurements took on every node, and how long they held up the process.',
  arguments: { paths: LOGS },
  options: { ...NODES, ...SOURCE, ...OUTPUT },
  examples: [
    ['my-stats runs /opt/zeek/logs/current', 'what measuring costs each node'],
    ["my-stats runs --node 'worker-*' LOGS", 'only the workers'],
    ['my-stats runs --csv LOGS > runs.csv', 'for a spreadsheet'],
  ],
  more: `
Reads my_stats_node.log or, if there is none, the lines that the collector
writes to cluster.log.
`,
  parameters: [],
  ask: async (asked) => (await import('../../app/runs.ts')).runs(asked),
  report: async () => (await import('../../report/answers/runs.ts')).runsReport,
});
