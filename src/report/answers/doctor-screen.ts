/** `doctor` on a terminal: the verdict per node, then what was found, with its evidence and what to do. */

import type { ByteRange } from '../../model/bytes.ts';
import type { DoctorResult, Evidence, Finding, MemoryAccount } from '../../model/doctor.ts';
import { formatCount, formatSize } from '../../model/quantity.ts';
import { formatDuration } from '../../model/time.ts';
import type { Column } from '../tables/column.ts';
import type { ScreenText } from '../tables/screen.ts';
import { visible, visibleName } from '../text/sanitize.ts';
import { counted, formatPeriod, named } from '../words.ts';

/** Rows of evidence shown per finding, and nodes whose parts are shown; --json has all. */
const EVIDENCE_ROWS = 8;
const ACCOUNT_NODES = 6;

export function doctorScreen(text: ScreenText, result: DoctorResult): void {
  text.title('What the memory of every node is in, and what is wrong with it');
  if (result.nodes.length > 0)
    text.line(`${counted(result.nodes.length, 'node')}, ${formatPeriod(result.from, result.to)}`);
  text.line('');
  for (const { node, sentence } of result.nodes) text.line(`${named(node)}: ${visible(sentence)}`);
  for (const [i, finding] of result.findings.entries()) findingBlock(text, finding, i + 1);
  if (result.findings.length === 0) {
    text.line('');
    text.title('Nothing found.');
  }
  const accounts = result.nodes.flatMap(({ node, account, isEarlierLife }) =>
    account === null ? [] : [{ node, account, isEarlierLife }],
  );
  if (accounts.length > 0) accountTable(text, accounts);
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
  text.table(COLUMNS, shown);
  const more = evidence.length - shown.length;
  if (more > 0) text.line(`   … and ${counted(more, 'row')} more, which --json shows`, text.paint.faint);
}

const COLUMNS: readonly Column<Evidence>[] = [
  // Indented as the finding it belongs to.
  { heading: '   node', text: ({ node }) => `   ${visibleName(node)}` },
  { heading: 'what', text: ({ what }) => visibleName(what) },
  { heading: 'first', kind: 'bytes', rank: 1, text: (row) => quantity(row.first, row) },
  { heading: 'last', kind: 'bytes', rank: 1, text: (row) => quantity(row.last, row) },
  { heading: 'per hour', kind: 'bytes', rank: 2, text: (row) => quantity(row.perHour, row) },
  { heading: 'detail', rank: 3, value: ({ detail }) => detail },
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
  text.table(ACCOUNT_COLUMNS, rows);
  const more = accounts.length - shown.length;
  if (more > 0) text.line(`… and ${counted(more, 'node')} more, smaller, which --json shows`, text.paint.faint);
}

const ACCOUNT_COLUMNS: readonly Column<ReturnType<typeof restOf>>[] = [
  { heading: 'node', kind: 'name', text: ({ node }) => (node === '' ? '' : visibleName(node)) },
  { heading: 'part', kind: 'word', value: ({ what }) => what },
  { heading: 'bytes', kind: 'number', value: ({ likely }) => likely },
  { heading: 'range', kind: 'number', rank: 1, value: ({ range }) => range },
  { heading: 'detail', kind: 'sentence', rank: 2, value: ({ detail }) => detail },
];

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
