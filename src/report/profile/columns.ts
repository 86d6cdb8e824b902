/** What a profile's tables say, cell by cell: for the screen and for Markdown alike. */

import type { ProfileProcess, ProfileResult, ProfileVariable } from '../../model/answers/profile.ts';
import type { ByteRange } from '../../model/bytes.ts';
import { formatSize } from '../../model/quantity.ts';
import { formatDuration } from '../../model/time.ts';
import { type Column, estimateText } from '../tables/column.ts';
import { visible } from '../text/sanitize.ts';
import { sparkline } from '../text/sparkline.ts';
import { formatChange } from '../words.ts';

/** A column of variables for people; programs have all that is known. */
export interface ProfileColumn extends Column<ProfileVariable> {
  readonly heading: string;
  /** True for what stands in scripts, and is shown in letters of one width where there are others. */
  readonly isCode?: boolean;
}

const SPARKLINE = 12;

function changeCell(bytes: number): string {
  return formatChange(Math.round(bytes), 'bytes');
}

/** `180 MB – 230 MB`; one figure where it is exact, and `180 MB or more` where there is no telling how much. */
function rangeCell(range: ByteRange | null): string {
  if (range === null) return '-';
  if (!Number.isFinite(range.high)) return `${formatSize(Math.round(range.low), 'bytes')} or more`;
  const [low, high] = [range.low, range.high].map((value) => formatSize(Math.round(value), 'bytes'));
  return low === high ? low! : `${low} – ${high}`;
}

export function profileColumns({ total }: ProfileResult): readonly ProfileColumn[] {
  const bytes = (
    heading: string,
    rank: number,
    value: (v: ProfileVariable) => number | null | undefined,
    text: (v: ProfileVariable) => string,
    sum: string,
  ): ProfileColumn => ({ heading, kind: 'bytes', rank, value, text, total: sum });
  const { before } = total;
  return [
    { heading: 'variable', kind: 'name', isCode: true, value: ({ variable }) => variable, total: 'total' },
    ...(before === null
      ? []
      : [
          bytes(
            'peak before',
            1,
            (v) => v.before?.peak?.likely,
            (v) => (v.before === null ? 'new' : estimateText(v.before.peak)),
            estimateText(before),
          ),
        ]),
    bytes(
      'peak',
      1,
      ({ peak }) => peak?.likely,
      (v) => (!v.present ? 'gone' : v.peak === null ? 'not known' : estimateText(v.peak)),
      estimateText(total.peak),
    ),
    ...(before === null
      ? []
      : [bytes('change', 0, changeOf, changeText, changeCell(total.peak.likely - before.likely))]),
    bytes(
      'final',
      2,
      ({ final }) => final?.likely,
      (v) => estimateText(v.final),
      estimateText(total.final),
    ),
    { heading: 'range of peak', kind: 'number', rank: 6, text: (v) => rangeCell(v.peak), total: rangeCell(total.peak) },
    { heading: 'over time', kind: 'word', rank: 3, text: ({ points }) => growthLine(points) },
    {
      heading: 'per 1,000 conn.',
      kind: 'bytes',
      rank: 4,
      value: ({ perThousandConnections: per }) => per,
      text: ({ perThousandConnections: per }) => (per === null ? '-' : changeCell(per)),
    },
    { heading: 'entries', kind: 'count', rank: 5, value: ({ finalEntries }) => finalEntries },
    { heading: 'expiry', kind: 'word', isCode: true, rank: 5, value: ({ expiry }) => expiry },
    { heading: 'declared in', kind: 'word', isCode: true, rank: 3, text: declaredIn },
  ];
}

function changeOf({ peak, before }: ProfileVariable): number {
  return (peak?.likely ?? 0) - (before?.peak?.likely ?? 0);
}

function changeText(variable: ProfileVariable): string {
  return variable.peak === null && variable.before?.peak == null ? '-' : changeCell(changeOf(variable));
}

/** Nothing for what never changes: a line would only draw the eye. */
function growthLine(points: ProfileVariable['points']): string {
  const values = points.map(({ bytes }) => bytes);
  const known = values.filter((value) => value !== null);
  if (known.length < 2 || known.every((value) => value === known[0])) return '-';
  return sparkline(values, SPARKLINE);
}

function declaredIn({ script, line }: ProfileVariable): string {
  if (script === null) return '-';
  return `${visible(script)}${line === null ? '' : `:${line}`}`;
}

/** A row of the table of processes: what, with, before, without, and what the package makes of it. */
export interface ProcessRow {
  readonly what: string;
  readonly cells: readonly string[];
}

export function processColumns({ without, against }: ProfileResult): Column<ProcessRow>[] {
  const headings = [
    'with it',
    ...(against === null ? [] : [visible(against.label)]),
    ...(without === null ? [] : ['without it', 'difference']),
  ];
  return [
    { heading: 'the process', text: ({ what }) => what },
    ...headings.map(
      (heading, i): Column<ProcessRow> => ({ heading, kind: 'bytes', text: ({ cells }) => cells[i] ?? '' }),
    ),
  ];
}

/** What the processes took. Without a run without the package there is no difference to show. */
export function processRows(result: ProfileResult): ProcessRow[] {
  const { process, without, against, total } = result;
  const row = (
    what: string,
    value: (p: ProfileProcess) => number | null,
    format: (value: number) => string,
    change: (value: number) => string,
  ): ProcessRow => {
    const text = (p: ProfileProcess) => {
      const known = value(p);
      return known === null ? '-' : format(known);
    };
    const cells = [text(process), ...(against === null ? [] : [text(against)])];
    if (without !== null) {
      const [now, then] = [value(process), value(without)];
      cells.push(text(without), now === null || then === null ? '-' : change(now - then));
    }
    return { what, cells };
  };
  const bytes = (value: number) => formatSize(value, 'bytes');
  const rows = [
    row('resident memory at the end', (p) => p.resident, bytes, changeCell),
    row('most it ever was', (p) => p.peakResident, bytes, changeCell),
    row('processor time', (p) => p.cpu, formatDuration, secondsChange),
  ];
  const outside = outsideVariables(result);
  if (outside !== null) {
    const blank = against === null ? ['', ''] : ['', '', ''];
    rows.splice(
      1,
      0,
      { what: '  of that in variables', cells: [...blank, changeCell(total.final.likely)] },
      { what: '  of that elsewhere', cells: [...blank, changeCell(outside)] },
    );
  }
  return rows;
}

/** Resident memory the package adds besides what its variables hold, bytes; null where there is no telling. */
export function outsideVariables({ process, without, total }: ProfileResult): number | null {
  if (without === null || process.resident === null || without.resident === null) return null;
  return process.resident - without.resident - total.final.likely;
}

function secondsChange(seconds: number): string {
  if (seconds === 0) return '0 s';
  return `${seconds > 0 ? '+' : ''}${formatDuration(seconds)}`;
}
