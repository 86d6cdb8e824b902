/** `estimate`. */

import type { ByteRange } from '../../model/bytes.ts';
import { formatCount, formatSize } from '../../model/quantity.ts';
import type { EstimateResult } from '../../model/size-estimate.ts';
import { createReport } from '../answer.ts';
import type { Column } from '../tables/column.ts';
import { visible } from '../text/sanitize.ts';
import { nameInSentence } from '../words.ts';

interface EstimateRow {
  readonly part: 'step' | 'total' | 'entry' | 'measured' | 'measured entry';
  readonly what: string;
  readonly bytes: ByteRange;
}

export const estimateReport = createReport<EstimateResult, EstimateRow>({
  name: 'estimate',
  screen(text, result) {
    const { input, zeekVersion } = result;
    text.title(
      `Estimated size of ${nameInSentence(input.type)}`,
      [...describeGiven(input), zeekVersion === null ? 'any Zeek' : `Zeek ${zeekVersion}`].join(', '),
      '',
    );
    const isWhole = ({ part }: EstimateRow) => part === 'total' || part === 'measured';
    text.table(COLUMNS, listRows(result), { paint: (row) => (isWhole(row) ? text.paint.total : undefined) });
  },
  json: estimateFields,
  tables: (result) => [{ columns: COLUMNS, rows: listRows(result) }],
  notes: (result) => [...result.estimate.notes, ...listMeasuredNotes(result)].map(visible),
});

const TITLES = { total: 'total', entry: 'per entry', measured: 'measured', 'measured entry': 'measured per entry' };

const COLUMNS: readonly Column<EstimateRow>[] = [
  { csv: 'part', value: ({ part }) => part },
  {
    csv: 'what',
    heading: 'what',
    value: ({ what }) => what,
    text: ({ part, what }) => (part === 'step' ? visible(what) : TITLES[part]),
  },
  ...(['low', 'likely', 'high'] as const).map(
    (bound): Column<EstimateRow> => ({
      csv: bound,
      heading: bound,
      kind: 'bytes',
      value: ({ bytes }) => bytes[bound],
      text: ({ bytes }) => formatSize(roundRange(bytes[bound]), 'bytes'),
    }),
  ),
];

function listRows({ estimate, perEntry, measured }: EstimateResult): EstimateRow[] {
  const rows: EstimateRow[] = estimate.steps.map((step) => ({ part: 'step', ...step }));
  const add = (part: EstimateRow['part'], bytes: ByteRange) => rows.push({ part, what: '', bytes });
  add('total', estimate.bytes);
  if (perEntry !== null) add('entry', perEntry);
  if (measured !== null) {
    add('measured', makeMeasuredRange(measured));
    if (measured.entries > 0) add('measured entry', writePerEntry(measured));
  }
  return rows;
}

function estimateFields({ input, zeekVersion, estimate, perEntry, measured }: EstimateResult): object {
  return {
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
  };
}

type Measured = NonNullable<EstimateResult['measured']>;

function makeMeasuredRange({ bytes, error }: Measured): ByteRange {
  return { low: Math.max(0, bytes - error), likely: bytes, high: bytes + error };
}

function writePerEntry(measured: Measured): ByteRange {
  const { low, likely, high } = makeMeasuredRange(measured);
  return { low: low / measured.entries, likely: likely / measured.entries, high: high / measured.entries };
}

function listMeasuredNotes({ measured, estimate }: EstimateResult): string[] {
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

function describeGiven({ entries, peakEntries, size, unit }: EstimateResult['input']): string[] {
  const given: string[] = [];
  if (entries !== null) given.push(entries === 1 ? '1 entry' : `${formatCount(entries)} entries`);
  if (peakEntries !== null && peakEntries > (entries ?? 0)) given.push(`once ${formatCount(peakEntries)}`);
  given.push(size === null ? 'no footprint' : `${formatCount(size)} ${unit}`);
  return given;
}

/** Fractions of a byte are not shown. */
function roundRange(bytes: number): number {
  return bytes < 1000 ? Math.round(bytes) : bytes;
}
