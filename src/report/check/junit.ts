/** The XML that CI servers read test results from: one test case per limit. */

import type { CheckResult, CheckRow } from '../../model/answers/budget.ts';
import { formatTime } from '../../model/time.ts';
import { visible } from '../text/sanitize.ts';
import { checkWords } from './words.ts';

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

export function checkJunit({ rows, to }: Pick<CheckResult, 'rows' | 'to'>): string {
  return junit(rows.map(testCase), to);
}

export function testCase(row: CheckRow): TestCase {
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
export function junit(cases: readonly TestCase[], time: number): string {
  const count = (wanted: TestCase['state']) => cases.filter(({ state }) => state === wanted).length;
  const attributes = `tests="${cases.length}" failures="${count('failed')}" errors="${count('missing')}"`;
  const when = Number.isFinite(time) ? ` timestamp="${xml(formatTime(time).replace('Z', ''))}"` : '';
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="my-stats" ${attributes}>`,
    `  <testsuite name="memory budgets" ${attributes}${when}>`,
    ...cases.map(caseXml),
    '  </testsuite>',
    '</testsuites>\n',
  ].join('\n');
}

function caseXml({ subject, name, state, said, place }: TestCase): string {
  const where = place === null ? '' : ` file="${xml(place.file)}" line="${place.line}"`;
  const start = `    <testcase classname="${xml(`my-stats.${subject}`)}" name="${xml(name)}"${where}`;
  if (state === 'failed') return `${start}>\n      <failure message="${xml(said)}"/>\n    </testcase>`;
  if (state === 'missing') return `${start}>\n      <error message="${xml(said)}"/>\n    </testcase>`;
  if (state === 'warned') return `${start}>\n      <system-out>${xml(said)}</system-out>\n    </testcase>`;
  return `${start}/>`;
}
