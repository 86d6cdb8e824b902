/** `doctor` on a terminal: the verdict per node, then what was found, with its evidence and what to do. */

import type { ByteRange } from '../model/bytes.ts';
import type { DoctorResult, Evidence, Finding, MemoryAccount, NodeVerdict } from '../model/doctor.ts';
import { formatCount, formatSize } from '../model/quantity.ts';
import { formatDuration } from '../model/time.ts';
import type { Screen } from './output.ts';
import { formatPeriod, named, readingNotes } from './reading.ts';
import { ScreenText } from './screen.ts';
import { visible, visibleName } from './text/sanitize.ts';
import type { Column } from './text/table.ts';

/** Rows of evidence shown per finding, and nodes whose parts are shown; --json has all. */
const EVIDENCE_ROWS = 8;
const ACCOUNT_NODES = 6;

export function doctorScreen(result: DoctorResult, screen: Screen): string {
  const text = new ScreenText(screen);
  text.line('What the memory of every node is in, and what is wrong with it', text.paint.title);
  if (result.nodes.length > 0)
    text.line(`${count(result.nodes.length, 'node')}, ${formatPeriod(result.from, result.to)}`);
  text.line('');
  for (const verdict of result.nodes) verdictLine(text, verdict);
  for (const [i, finding] of result.findings.entries()) findingBlock(text, finding, i + 1);
  if (result.findings.length === 0) {
    text.line('');
    text.line('Nothing found.', text.paint.title);
  }
  const accounts = result.nodes.flatMap(({ node, account, isEarlierLife }) =>
    account === null ? [] : [{ node, account, isEarlierLife }],
  );
  if (accounts.length > 0) accountTable(text, accounts);
  text.notes(readingNotes(result.reading));
  return text.toString();
}

function count(number: number, what: string): string {
  return number === 1 ? `1 ${what}` : `${number} ${what}s`;
}

function verdictLine(text: ScreenText, { node, sentence }: NodeVerdict): void {
  text.line(`${named(node)}: ${visible(sentence)}`);
}

function findingBlock(text: ScreenText, finding: Finding, number: number): void {
  text.line('');
  const what = visible(finding.what);
  text.line(
    `${number}. ${finding.level}: ${what[0]?.toUpperCase() === what[0] ? what : what}.`,
    text.paint.title,
    '   ',
  );
  text.line(`   ${finding.certainty}: ${visible(finding.because)}.`, undefined, '   ');
  evidenceTable(text, finding.evidence);
  for (const { text: advice, command } of finding.advice) {
    text.line(`   > ${visible(advice)}`, undefined, '     ');
    if (command !== null) text.line(`       ${visible(command)}`, text.paint.name, '       ');
  }
}

function evidenceTable(text: ScreenText, evidence: readonly Evidence[]): void {
  if (evidence.length === 0) return;
  const shown = evidence.slice(0, EVIDENCE_ROWS);
  const all = COLUMNS.filter(({ heading, cell }) => heading === '   node' || shown.some((row) => cell(row) !== '-'));
  text.table(
    all,
    shown.map((row) => ({ cells: all.map(({ cell }) => cell(row)) })),
  );
  const more = evidence.length - shown.length;
  if (more > 0) text.line(`   … and ${count(more, 'row')} more, which --json shows`, text.paint.faint);
}

interface EvidenceColumn extends Column {
  readonly cell: (row: Evidence) => string;
}

const COLUMNS: readonly EvidenceColumn[] = [
  // Indented as the finding it belongs to.
  { heading: '   node', align: 'left', shrinks: true, rank: 0, cell: ({ node }) => `   ${visibleName(node)}` },
  { heading: 'what', align: 'left', shrinks: true, rank: 0, cell: ({ what }) => visibleName(what) },
  { heading: 'first', align: 'right', shrinks: false, rank: 1, cell: (row) => quantity(row.first, row) },
  { heading: 'last', align: 'right', shrinks: false, rank: 1, cell: (row) => quantity(row.last, row) },
  { heading: 'per hour', align: 'right', shrinks: false, rank: 2, cell: (row) => quantity(row.perHour, row) },
  {
    heading: 'detail',
    align: 'left',
    shrinks: true,
    rank: 3,
    cell: ({ detail }) => (detail === null ? '-' : visible(detail)),
  },
];

function quantity(value: number | null, { unit }: Evidence): string {
  if (value === null) return '-';
  if (unit === 'bytes') return formatSize(Number(value.toPrecision(3)), 'bytes');
  if (unit === 'seconds') return formatDuration(value);
  return formatCount(Math.abs(value) >= 10 ? Math.round(value) : value);
}

/** The parts of every process side by side: the likely size, and the range. */
function accountTable(
  text: ScreenText,
  accounts: readonly { readonly node: string; readonly account: MemoryAccount; readonly isEarlierLife: boolean }[],
): void {
  text.line('');
  text.line(
    'Where the memory is (bytes: likely, and from least to most; a default process takes 126 MB)',
    text.paint.title,
  );
  const shown = [...accounts].sort((a, b) => b.account.resident - a.account.resident).slice(0, ACCOUNT_NODES);
  const rows = shown.flatMap(({ node, account, isEarlierLife }) => [
    {
      node,
      what: 'resident memory',
      likely: formatSize(account.resident, 'bytes'),
      range: '',
      detail: isEarlierLife ? 'measured before it started again' : 'measured',
    },
    ...account.parts.map(({ what, bytes, detail }) => {
      return { node: '', what: `  ${what}`, likely: sizeOf(bytes.likely), range: rangeOf(bytes), detail: detail ?? '' };
    }),
    restOf(account),
  ]);
  text.table(
    [
      { heading: 'node', align: 'left', shrinks: true, rank: 0, paint: text.paint.name },
      { heading: 'part', align: 'left', shrinks: false, rank: 0 },
      { heading: 'bytes', align: 'right', shrinks: false, rank: 0 },
      { heading: 'range', align: 'right', shrinks: false, rank: 1 },
      { heading: '', align: 'left', shrinks: true, wraps: true, rank: 2 },
    ],
    rows.map(({ node, what, likely, range, detail }) => ({
      cells: [node === '' ? '' : visibleName(node), what, likely, range, visible(detail)],
    })),
  );
  const more = accounts.length - shown.length;
  if (more > 0) text.line(`… and ${count(more, 'node')} more, smaller, which --json shows`, text.paint.faint);
}

/** Less than this share of the memory, missing or too much, is what estimates leave. */
const LITTLE = 0.05;

function restOf({ resident, unexplained, canBeJudged }: MemoryAccount) {
  const { low, high } = unexplained;
  const range = rangeOf({ low, likely: 0, high });
  const row = { node: '', what: '  not explained', range };
  if (low <= LITTLE * resident && high >= -LITTLE * resident) {
    const detail = canBeJudged ? 'nothing, or little' : 'cannot be judged: the ranges above are wider';
    return { ...row, likely: '-', detail };
  }
  return high < 0
    ? { ...row, likely: '-', detail: 'the parts come to more than there is' }
    : { ...row, likely: sizeOf((low + high) / 2), detail: 'in nothing that was logged' };
}

function sizeOf(bytes: number): string {
  return formatSize(Number(bytes.toPrecision(3)), 'bytes');
}

function rangeOf({ low, high }: ByteRange): string {
  return `${sizeOf(low)} to ${sizeOf(high)}`;
}
