/** `growth` in all its forms. */

import type { GrowthResult } from '../model/growth.ts';
import { growthDelimited, growthJson } from './growth-data.ts';
import { growthScreen } from './growth-table.ts';
import { growthFindings, growthNotes } from './growth-words.ts';
import type { OutputFormat, Report, Screen } from './output.ts';

/** @param all shows what only may grow as well */
export function growthReport(all: boolean): (result: GrowthResult, format: OutputFormat, screen: Screen) => Report {
  return (result, format, screen) => {
    if (format === 'table') return { text: growthScreen(result, screen, all), asides: [] };
    if (format === 'json') return { text: growthJson(result), asides: [] };
    return { text: growthDelimited(result, format), asides: [...growthFindings(result), ...growthNotes(result)] };
  };
}
