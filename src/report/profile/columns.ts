/** What a profile's tables say, cell by cell: for the screen and for Markdown alike. */

import type { AddedField, ProfileProcess, ProfileResult, ProfileVariable } from '../../model/answers/profile.ts';
import type { ByteRange } from '../../model/bytes.ts';
import { formatCount, formatSize } from '../../model/quantity.ts';
import { formatDuration } from '../../model/time.ts';
import { type Column, estimateText } from '../tables/column.ts';
import { visible } from '../text/sanitize.ts';
import { sparkline } from '../text/sparkline.ts';
import { formatChange } from '../words.ts';

/** A column of variables for people; programs have all that is known. */
interface ProfileColumn extends Column<ProfileVariable> {
  readonly heading: string;
  /** True for what stands in scripts, and is shown in letters of one width where there are others. */
  readonly isCode?: boolean;
}

const SPARKLINE = 12;

export function changeCell(bytes: number): string {
  return formatChange(Math.round(bytes), 'bytes');
}

/** `180 MB – 230 MB`; one figure where it is exact, and `180 MB or more` where there is no telling how much. */
export function rangeCell(range: ByteRange | null): string {
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
    { heading: 'peak entries', kind: 'count', rank: 5, value: ({ peakEntries }) => peakEntries },
    ...(before === null
      ? []
      : [bytes('change', 0, changeOf, changeText, changeCell(total.peak.likely - before.likely))]),
    bytes(
      'final',
      5,
      ({ final }) => final?.likely,
      (v) => estimateText(v.final),
      estimateText(total.final),
    ),
    { heading: 'range of peak', kind: 'number', rank: 6, text: (v) => rangeCell(v.peak), total: rangeCell(total.peak) },
    { heading: 'over time', kind: 'word', rank: 3, text: ({ points }) => growthLine(points) },
    {
      heading: 'per 1,000 conn.',
      kind: 'bytes',
      rank: 3,
      value: ({ perThousandConnections: per }) => per,
      text: ({ perThousandConnections: per }) => (per === null ? '-' : changeCell(per)),
    },
    { heading: 'final entries', kind: 'count', rank: 7, value: ({ finalEntries }) => finalEntries },
    { heading: 'expiry', kind: 'word', isCode: true, rank: 4, value: ({ expiry }) => expiry },
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

function declaredIn({ script, line }: Pick<ProfileVariable, 'script' | 'line'>): string {
  if (script === null) return '-';
  return `${visible(script)}${line === null ? '' : `:${line}`}`;
}

/** A row of the table of processes: what, with, before, without, and what the package makes of it. */
interface ProcessRow {
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
  const bytes = (value: number) => formatSize(Math.round(value), 'bytes');
  const counted = (value: number) => `${value > 0 ? '+' : ''}${formatCount(value)}`;
  const inProcess = (what: string, value: (p: ProfileProcess) => number | null) => row(what, value, bytes, changeCell);
  const rows = [
    inProcess('resident memory at the end', (p) => p.resident),
    inProcess(IN_USE, (p) => p.inUse),
    inProcess('  of that freed and kept', (p) =>
      p.inUse === null || p.resident === null ? null : p.resident - p.inUse,
    ),
    inProcess('  gained per live connection', perLiveConnection),
    inProcess('  gained per 1,000 connections', (p) => per(gained(p), result.trace.connections, 1000)),
    inProcess('most it ever was', (p) => p.peakResident),
    row('connections at a time, at most', (p) => p.peakConnections, formatCount, counted),
    row('timers, at most', (p) => p.peakTimers, formatCount, counted),
    row('processor time', (p) => p.cpu, formatDuration, secondsChange),
  ].filter(({ cells }, i) => i === 0 || cells.some((cell) => cell !== '-'));
  const outside = outsideVariables(result);
  if (outside !== null) {
    const blank = against === null ? ['', ''] : ['', '', ''];
    const difference = (what: string, value: number) => ({ what, cells: [...blank, changeCell(value)] });
    const each = per(outside, process.liveConnections, 1, FEW_LIVE);
    // In use is what the two make up; where that is not known, all that is resident.
    const inUse = rows.findIndex(({ what }) => what === IN_USE);
    const part = inUse < 0 ? '  of that' : '    of that';
    rows.splice(
      Math.max(inUse, 0) + 1,
      0,
      difference(`${part} in variables`, total.final.likely),
      difference(`${part} elsewhere`, outside),
      ...(each === null || outside <= 0 ? [] : [difference(`${part.replace(/\S.*/, '')}  per live connection`, each)]),
    );
  }
  return rows;
}

const IN_USE = '  of that in use';
/** With fewer live connections, what one takes is a guess. */
const FEW_LIVE = 20;

function gained({ resident, residentAtFirst }: ProfileProcess): number | null {
  return resident === null || residentAtFirst === null ? null : resident - residentAtFirst;
}

function perLiveConnection(process: ProfileProcess): number | null {
  return per(gained(process), process.liveConnections, 1, FEW_LIVE);
}

function per(bytes: number | null, count: number, unit: number, least = 1): number | null {
  return bytes === null || count < least ? null : (bytes * unit) / count;
}

/**
 * Memory in use that the package adds besides what its variables hold, bytes; where it is not known what is in use, resident
 * memory. Null where there is no telling.
 */
export function outsideVariables({ process, without, total }: ProfileResult): number | null {
  if (without === null) return null;
  const isKnown = process.inUse !== null && without.inUse !== null;
  const [now, then] = isKnown ? [process.inUse, without.inUse] : [process.resident, without.resident];
  return now === null || then === null ? null : now - then - total.final.likely;
}

function secondsChange(seconds: number): string {
  if (seconds === 0) return '0 s';
  return `${seconds > 0 ? '+' : ''}${formatDuration(seconds)}`;
}

/** What a package has besides variables, by its scripts. */
export function elsewhereColumns(): Column<AddedField>[] {
  return [
    { heading: 'field added', kind: 'name', value: ({ record, field }) => `${record}$${field}` },
    { heading: 'type', kind: 'word', rank: 1, text: ({ type }) => visible(type) },
    { heading: 'added in', kind: 'word', text: declaredIn },
  ];
}

/** In the place of a table of variables. */
export function noVariables({ addedFields, stores }: ProfileResult): string {
  const isElsewhere = addedFields.length + stores.length > 0;
  return `No variable holds anything because of it${isElsewhere ? ': what it adds is in connections and other records' : ''}.`;
}
