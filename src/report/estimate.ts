/** `estimate` in all its forms. */

import type { ByteRange } from '../model/bytes.ts';
import type { EstimateResult } from '../model/estimate.ts';
import { formatCount, formatSize } from '../model/quantity.ts';
import { type Cell, delimited } from './delimited.ts';
import { jsonDocument } from './json.ts';
import type { OutputFormat, Report, Screen } from './output.ts';
import { named } from './reading.ts';
import { ScreenText } from './screen.ts';
import { visible } from './text/sanitize.ts';
import type { Column, TableRow } from './text/table.ts';

export function estimateReport(result: EstimateResult, format: OutputFormat, screen: Screen): Report {
  if (format === 'table') return { text: estimateScreen(result, screen), asides: [] };
  if (format === 'json') return { text: estimateJson(result), asides: [] };
  return {
    text: estimateDelimited(result, format),
    asides: [...result.estimate.notes, ...measuredNotes(result)].map(visible),
  };
}

function estimateJson({ input, zeekVersion, estimate, perEntry, measured }: EstimateResult): string {
  return jsonDocument('estimate', {
    type: input.type,
    zeek_version: zeekVersion,
    entries: input.entries,
    peak_entries: input.peakEntries,
    size: input.size,
    unit: input.unit,
    method: estimate.method,
    bytes: estimate.bytes,
    bytes_per_entry: perEntry,
    steps: estimate.steps.map(({ what, bytes }) => ({ what, bytes })),
    notes: estimate.notes,
    measured:
      measured === null
        ? null
        : {
            zeek_version: measured.zeekVersion,
            entries: measured.entries,
            footprint: measured.footprint,
            bytes: measured.bytes,
            error_bytes: measured.error,
            bytes_per_entry: measured.entries === 0 ? null : measured.bytes / measured.entries,
            string_length: measured.shape.stringLength,
            inner_entries: measured.shape.innerEntries,
          },
  });
}

function estimateDelimited({ estimate, perEntry, measured }: EstimateResult, format: 'csv' | 'tsv'): string {
  const row = (part: string, what: string, { low, likely, high }: ByteRange): Cell[] => [part, what, low, likely, high];
  const rows = estimate.steps.map(({ what, bytes }) => row('step', what, bytes));
  rows.push(row('total', '', estimate.bytes));
  if (perEntry !== null) rows.push(row('entry', '', perEntry));
  if (measured !== null) rows.push(row('measured', '', measuredRange(measured)));
  return delimited(format, ['part', 'what', 'low', 'likely', 'high'], rows);
}

function estimateScreen(result: EstimateResult, screen: Screen): string {
  const { input, zeekVersion, estimate, perEntry, measured } = result;
  const text = new ScreenText(screen);
  text.line(`Estimated size of ${named(input.type)}`, text.paint.title);
  text.line([...givenNumbers(input), zeekVersion === null ? 'any Zeek' : `Zeek ${zeekVersion}`].join(', '));
  text.line('');
  const number = (heading: string): Column => ({ heading, align: 'right', shrinks: false, rank: 0 });
  const columns: Column[] = [
    { heading: 'what', align: 'left', shrinks: true, rank: 0 },
    number('low'),
    number('likely'),
    number('high'),
  ];
  const row = (what: string, { low, likely, high }: ByteRange, paint?: (text: string) => string): TableRow => ({
    cells: [what, ...[low, likely, high].map((bytes) => formatSize(rounded(bytes), 'bytes'))],
    ...(paint && { paint }),
  });
  const rows = estimate.steps.map(({ what, bytes }) => row(visible(what), bytes));
  rows.push(row('total', estimate.bytes, text.paint.total));
  if (perEntry !== null) rows.push(row('per entry', perEntry));
  if (measured !== null) {
    rows.push(row('measured', measuredRange(measured), text.paint.total));
    if (measured.entries > 0) rows.push(row('measured per entry', perOne(measured)));
  }
  text.table(columns, rows);
  text.notes([...estimate.notes, ...measuredNotes(result)].map(visible));
  return text.toString();
}

type Measured = NonNullable<EstimateResult['measured']>;

function measuredRange({ bytes, error }: Measured): ByteRange {
  return { low: Math.max(0, bytes - error), likely: bytes, high: bytes + error };
}

function perOne(measured: Measured): ByteRange {
  const { low, likely, high } = measuredRange(measured);
  return { low: low / measured.entries, likely: likely / measured.entries, high: high / measured.entries };
}

function measuredNotes({ measured, estimate }: EstimateResult): string[] {
  if (measured === null) return [];
  const { zeekVersion, bytes, error, shape } = measured;
  const notes = [
    `Measured: how much the resident memory of a Zeek ${zeekVersion} grew while a second one of it was filled; ` +
      `that is right within some ${formatSize(error, 'bytes')}.`,
    `It was filled with strings of ${shape.stringLength} characters, ${shape.innerEntries} elements in every container inside, ` +
      'optional fields in every other record, and different values where the type has them.',
  ];
  if (bytes < 10 * error) notes.push('It is too small for that to say much: measure more --entries.');
  else {
    const { low, likely, high } = estimate.bytes;
    const off = Math.abs(likely / bytes - 1);
    const range = bytes + error >= low && bytes - error <= high ? 'within' : 'outside';
    notes.push(
      `The likely estimate is ${(off * 100).toFixed(1)} % ${likely >= bytes ? 'more' : 'less'}, and what was measured is ${range} its range.`,
    );
  }
  return notes;
}

function givenNumbers({ entries, peakEntries, size, unit }: EstimateResult['input']): string[] {
  const given: string[] = [];
  if (entries !== null) given.push(entries === 1 ? '1 entry' : `${formatCount(entries)} entries`);
  if (peakEntries !== null && peakEntries > (entries ?? 0)) given.push(`once ${formatCount(peakEntries)}`);
  given.push(size === null ? 'no footprint' : `${formatCount(size)} ${unit}`);
  return given;
}

/** Fractions of a byte are not shown. */
function rounded(bytes: number): number {
  return bytes < 1000 ? Math.round(bytes) : bytes;
}
