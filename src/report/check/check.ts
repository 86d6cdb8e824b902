/** `check` in all its forms, those for pull requests and CI servers included. */

import type { CheckResult, CheckRow } from '../../model/answers/budget.ts';
import { formatTime } from '../../model/time.ts';
import { createReport, type Reporter } from '../answer.ts';
import type { OutputFormat, Report, Screen } from '../output.ts';
import { describeReading } from '../reading.ts';
import { markdownTable } from '../tables/delimited.ts';
import { convertRows, jsonTime } from '../tables/json.ts';
import { visible } from '../text/sanitize.ts';
import { nameInSentence } from '../words.ts';
import {
  CHECK_COLUMNS,
  type CheckedLimits,
  checkAmount,
  checkLines,
  checkSummary,
  checkWords,
  describeStale,
  hasFailed,
  selectShown,
} from './words.ts';

/** The forms for people, programs, pull requests and CI servers. */
export type CheckFormat = OutputFormat | 'markdown' | 'junit';

export function checkReport(result: CheckResult, format: CheckFormat, screen: Screen, all: boolean): Report {
  if (format === 'markdown') return { text: checkMarkdown(result, all), asides: [] };
  if (format === 'junit') return { text: checkJunit(result), asides: checkNotes(result) };
  return writePlain(all)(result, format, screen);
}

function writePlain(all: boolean): Reporter<CheckResult> {
  return createReport<CheckResult, CheckRow>({
    name: 'check',
    screen: (text, result) => checkLines(text, result, all),
    json(result) {
      const { file, baseline, updated, ...judged } = judgedJson(result);
      const { from, to, nodes } = result;
      return { file, baseline, updated, from: jsonTime(from), to: jsonTime(to), nodes, ...judged };
    },
    tables: ({ rows }) => [{ columns: CHECK_COLUMNS, rows }],
    asides: (result) => [checkSummary(result)],
    notes: checkNotes,
  });
}

function checkNotes(result: CheckResult): string[] {
  return [...describeStale(result), ...describeReading(result.reading)];
}

/** What `profile` has of it as well. */
export function judgedJson(result: CheckedLimits) {
  return {
    file: result.file,
    baseline: result.baseline,
    updated: result.updated,
    passed: !hasFailed(result),
    counts: result.counts,
    rows: convertRows(CHECK_COLUMNS, result.rows),
    stale: result.stale,
  };
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
export function judgedMarkdown(result: CheckedLimits, all: boolean): string[] {
  const summary = markdown(checkSummary(result));
  const rows = selectShown(result, all).map((row) => [
    SIGNS[row.state],
    `${row.kind} ${markdown(nameInSentence(row.name))}`,
    markdown(checkAmount(row)),
    markdown(row.limit === null ? '' : `${row.limit} ${row.allowed}`),
    row.state === 'kept' ? '' : markdown(checkWords(row)),
    markdown(`${row.place.file}:${row.place.line}`),
  ]);
  if (rows.length === 0) return [summary];
  return [summary, '', markdownTable(MARKDOWN_COLUMNS, rows)];
}

const MARKDOWN_COLUMNS = [
  { heading: '' },
  { heading: 'what' },
  { heading: 'size', kind: 'bytes' },
  { heading: 'limit' },
  { heading: '' },
  { heading: 'where' },
] as const;

export interface TestCase {
  /** What it is about, such as `variable`. */
  readonly subject: string;
  readonly name: string;
  readonly state: CheckRow['state'];
  readonly said: string;
  readonly place: CheckRow['place'] | null;
}

function xml(text: string): string {
  return visible(text).replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

function checkJunit({ rows, to }: Pick<CheckResult, 'rows' | 'to'>): string {
  return writeJunit(rows.map(makeTestCase), to);
}

export function makeTestCase(row: CheckRow): TestCase {
  const { kind, name, limit, allowed, state, place } = row;
  return {
    subject: kind,
    name: `${kind} ${name}${limit === null ? '' : `: ${limit} ${allowed}`}`,
    state,
    said: `${name}: ${checkWords(row)}. Limit: ${place.file}:${place.line}`,
    place,
  };
}

/** @param time seconds since the epoch */
export function writeJunit(cases: readonly TestCase[], time: number): string {
  const count = (wanted: TestCase['state']) => cases.filter(({ state }) => state === wanted).length;
  const attributes = `tests="${cases.length}" failures="${count('failed')}" errors="${count('missing')}"`;
  const when = Number.isFinite(time) ? ` timestamp="${xml(formatTime(time).replace('Z', ''))}"` : '';
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="my-stats" ${attributes}>`,
    `  <testsuite name="memory budgets" ${attributes}${when}>`,
    ...cases.map(writeCase),
    '  </testsuite>',
    '</testsuites>\n',
  ].join('\n');
}

function writeCase({ subject, name, state, said, place }: TestCase): string {
  const where = place === null ? '' : ` file="${xml(place.file)}" line="${place.line}"`;
  const start = `    <testcase classname="${xml(`my-stats.${subject}`)}" name="${xml(name)}"${where}`;
  if (state === 'failed') return `${start}>\n      <failure message="${xml(said)}"/>\n    </testcase>`;
  if (state === 'missing') return `${start}>\n      <error message="${xml(said)}"/>\n    </testcase>`;
  if (state === 'warned') return `${start}>\n      <system-out>${xml(said)}</system-out>\n    </testcase>`;
  return `${start}/>`;
}
