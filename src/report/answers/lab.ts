/** `lab`: a cluster on this machine, node by node. */

import type { LabNodeResult, LabResult } from '../../model/answers/lab.ts';
import { formatDuration } from '../../model/time.ts';
import { createReport } from '../answer.ts';
import { describeReading } from '../reading.ts';
import { type Column, estimateText, rangeColumns } from '../tables/column.ts';
import { convertRows } from '../tables/json.ts';
import { visible } from '../text/sanitize.ts';
import { cutSentence, nameInSentence } from '../words.ts';

export const labReport = createReport<LabResult, LabNodeResult>({
  name: 'lab',
  screen(text, result) {
    const zeek = result.zeekVersion === null ? '' : `, Zeek ${visible(result.zeekVersion)}`;
    text.title(`A cluster of ${result.nodes.length} nodes on this machine${zeek}`);
    if (result.packages.length > 0) text.line(`with ${result.packages.map(nameInSentence).join(', ')}`);
    const ready = result.ready === null ? '' : `every node had reported after ${formatDuration(result.ready)}; `;
    text.line(`${ready}it ran ${formatDuration(result.ran)} and took ${formatDuration(result.stopping)} to stop`);
    text.line('');
    text.table(COLUMNS, result.nodes);
  },
  json: (result) => ({
    packages: result.packages,
    zeek_version: result.zeekVersion,
    nodes: convertRows(COLUMNS, result.nodes),
    ready_seconds: result.ready,
    ran_seconds: result.ran,
    stopping_seconds: result.stopping,
    forced: result.forced,
    interrupted: result.interrupted,
    kept: result.kept,
    notes: result.notes,
  }),
  tables: ({ nodes }) => [{ columns: COLUMNS, rows: nodes }],
  notes: listNotes,
});

const COLUMNS: readonly Column<LabNodeResult>[] = [
  { key: 'node', heading: 'node', kind: 'name', value: ({ node }) => node },
  { key: 'role', heading: 'role', kind: 'word', value: ({ role }) => role, rank: 3 },
  {
    key: 'first_report_seconds',
    heading: 'reported after',
    kind: 'duration',
    value: ({ firstReport }) => firstReport,
    rank: 2,
  },
  { key: 'runs', heading: 'runs', kind: 'number', value: ({ runs }) => runs, rank: 1 },
  { key: 'boots', heading: 'boots', kind: 'number', value: ({ boots }) => boots, rank: 4 },
  { key: 'resident_memory_bytes', heading: 'memory', kind: 'bytes', value: ({ resident }) => resident },
  ...rangeColumns<LabNodeResult>('packages_bytes', 'packages_bytes', ({ held }) => held),
  { heading: 'packages hold', kind: 'bytes', text: ({ held }) => estimateText(held) },
  { key: 'messages', csv: null, value: ({ messages }) => messages },
];

function listNotes(result: LabResult): string[] {
  const notes: string[] = [];
  if (result.interrupted) notes.push('Interrupted: these are the numbers up to then.');
  for (const { node, boots } of result.nodes)
    if (boots > 1) notes.push(`${nameInSentence(node)} ended and was started again: it had ${boots} lives.`);
  if (result.forced) notes.push('Not everything ended when it was asked to; the rest was killed.');
  for (const { node, messages } of result.nodes) {
    if (messages.length > 0)
      notes.push(`${nameInSentence(node)} said:`, ...messages.map((message) => cutSentence(`  ${message}`)));
  }
  notes.push(...result.notes.map((note) => visible(note)), ...describeReading(result.reading));
  if (result.kept !== null) notes.push(`The logs are in ${visible(result.kept)}`);
  return notes;
}
