/** What the functions of a package took: tables for people, rows for programs. */

import type { FunctionProfile, ProfiledFunction } from '../../model/answers/profile.ts';
import { formatCount } from '../../model/quantity.ts';
import { type Column, hasHeading, writeCell } from '../tables/column.ts';
import { markdownTable } from '../tables/delimited.ts';
import type { ScreenText } from '../tables/screen.ts';
import { visible } from '../text/sanitize.ts';

/** Functions a table shows; data for programs has all. */
const FUNCTION_ROWS = 20;

/** For people, where they have headings, and for programs. */
export const FUNCTION_COLUMNS: readonly Column<ProfiledFunction>[] = [
  {
    ...{ key: 'function', heading: 'function', kind: 'name' },
    value: ({ name }) => name,
    text: ({ name }) => (name === null ? 'all others' : visible(name)),
  },
  { key: 'kind', heading: 'kind', kind: 'word', rank: 3, value: ({ kind }) => kind },
  { key: 'package', value: ({ packageName }) => packageName },
  { key: 'calls', heading: 'calls', kind: 'count', value: ({ calls }) => calls },
  { key: 'cpu_seconds', heading: 'CPU', kind: 'duration', value: ({ cpu }) => cpu },
  { key: 'own_cpu_seconds', heading: 'CPU of its own', kind: 'duration', rank: 2, value: ({ ownCpu }) => ownCpu },
  {
    ...{ heading: 'CPU per call', kind: 'duration', rank: 4 },
    value: ({ cpu, calls }) => (cpu === null || calls === 0 ? null : cpu / calls),
  },
  { key: 'memory_bytes', heading: 'memory', kind: 'bytes', value: ({ memory }) => memory },
  {
    ...{ key: 'own_memory_bytes', heading: 'memory of its own', kind: 'bytes', rank: 2 },
    value: ({ ownMemory }) => ownMemory,
  },
  { key: 'script', value: ({ script }) => script },
  { key: 'line', value: ({ line }) => line },
  {
    ...{ heading: 'in', kind: 'word', rank: 1 },
    text: ({ script, line }) => (script === null ? '-' : `${visible(script)}${line === null ? '' : `:${line}`}`),
  },
];

export function writeFunctions(text: ScreenText, { functions }: FunctionProfile): void {
  const { shown, hidden } = selectFunctions(functions);
  text.line('');
  text.title(FUNCTIONS_TITLE);
  text.table(FUNCTION_COLUMNS, shown);
  if (hidden !== null) text.line(hidden, text.paint.faint);
}

const FUNCTIONS_TITLE = "what its functions took, by Zeek's profiler of scripts";

export function writeFunctionsMarkdown(
  { functions }: FunctionProfile,
  escaped: (text: string) => string,
  code: (text: string) => string,
): string[] {
  const { shown, hidden } = selectFunctions(functions);
  const columns = FUNCTION_COLUMNS.filter(hasHeading);
  const rows = shown.map((row) =>
    columns.map((column) => {
      const isCode = row.name !== null && (column.kind === 'name' || column.kind === 'word');
      return (isCode ? code : escaped)(writeCell(column, row));
    }),
  );
  return [markdownTable(columns, rows), ...(hidden === null ? [] : [escaped(hidden)])];
}

/** The last row, of all others, is always there. */
function selectFunctions(functions: readonly ProfiledFunction[]) {
  const hidden = functions.length - 1 - FUNCTION_ROWS;
  if (hidden <= 0) return { shown: functions, hidden: null };
  return {
    shown: [...functions.slice(0, FUNCTION_ROWS), functions.at(-1)!],
    hidden: `… ${formatCount(hidden)} more functions of it were called`,
  };
}

export function listFunctionNotes({ functions }: FunctionProfile): string[] {
  const notes = [
    'CPU is under the profiler, which makes all functions slower: compare them with each other, not with the process.',
    'Memory is by how much the most the process ever had grew meanwhile, in steps of some 130 kB: what is 0 may have used memory that was free.',
  ];
  return functions.length > 1 ? notes : ['No function of it was called.'];
}
