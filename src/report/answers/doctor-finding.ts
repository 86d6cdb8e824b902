/** A finding whole, with evidence and what to change; and where the memory of every node is. */

import type { Evidence, Finding, MemoryAccount, NodeVerdict, Remedy } from '../../model/answers/doctor.ts';
import type { ByteRange } from '../../model/bytes.ts';
import { formatCount, formatSize } from '../../model/quantity.ts';
import { formatDuration } from '../../model/time.ts';
import { choosePaint, describeSettled } from '../doctor-words.ts';
import type { Column } from '../tables/column.ts';
import type { ScreenText } from '../tables/screen.ts';
import { visible, visibleName } from '../text/sanitize.ts';
import { wrap } from '../text/width.ts';
import { countThings, nameInSentence } from '../words.ts';

/** Columns of what stands before a fact. */
const LABEL = 13;

/** @param rows of evidence that are shown; --json has all */
export function writeFinding(text: ScreenText, finding: Finding, number: number, rows: number): void {
  const title = choosePaint(finding, text.paint);
  text.line(`${number}. ${finding.level}: ${visible(finding.what)}.`, (line) => text.paint.title(title(line)), '   ');
  text.line(`   ${finding.certainty}: ${visible(finding.because)}.`, undefined, '   ');
  layOutEvidence(text, finding.evidence, rows);
  if (finding.remedy !== undefined) listRemedyLines(text, finding.remedy, finding.subject ?? '');
  for (const { text: advice, command } of finding.advice) {
    // The change itself stands above, with its figures.
    if (finding.remedy !== undefined && command?.startsWith('&')) continue;
    text.line(`   > ${visible(advice)}`, undefined, '     ');
    if (command !== null) text.line(`       ${visible(command)}`, text.paint.name, '       ');
  }
}

/** The patch, and what the variable settles at. */
function listRemedyLines(text: ScreenText, remedy: Remedy, subject: string): void {
  const { script, line, before, after, expiry, entriesPerSecond, settles } = remedy;
  const fact = (label: string, value: string, paint?: (text: string) => string) => {
    const lines = wrap(value, text.width === null ? null : text.width - LABEL);
    for (const [i, line] of lines.entries()) text.line(`   ${(i === 0 ? label : '').padEnd(LABEL - 3)}${line}`, paint);
  };
  fact(
    'declared',
    script === null ? 'in a script that is not known' : `${nameInSentence(script)}${line === null ? '' : `:${line}`}`,
  );
  fact('fix', `-${visible(before)}`, text.paint.problem);
  fact('', `+${visible(after)}`, text.paint.name);
  const rate = formatCount(Number(entriesPerSecond.toPrecision(3)));
  for (const [i, settled] of settles.entries()) {
    const entries = `${rate} entries/s × ${formatDuration(settled.seconds)} = ${formatCount(settled.entries)} entries`;
    const size = settled.bytes === null ? '' : `: it settles at ${describeSettled(settled)}`;
    fact(i === 0 ? 'then' : '', `${entries}${size}`);
  }
  const [first] = settles;
  if (first === undefined) return;
  const command = `my-stats watch --by variable --variable ${quoteWord(subject)}`;
  fact(
    'see it',
    `${formatDuration(first.seconds)} after a restart with ${expiry} its entries stay as many: ${visible(command)}`,
  );
}

function quoteWord(text: string): string {
  return /^[\w:]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}

function layOutEvidence(text: ScreenText, evidence: readonly Evidence[], rows: number): void {
  if (evidence.length === 0) return;
  const shown = evidence.slice(0, rows);
  text.table(COLUMNS, shown);
  const more = evidence.length - shown.length;
  if (more > 0) text.line(`   … and ${countThings(more, 'row')} more, which --json shows`, text.paint.faint);
}

const COLUMNS: readonly Column<Evidence>[] = [
  // Indented as the finding it belongs to.
  { heading: '   node', text: ({ node }) => `   ${visibleName(node)}` },
  { heading: 'what', text: ({ what }) => visibleName(what) },
  { heading: 'first', kind: 'bytes', rank: 1, text: (row) => writeQuantity(row.first, row) },
  { heading: 'last', kind: 'bytes', rank: 1, text: (row) => writeQuantity(row.last, row) },
  { heading: 'per hour', kind: 'bytes', rank: 2, text: (row) => writeQuantity(row.perHour, row) },
  { heading: 'detail', rank: 3, value: ({ detail }) => detail },
];

function writeQuantity(value: number | null, { unit }: Evidence): string {
  if (value === null) return '-';
  if (unit === 'bytes') return formatSize(Number(value.toPrecision(3)), 'bytes');
  if (unit === 'seconds') return formatDuration(value);
  return formatCount(Math.abs(value) >= 10 ? Math.round(value) : value);
}

/** Nodes whose parts are shown; --json has all. */
const ACCOUNT_NODES = 6;

/** The parts of every process side by side: the likely size, and the range. */
export function writeAccount(text: ScreenText, nodes: readonly NodeVerdict[]): void {
  const accounts = nodes.flatMap(({ node, account, isEarlierLife }) =>
    account === null ? [] : [{ node, account, isEarlierLife }],
  );
  if (accounts.length === 0) return;
  text.line('');
  text.title('Where the memory is (bytes: likely, and from least to most; a default process takes 126 MB)');
  const shown = accounts.toSorted((a, b) => b.account.resident - a.account.resident).slice(0, ACCOUNT_NODES);
  const rows = shown.flatMap(({ node, account, isEarlierLife }) => [
    {
      node,
      what: 'resident memory',
      likely: formatSize(account.resident, 'bytes'),
      range: '',
      detail: isEarlierLife ? 'measured before it started again' : 'measured',
    },
    ...account.parts.map(({ what, bytes, detail }) => {
      return {
        node: '',
        what: `  ${what}`,
        likely: writeSize(bytes.likely),
        range: writeRange(bytes),
        detail: detail ?? '',
      };
    }),
    describeRest(account),
  ]);
  text.table(ACCOUNT_COLUMNS, rows);
  const more = accounts.length - shown.length;
  if (more > 0) text.line(`… and ${countThings(more, 'node')} more, smaller, which --json shows`, text.paint.faint);
}

const ACCOUNT_COLUMNS: readonly Column<ReturnType<typeof describeRest>>[] = [
  { heading: 'node', kind: 'name', text: ({ node }) => (node === '' ? '' : visibleName(node)) },
  { heading: 'part', kind: 'word', value: ({ what }) => what },
  { heading: 'bytes', kind: 'number', value: ({ likely }) => likely },
  { heading: 'range', kind: 'number', rank: 1, value: ({ range }) => range },
  { heading: 'detail', kind: 'sentence', rank: 2, value: ({ detail }) => detail },
];

/** Less than this share of the memory is what estimates leave. */
const LITTLE = 0.05;

function describeRest({ resident, unexplained, canBeJudged }: MemoryAccount) {
  const row = {
    node: '',
    what: '  not explained',
    likely: writeSize(unexplained.likely),
    range: writeRange(unexplained),
  };
  if (unexplained.low > LITTLE * resident) return { ...row, detail: 'in nothing that was logged' };
  return { ...row, detail: canBeJudged ? 'nothing, or little' : 'cannot be judged: the ranges above are wider' };
}

function writeSize(bytes: number): string {
  return formatSize(Number(bytes.toPrecision(3)), 'bytes');
}

function writeRange({ low, high }: ByteRange): string {
  return `${writeSize(low)} to ${writeSize(high)}`;
}
