/** `check` in all its forms. */

import type { CheckResult, CheckRow } from '../model/budget.ts';
import { checkJunit } from './check-junit.ts';
import {
  checkAmount,
  checkLines,
  checkSummary,
  checkWords,
  hasFailed,
  type Judged,
  shownRows,
  staleNotes,
} from './check-words.ts';
import { type Cell, delimited } from './delimited.ts';
import { jsonDocument, jsonReading, jsonTime } from './json.ts';
import type { OutputFormat, Report, Screen } from './output.ts';
import { named, readingNotes } from './reading.ts';
import { ScreenText } from './screen.ts';
import { visible } from './text/sanitize.ts';

/** The forms for people, programs, pull requests and CI servers. */
export type CheckFormat = OutputFormat | 'markdown' | 'junit';

export function checkReport(result: CheckResult, format: CheckFormat, screen: Screen, all: boolean): Report {
  if (format === 'table') return { text: checkScreen(result, screen, all), asides: [] };
  if (format === 'json') return { text: checkJson(result), asides: [] };
  if (format === 'markdown') return { text: checkMarkdown(result, all), asides: [] };
  if (format === 'junit') return { text: checkJunit(result), asides: checkNotes(result) };
  return { text: checkDelimited(result, format), asides: [checkSummary(result), ...checkNotes(result)] };
}

function checkNotes(result: CheckResult): string[] {
  return [...staleNotes(result), ...readingNotes(result.reading)];
}

function checkScreen(result: CheckResult, screen: Screen, all: boolean): string {
  const text = new ScreenText(screen);
  checkLines(text, result, all);
  text.notes(checkNotes(result));
  return text.toString();
}

function checkJson(result: CheckResult): string {
  const { file, baseline, updated, ...judged } = judgedJson(result);
  return jsonDocument('check', {
    file,
    baseline,
    updated,
    from: jsonTime(result.from),
    to: jsonTime(result.to),
    nodes: result.nodes,
    ...judged,
    reading: jsonReading(result.reading),
  });
}

/** What `profile` has of it as well. */
export function judgedJson(result: Judged) {
  return {
    file: result.file,
    baseline: result.baseline,
    updated: result.updated,
    passed: !hasFailed(result),
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
  };
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
  const lines = ['### Memory budgets', '', ...judgedMarkdown(result, all)];
  const notes = checkNotes(result);
  if (notes.length > 0) lines.push('', ...notes.map((note) => `- ${markdown(note.trimStart())}`));
  return `${lines.join('\n')}\n`;
}

/** Its summary and its table, line by line. */
export function judgedMarkdown(result: Judged, all: boolean): string[] {
  const rows = shownRows(result, all);
  const lines = [markdown(checkSummary(result))];
  if (rows.length > 0) {
    lines.push('', '| | what | size | limit | | where |', '| --- | --- | --: | --- | --- | --- |');
    for (const row of rows) {
      const limit = row.limit === null ? '' : `${row.limit} ${row.allowed}`;
      const cells = [
        SIGNS[row.state],
        `${row.kind} ${markdown(named(row.name))}`,
        markdown(checkAmount(row.size, row)),
        markdown(limit),
        row.state === 'kept' ? '' : markdown(checkWords(row)),
        markdown(`${row.place.file}:${row.place.line}`),
      ];
      lines.push(`| ${cells.join(' | ')} |`);
    }
  }
  return lines;
}
