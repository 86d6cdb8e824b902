/** `profile` in all its forms. */

import type { ProfileResult } from '../model/profile.ts';
import type { OutputFormat, Report, Screen } from './output.ts';
import { profileDelimited, profileJson } from './profile-data.ts';
import { profileMarkdown } from './profile-markdown.ts';
import { profileNotes } from './profile-notes.ts';
import { profileScreen } from './profile-screen.ts';
import { named } from './reading.ts';
import { visible } from './text/sanitize.ts';

export function profileReport(result: ProfileResult, format: OutputFormat | 'markdown', screen: Screen): Report {
  if (format === 'table') return { text: profileScreen(result, screen), asides: [] };
  if (format === 'markdown') return { text: profileMarkdown(result), asides: [] };
  if (format === 'json') return { text: profileJson(result), asides: [] };
  const failures = (result.failures ?? []).map(({ variable, what }) => {
    return `check failed: ${variable === null ? '' : `${named(variable)}: `}${visible(what)}`;
  });
  return { text: profileDelimited(result, format), asides: [...failures, ...profileNotes(result)] };
}
