/** `lab` in all its forms: a cluster on this machine, node by node. */

import type { LabNodeResult, LabResult } from '../model/lab.ts';
import { formatSize } from '../model/quantity.ts';
import { formatDuration } from '../model/time.ts';
import { type Cell, delimited } from './delimited.ts';
import { jsonDocument, jsonReading } from './json.ts';
import type { OutputFormat, Report, Screen } from './output.ts';
import { bytesCell } from './profile-cells.ts';
import { named, readingNotes, sentence } from './reading.ts';
import { ScreenText } from './screen.ts';
import { visible, visibleName } from './text/sanitize.ts';
import type { Column } from './text/table.ts';

export function labReport(result: LabResult, format: OutputFormat, screen: Screen): Report {
  if (format === 'table') return { text: labScreen(result, screen), asides: [] };
  if (format === 'json') return { text: labJson(result), asides: [] };
  return { text: labDelimited(result, format), asides: labNotes(result) };
}

interface LabColumn extends Column {
  readonly cell: (node: LabNodeResult) => string;
}

const number = (heading: string, rank: number, cell: (node: LabNodeResult) => string): LabColumn => {
  return { heading, align: 'right', shrinks: false, rank, cell };
};
const orDash = (value: number | null, format: (value: number) => string) => (value === null ? '-' : format(value));

const COLUMNS: readonly LabColumn[] = [
  { heading: 'node', align: 'left', shrinks: true, rank: 0, cell: ({ node }) => visibleName(node) },
  { heading: 'role', align: 'left', shrinks: false, rank: 3, cell: ({ role }) => role },
  number('reported after', 2, ({ firstReport }) => orDash(firstReport, formatDuration)),
  number('runs', 1, ({ runs }) => String(runs)),
  number('boots', 4, ({ boots }) => String(boots)),
  number('memory', 0, ({ resident }) => orDash(resident, (bytes) => formatSize(bytes, 'bytes'))),
  number('packages hold', 0, ({ held }) => bytesCell(held)),
];

function labScreen(result: LabResult, screen: Screen): string {
  const text = new ScreenText(screen);
  const zeek = result.zeekVersion === null ? '' : `, Zeek ${visible(result.zeekVersion)}`;
  text.line(`A cluster of ${result.nodes.length} nodes on this machine${zeek}`, text.paint.title);
  if (result.packages.length > 0) text.line(`with ${result.packages.map(named).join(', ')}`);
  const ready = result.ready === null ? '' : `every node had reported after ${formatDuration(result.ready)}; `;
  text.line(`${ready}it ran ${formatDuration(result.ran)} and took ${formatDuration(result.stopping)} to stop`);
  text.line('');
  const columns = COLUMNS.filter(
    ({ heading, cell }) => heading === 'node' || result.nodes.some((n) => cell(n) !== '-'),
  );
  const dropped = text.table(
    columns.map((column) => (column.heading === 'node' ? { ...column, paint: text.paint.name } : column)),
    result.nodes.map((node) => ({ cells: columns.map(({ cell }) => cell(node)) })),
  );
  const notes = labNotes(result);
  if (dropped.length > 0) notes.push(`Not shown for lack of width: ${dropped.join(', ')}.`);
  text.notes(notes);
  return text.toString();
}

function labNotes(result: LabResult): string[] {
  const notes: string[] = [];
  if (result.interrupted) notes.push('Interrupted: these are the numbers up to then.');
  for (const { node, boots } of result.nodes)
    if (boots > 1) notes.push(`${named(node)} ended and was started again: it had ${boots} lives.`);
  if (result.forced) notes.push('Not everything ended when it was asked to; the rest was killed.');
  for (const { node, messages } of result.nodes) {
    if (messages.length > 0) notes.push(`${named(node)} said:`, ...messages.map((message) => sentence(`  ${message}`)));
  }
  notes.push(...result.notes.map((note) => visible(note)), ...readingNotes(result.reading));
  if (result.kept !== null) notes.push(`The logs are in ${visible(result.kept)}`);
  return notes;
}

function labJson(result: LabResult): string {
  return jsonDocument('lab', {
    packages: result.packages,
    zeek_version: result.zeekVersion,
    nodes: result.nodes.map((node) => ({
      node: node.node,
      role: node.role,
      first_report_seconds: node.firstReport,
      runs: node.runs,
      boots: node.boots,
      resident_memory_bytes: node.resident,
      packages_bytes: node.held,
      messages: node.messages,
    })),
    ready_seconds: result.ready,
    ran_seconds: result.ran,
    stopping_seconds: result.stopping,
    forced: result.forced,
    interrupted: result.interrupted,
    kept: result.kept,
    notes: result.notes,
    reading: jsonReading(result.reading),
  });
}

const DELIMITED: readonly (readonly [string, (node: LabNodeResult) => Cell])[] = [
  ['node', (n) => n.node],
  ['role', (n) => n.role],
  ['first_report_seconds', (n) => n.firstReport],
  ['runs', (n) => n.runs],
  ['boots', (n) => n.boots],
  ['resident_memory_bytes', (n) => n.resident],
  ['packages_bytes', (n) => n.held?.likely ?? null],
  ['packages_bytes_low', (n) => n.held?.low ?? null],
  ['packages_bytes_high', (n) => n.held?.high ?? null],
];

function labDelimited(result: LabResult, format: 'csv' | 'tsv'): string {
  return delimited(
    format,
    DELIMITED.map(([name]) => name),
    result.nodes.map((node) => DELIMITED.map(([, cell]) => cell(node))),
  );
}
