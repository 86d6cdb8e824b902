/** `check` in all its forms. */

import type { CheckResult, CheckRow } from '../model/budget.ts';
import { formatCount, formatEstimate } from '../model/quantity.ts';
import { formatTime } from '../model/time.ts';
import { type Cell, delimited } from './delimited.ts';
import { jsonDocument, jsonReading, jsonTime } from './json.ts';
import type { OutputFormat, Report, Screen } from './output.ts';
import { named, readingNotes } from './reading.ts';
import { ScreenText } from './screen.ts';
import { visible, visibleName } from './text/sanitize.ts';
import { alignPrefixes, type Column } from './text/table.ts';

/** The forms for people, programs, pull requests and CI servers. */
export type CheckFormat = OutputFormat | 'markdown' | 'junit';

export function checkReport(result: CheckResult, format: CheckFormat, screen: Screen, all: boolean): Report {
  if (format === 'table') return { text: checkScreen(result, screen, all), asides: [] };
  if (format === 'json') return { text: checkJson(result), asides: [] };
  if (format === 'markdown') return { text: checkMarkdown(result, all), asides: [] };
  if (format === 'junit') return { text: checkJunit(result), asides: checkNotes(result) };
  return { text: checkDelimited(result, format), asides: [summary(result), ...checkNotes(result)] };
}

/** `2 of 12 limits failed, 1 is missing, 1 warns (my-stats.json).` */
function summary({ counts, rows, file, updated, baseline, newSizes }: CheckResult): string {
  const parts = [
    ...(counts.failed > 0 ? [`${counts.failed} failed`] : []),
    ...(counts.missing > 0 ? [`${counts.missing} cannot be checked`] : []),
    ...(counts.warned > 0 ? [`${counts.warned} ${counts.warned === 1 ? 'warns' : 'warn'}`] : []),
  ];
  const limits = rows.length === 1 ? '1 limit' : `${rows.length} limits`;
  const what = parts.length === 0 ? `${limits} kept` : `Of ${limits} ${parts.join(', ')}`;
  const wrote = updated ? ` ${named(baseline!)} has ${newSizes === 1 ? '1 size' : `${newSizes} sizes`} now.` : '';
  return `${what} (${named(file)}).${wrote}`;
}

function checkNotes(result: CheckResult): string[] {
  const stale = result.stale.map((words) => {
    return `${named(result.baseline!)} ${visible(words.length > 240 ? `${words.slice(0, 239)}…` : words)}: --update brings it up to date.`;
  });
  return [...stale, ...readingNotes(result.reading)];
}

function amount(value: number | null, { unit, bytes }: CheckRow): string {
  if (value === null) return '-';
  return unit === 'bytes' ? formatEstimate(value, 'bytes', bytes) : `${formatCount(value)} entries`;
}

function plain(value: number, { unit }: CheckRow): string {
  return unit === 'bytes' ? formatEstimate(value, 'bytes', null) : `${formatCount(value)} entries`;
}

/** `passes 10 MB by 7.6 MB: HostTracker::seen holds 16.5 MB`, as one sentence without its end. */
function words(row: CheckRow): string {
  const { state, size, allowedSize, allowed, limit, before, because, reason } = row;
  if (state === 'missing') return reason;
  const over = size! - allowedSize!;
  const isGrowth = limit === 'growth' || limit === 'warnGrowth';
  const from = isGrowth
    ? `grew from ${before === 0 ? 'nothing' : plain(before!, row)}, allowed is ${visible(allowed)}, `
    : '';
  const by = over > 0 ? `${plain(over, row)} too much` : `${plain(-over, row)} left`;
  if (because === null || row.kind === 'variable') return `${from}${by}`;
  const most =
    because.change === null || !isGrowth
      ? `${named(because.variable)} holds ${plain(because.size, row)}`
      : `${named(because.variable)} grew by ${plain(because.change, row)}`;
  return `${from}${by}: ${most}`;
}

function shownRows({ rows }: CheckResult, all: boolean): readonly CheckRow[] {
  return all ? rows : rows.filter(({ state }) => state !== 'kept');
}

interface CheckColumn extends Column {
  readonly cell: (row: CheckRow) => string;
}

const COLUMNS: readonly CheckColumn[] = [
  { heading: 'state', align: 'left', shrinks: false, rank: 0, cell: ({ state }) => state },
  { heading: 'what', align: 'left', shrinks: false, rank: 3, cell: ({ kind }) => kind },
  { heading: 'name', align: 'left', shrinks: true, rank: 0, cell: ({ name }) => visibleName(name) },
  { heading: 'size', align: 'right', shrinks: false, rank: 1, cell: (row) => amount(row.size, row) },
  {
    heading: 'limit',
    align: 'right',
    shrinks: false,
    rank: 1,
    cell: ({ limit, allowed }) => (limit === null ? '-' : `${limit} ${visible(allowed)}`),
  },
  {
    heading: 'where',
    align: 'left',
    shrinks: true,
    rank: 2,
    cell: ({ place }) => `${visibleName(place.file)}:${place.line}`,
  },
];

function checkScreen(result: CheckResult, screen: Screen, all: boolean): string {
  const text = new ScreenText(screen);
  const rows = shownRows(result, all);
  if (rows.length > 0) {
    const cells = rows.map((row) => ({ cells: COLUMNS.map(({ cell }) => cell(row)) }));
    COLUMNS.forEach((column, i) => {
      if (column.heading !== 'size') return;
      const aligned = alignPrefixes(cells.map((row) => row.cells[i]!));
      cells.forEach((row, r) => {
        row.cells[i] = aligned[r]!;
      });
    });
    text.table(
      COLUMNS.map((column) => (column.heading === 'name' ? { ...column, paint: text.paint.name } : column)),
      cells,
    );
    const told = rows.filter(({ state }) => state !== 'kept');
    if (told.length > 0) text.line('');
    for (const row of told) text.line(`${named(row.name)}: ${words(row)}.`);
    text.line('');
  }
  text.line(summary(result), result.counts.failed + result.counts.missing > 0 ? text.paint.warning : undefined);
  text.notes(checkNotes(result));
  return text.toString();
}

function checkJson(result: CheckResult): string {
  return jsonDocument('check', {
    file: result.file,
    baseline: result.baseline,
    updated: result.updated,
    from: jsonTime(result.from),
    to: jsonTime(result.to),
    nodes: result.nodes,
    passed: result.counts.failed + result.counts.missing === 0,
    counts: result.counts,
    rows: result.rows.map((row) => ({
      state: row.state,
      kind: row.kind,
      name: row.name,
      limit: row.limit,
      allowed: row.allowed,
      allowed_size: row.allowedSize,
      unit: row.unit,
      size: row.size,
      bytes: row.bytes,
      node: row.node,
      before: row.before,
      because: row.because,
      place: row.place,
      reason: row.reason,
    })),
    stale: result.stale,
    reading: jsonReading(result.reading),
  });
}

const DELIMITED: readonly (readonly [string, (row: CheckRow) => Cell])[] = [
  ['state', ({ state }) => state],
  ['kind', ({ kind }) => kind],
  ['name', ({ name }) => name],
  ['limit', ({ limit }) => limit],
  ['allowed', ({ allowed }) => allowed],
  ['allowed_size', ({ allowedSize }) => allowedSize],
  ['unit', ({ unit }) => unit],
  ['size', ({ size }) => size],
  ['node', ({ node }) => node],
  ['before', ({ before }) => before],
  ['variable', ({ because }) => because?.variable ?? null],
  ['file', ({ place }) => place.file],
  ['line', ({ place }) => place.line],
  ['reason', ({ reason }) => reason],
];

function checkDelimited(result: CheckResult, format: 'csv' | 'tsv'): string {
  const rows = result.rows.map((row) => DELIMITED.map(([, cell]) => cell(row)));
  return delimited(
    format,
    DELIMITED.map(([name]) => name),
    rows,
  );
}

/** What Markdown or HTML would take for more than text; GitHub shows these as what they are. */
function markdown(text: string): string {
  return visible(text).replace(/[&<>|`*_[\]\\~#@!]/g, (character) => `&#${character.charCodeAt(0)};`);
}

const SIGNS = { failed: '❌ failed', missing: '❓ missing', warned: '⚠️ warned', kept: '✅ kept' } as const;

function checkMarkdown(result: CheckResult, all: boolean): string {
  const rows = shownRows(result, all);
  const lines = [`### Memory budgets`, '', markdown(summary(result))];
  if (rows.length > 0) {
    lines.push('', '| | what | size | limit | | where |', '| --- | --- | --: | --- | --- | --- |');
    for (const row of rows) {
      const limit = row.limit === null ? '' : `${row.limit} ${row.allowed}`;
      const cells = [
        SIGNS[row.state],
        `${row.kind} ${markdown(named(row.name))}`,
        markdown(amount(row.size, row)),
        markdown(limit),
        row.state === 'kept' ? '' : markdown(words(row)),
        markdown(`${row.place.file}:${row.place.line}`),
      ];
      lines.push(`| ${cells.join(' | ')} |`);
    }
  }
  const notes = checkNotes(result);
  if (notes.length > 0) lines.push('', ...notes.map((note) => `- ${markdown(note.trimStart())}`));
  return `${lines.join('\n')}\n`;
}

function xml(text: string): string {
  return visible(text).replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** The XML that CI servers read test results from: one test case per limit. */
function checkJunit(result: CheckResult): string {
  const { counts, rows, to } = result;
  const attributes = `tests="${rows.length}" failures="${counts.failed}" errors="${counts.missing}"`;
  const time = Number.isFinite(to) ? ` timestamp="${xml(formatTime(to).replace('Z', ''))}"` : '';
  const cases = rows.map((row) => {
    const name = `${row.kind} ${row.name}${row.limit === null ? '' : `: ${row.limit} ${row.allowed}`}`;
    const start = `    <testcase classname="${xml(`my-stats.${row.kind}`)}" name="${xml(name)}" file="${xml(row.place.file)}" line="${row.place.line}"`;
    const said = xml(`${row.name}: ${words(row)}. Limit: ${row.place.file}:${row.place.line}`);
    if (row.state === 'failed') return `${start}>\n      <failure message="${said}"/>\n    </testcase>`;
    if (row.state === 'missing') return `${start}>\n      <error message="${said}"/>\n    </testcase>`;
    if (row.state === 'warned') return `${start}>\n      <system-out>${said}</system-out>\n    </testcase>`;
    return `${start}/>`;
  });
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="my-stats" ${attributes}>`,
    `  <testsuite name="memory budgets" ${attributes}${time}>`,
    ...cases,
    '  </testsuite>',
    '</testsuites>\n',
  ].join('\n');
}
