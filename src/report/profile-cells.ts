/** What a profile's tables say, cell by cell: for the screen and for Markdown alike. */

import type { ByteRange } from '../model/bytes.ts';
import type { ProfileProcess, ProfileResult, ProfileVariable } from '../model/profile.ts';
import { formatCount, formatEstimate, formatSize } from '../model/quantity.ts';
import { formatDuration } from '../model/time.ts';
import { visible, visibleName } from './text/sanitize.ts';
import { sparkline } from './text/sparkline.ts';

export interface ProfileColumn {
  readonly heading: string;
  readonly align: 'left' | 'right';
  readonly shrinks: boolean;
  /** True for what stands in scripts, and is shown in letters of one width where there are others. */
  readonly isCode: boolean;
  /** As in `Column` of text/table.ts. */
  readonly rank: number;
  readonly cell: (variable: ProfileVariable) => string;
  readonly total?: string;
}

const SPARKLINE = 12;

export function bytesCell(range: ByteRange | null): string {
  return range === null ? '-' : formatEstimate(Math.round(range.likely), 'bytes', range);
}

function changeCell(bytes: number): string {
  const text = formatSize(Math.round(bytes), 'bytes');
  return bytes > 0 ? `+${text}` : text;
}

/** `180 MB – 230 MB`; one figure where it is exact, and `180 MB or more` where there is no telling how much. */
function rangeCell(range: ByteRange | null): string {
  if (range === null) return '-';
  if (!Number.isFinite(range.high)) return `${formatSize(Math.round(range.low), 'bytes')} or more`;
  const [low, high] = [range.low, range.high].map((value) => formatSize(Math.round(value), 'bytes'));
  return low === high ? low! : `${low} – ${high}`;
}

/** Columns that say nothing of any variable are left out. */
export function profileColumns(result: ProfileResult): readonly ProfileColumn[] {
  const number = (
    heading: string,
    rank: number,
    cell: (v: ProfileVariable) => string,
    total?: string,
  ): ProfileColumn => ({
    heading,
    align: 'right',
    shrinks: false,
    isCode: false,
    rank,
    cell,
    ...(total === undefined ? {} : { total }),
  });
  const { total } = result;
  const name: ProfileColumn = {
    heading: 'variable',
    align: 'left',
    shrinks: true,
    isCode: true,
    rank: 0,
    cell: ({ variable }) => visibleName(variable),
    total: 'total',
  };
  const compared = total.before === null ? [] : comparisonColumns(result, number);
  const columns: ProfileColumn[] = [
    name,
    ...compared,
    number('peak', 1, (v) => (v.present ? bytesCell(v.peak) : 'gone'), bytesCell(total.peak)),
    ...(total.before === null
      ? []
      : [number('change', 0, changeOf, changeCell(total.peak.likely - total.before.likely))]),
    number('final', 2, (v) => bytesCell(v.final), bytesCell(total.final)),
    number('range of peak', 6, (v) => rangeCell(v.peak), rangeCell(total.peak)),
    { ...number('over time', 3, ({ points }) => growthLine(points)), align: 'left' },
    number('per 1,000 conn.', 4, ({ perThousandConnections: per }) => (per === null ? '-' : changeCell(per))),
    number('entries', 5, ({ finalEntries }) => (finalEntries === null ? '-' : formatCount(finalEntries))),
    {
      heading: 'expiry',
      align: 'left',
      shrinks: false,
      isCode: true,
      rank: 5,
      cell: ({ expiry }) => (expiry === null ? '-' : visible(expiry)),
    },
    { heading: 'declared in', align: 'left', shrinks: false, isCode: true, rank: 3, cell: declaredIn },
  ];
  return columns.filter(({ heading, cell }) => {
    return heading === 'variable' || heading === 'peak' || result.variables.some((v) => !['-', ''].includes(cell(v)));
  });
}

function comparisonColumns(
  { total }: ProfileResult,
  number: (heading: string, rank: number, cell: (v: ProfileVariable) => string, total?: string) => ProfileColumn,
): ProfileColumn[] {
  return [
    number(
      'peak before',
      1,
      ({ before }) => (before === null ? 'new' : bytesCell(before.peak)),
      bytesCell(total.before),
    ),
  ];
}

function changeOf({ peak, before }: ProfileVariable): string {
  if (peak === null && before?.peak == null) return '-';
  return changeCell((peak?.likely ?? 0) - (before?.peak?.likely ?? 0));
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

export function processHeadings({ without, against }: ProfileResult): string[] {
  return [
    'with it',
    ...(against === null ? [] : [visible(against.label)]),
    ...(without === null ? [] : ['without it', 'difference']),
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
