/** `profile` in all its forms. */

import type { ProfileResult } from '../model/profile.ts';
import type { OutputFormat, Report, Screen } from './output.ts';
import { checkAsides, profileJunit } from './profile-check.ts';
import { profileDelimited, profileJson } from './profile-data.ts';
import { profileMarkdown } from './profile-markdown.ts';
import { profileNotes } from './profile-notes.ts';
import { profileScreen } from './profile-screen.ts';

/** The forms for people, programs, pull requests and CI servers. */
export type ProfileFormat = OutputFormat | 'markdown' | 'junit';

export function profileReport(result: ProfileResult, format: ProfileFormat, screen: Screen): Report {
  if (format === 'table') return { text: profileScreen(result, screen), asides: [] };
  if (format === 'markdown') return { text: profileMarkdown(result), asides: [] };
  if (format === 'json') return { text: profileJson(result), asides: [] };
  if (format === 'junit') return { text: profileJunit(result), asides: profileNotes(result) };
  return { text: profileDelimited(result, format), asides: [...checkAsides(result), ...profileNotes(result)] };
}
