/** Where the memory of every node is: the parts of each process beside what was measured. */

import type { MemoryAccount, NodeVerdict } from '../../model/answers/doctor.ts';
import type { ByteRange } from '../../model/bytes.ts';
import { formatSize } from '../../model/quantity.ts';
import type { Column } from '../tables/column.ts';
import type { ScreenText } from '../tables/screen.ts';
import { visibleName } from '../text/sanitize.ts';
import { counted } from '../words.ts';

/** Nodes whose parts are shown; --json has all. */
const ACCOUNT_NODES = 6;

/** The parts of every process side by side: the likely size, and the range. */
export function accountTable(text: ScreenText, nodes: readonly NodeVerdict[]): void {
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

/** Less than this share of the memory is what estimates leave. */
const LITTLE = 0.05;

function restOf({ resident, unexplained, canBeJudged }: MemoryAccount) {
  const row = { node: '', what: '  not explained', likely: sizeOf(unexplained.likely), range: rangeOf(unexplained) };
  if (unexplained.low > LITTLE * resident) return { ...row, detail: 'in nothing that was logged' };
  return { ...row, detail: canBeJudged ? 'nothing, or little' : 'cannot be judged: the ranges above are wider' };
}

function sizeOf(bytes: number): string {
  return formatSize(Number(bytes.toPrecision(3)), 'bytes');
}

function rangeOf({ low, high }: ByteRange): string {
  return `${sizeOf(low)} to ${sizeOf(high)}`;
}
