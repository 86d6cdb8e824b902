/** An answer in all its forms, from what differs between answers. */

import type { Reading } from '../model/logged/reading.ts';
import type { OutputFormat, Report, Screen } from './output.ts';
import { describeReading } from './reading.ts';
import { type DataTable, delimitedTables } from './tables/delimited.ts';
import { convertReading, jsonDocument } from './tables/json.ts';
import { ScreenText } from './tables/screen.ts';

export type Reporter<Result> = (result: Result, format: OutputFormat, screen: Screen) => Report;

interface AnswerForms<Result, Row> {
  /** As JSON calls it. */
  readonly name: string;
  readonly screen: (text: ScreenText, result: Result) => void;
  /** Its fields; what was read is added where there is something. */
  readonly json: (result: Result) => object;
  /** What CSV and TSV hold, all with the same headings. */
  readonly tables: (result: Result) => readonly DataTable<Row>[];
  /** What qualifies the numbers: under them on a screen, on standard error beside CSV; what was not read if absent. */
  readonly notes?: (result: Result, onScreen: boolean) => readonly string[];
  /** What else CSV has no place for. */
  readonly asides?: (result: Result) => readonly string[];
}

export function createReport<Result extends object, Row>(forms: AnswerForms<Result, Row>): Reporter<Result> {
  const { notes = (result) => (hasReading(result) ? describeReading(result.reading) : []) } = forms;
  return (result, format, screen) => {
    if (format === 'json') {
      const reading = hasReading(result) ? { reading: convertReading(result.reading) } : {};
      return { text: jsonDocument(forms.name, { ...forms.json(result), ...reading }), asides: [] };
    }
    if (format === 'table') {
      const text = new ScreenText(screen);
      forms.screen(text, result);
      text.notes(notes(result, true));
      return { text: text.toString(), asides: [] };
    }
    const asides = [...(forms.asides?.(result) ?? []), ...notes(result, false)];
    return { text: delimitedTables(format, forms.tables(result)), asides };
  };
}

function hasReading(result: object): result is { readonly reading: Reading } {
  return 'reading' in result;
}
