/** `explain` in all its forms. */

import type { ExplainResult } from '../model/explain.ts';
import { explainDelimited, explainJson } from './explain-data.ts';
import { explainNotes } from './explain-notes.ts';
import { explainScreen } from './explain-screen.ts';
import type { OutputFormat, Report, Screen } from './output.ts';

export function explainReport(result: ExplainResult, format: OutputFormat, screen: Screen): Report {
  if (format === 'table') return { text: explainScreen(result, screen), asides: [] };
  if (format === 'json') return { text: explainJson(result), asides: [] };
  return { text: explainDelimited(result, format), asides: explainNotes(result) };
}
