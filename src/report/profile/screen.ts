/** A profile on the terminal. */

import type { ProfileResult } from '../../model/answers/profile.ts';
import { formatCount } from '../../model/quantity.ts';
import { formatDuration, formatTime } from '../../model/time.ts';
import type { ScreenText } from '../tables/screen.ts';
import { visible } from '../text/sanitize.ts';
import { nameInSentence } from '../words.ts';
import { checkOnScreen } from './check.ts';
import { elsewhereColumns, noVariables, processColumns, processRows, profileColumns } from './columns.ts';
import { writeFunctions } from './functions.ts';

/** Variables a table shows; data for programs has all. */
export const PROFILE_ROWS = 20;
const FIELD_ROWS = 10;

export function profileScreen(text: ScreenText, result: ProfileResult): void {
  text.title(...listHeaderLines(result));
  text.line('');
  writeVariableTable(result, text);
  text.line('');
  text.table(processColumns(result), processRows(result), { sparse: true });
  const { addedFields } = result;
  if (addedFields.length > 0) {
    text.line('');
    const hidden = addedFields.length - FIELD_ROWS;
    const columns = elsewhereColumns().map((column, i) =>
      i === 0 ? { ...column, hidden: `… ${hidden} more` } : column,
    );
    text.table(columns, addedFields.slice(0, FIELD_ROWS), { hidden: hidden > 0 });
  }
  if (result.functions !== null) writeFunctions(text, result.functions);
  checkOnScreen(result, text);
}

function writeVariableTable(result: ProfileResult, text: ScreenText): void {
  const { variables } = result;
  if (variables.length === 0) {
    text.line(noVariables(result));
    return;
  }
  text.title('bytes, estimated from type, entries and objects unless Zeek reports them');
  const hidden = variables.length - PROFILE_ROWS;
  const columns = profileColumns(result).map((column, i) =>
    i === 0 ? { ...column, hidden: `… ${hidden} more` } : column,
  );
  text.table(columns, variables.slice(0, PROFILE_ROWS), { hidden: hidden > 0, total: variables.length > 1 });
}

function amount(count: number, what: string): string {
  return `${formatCount(count)} ${what}${count === 1 ? '' : 's'}`;
}

function when(first: number, last: number): string {
  return last > first ? `${formatDuration(last - first)} from ${formatTime(first)}` : `at ${formatTime(first)}`;
}

/** What was run on what, without control characters. */
export function listHeaderLines({
  packages,
  trace,
  against,
  zeekVersion,
  process,
}: ProfileResult): [string, ...string[]] {
  const names = packages.map((name) => nameInSentence(name)).join(', ');
  const versus = against === null ? '' : `, against ${nameInSentence(against.label)}`;
  const files = trace.files.length === 1 ? nameInSentence(trace.files[0]!.path) : `${trace.files.length} traces as one`;
  const zeek = zeekVersion === null ? '' : `Zeek ${visible(zeekVersion)}, `;
  return [
    `Memory of ${names}${versus}`,
    `${zeek}on ${files}: ${amount(trace.packets, 'packet')}, ${amount(trace.connections, 'connection')}, ` +
      when(trace.first, trace.last),
    `${amount(process.measurements, 'measurement')}, which took ${formatDuration(process.measuring)}; the run took ${formatDuration(process.elapsed)}`,
  ];
}
