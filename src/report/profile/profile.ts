/** `profile` in all its forms, those for pull requests and CI servers included. */

import type { ProfileResult, ProfileVariable } from '../../model/answers/profile.ts';
import { createReport } from '../answer.ts';
import type { OutputFormat, Report, Screen } from '../output.ts';
import { delimitedTables } from '../tables/delimited.ts';
import { checkAsides, profileJunit } from './check.ts';
import { PROFILE_COLUMNS, profileFields } from './data.ts';
import { FUNCTION_COLUMNS } from './functions.ts';
import { profileMarkdown } from './markdown.ts';
import { profileNotes } from './notes.ts';
import { profileScreen } from './screen.ts';

/** The forms for people, programs, pull requests and CI servers. */
type ProfileFormat = OutputFormat | 'markdown' | 'junit';

const plainReport = createReport<ProfileResult, ProfileVariable>({
  name: 'profile',
  screen: profileScreen,
  json: profileFields,
  tables: ({ variables }) => [{ columns: PROFILE_COLUMNS, rows: variables }],
  notes: profileNotes,
  asides: checkAsides,
});

export function profileReport(result: ProfileResult, format: ProfileFormat, screen: Screen): Report {
  if (format === 'markdown') return { text: profileMarkdown(result), asides: [] };
  if (format === 'junit') return { text: profileJunit(result), asides: profileNotes(result) };
  const { functions } = result;
  // A table has one kind of row: functions where they were asked for.
  if (functions !== null && (format === 'csv' || format === 'tsv')) {
    const table = { columns: FUNCTION_COLUMNS, rows: functions.functions };
    return { text: delimitedTables(format, [table]), asides: [...checkAsides(result), ...profileNotes(result)] };
  }
  return plainReport(result, format, screen);
}
