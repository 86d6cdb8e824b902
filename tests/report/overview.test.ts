/** The first screen: what `my-stats` alone and `doctor` answer, kept as files. */

import { describe, expect, test } from 'vitest';
import type { DoctorResult } from '../../src/model/answers/doctor.ts';
import { doctorReport } from '../../src/report/answers/doctor.ts';
import { toAscii } from '../../src/report/text/sanitize.ts';
import { measureWidth } from '../../src/report/text/width.ts';
import { DOCTOR, HEALTHY, HOSTILE_DOCTOR, LARGE_CLUSTER, MANY_FINDINGS, TOO_EARLY } from './doctor-samples.ts';

const results: Record<string, DoctorResult> = {
  small: DOCTOR,
  large: LARGE_CLUSTER,
  many: MANY_FINDINGS,
  healthy: HEALTHY,
  early: TOO_EARLY,
  hostile: HOSTILE_DOCTOR,
};

function overview(result: DoctorResult, width: number | null, color = false): string {
  const view = { all: false, finding: null, logs: ['/opt/zeek/logs'] };
  return doctorReport(view)(result, 'table', { width, color }).text;
}

describe.each(Object.entries(results))('%s', (name, result) => {
  test.each([40, 80, 120])('on a screen of %i columns', async (width) => {
    const text = overview(result, width);
    await expect(text).toMatchFileSnapshot(`../golden/overview-${name}-${width}.txt`);
    for (const line of text.split('\n')) expect(measureWidth(line)).toBeLessThanOrEqual(width);
  });

  test('has at most 20 lines on a terminal of 80 columns', () => {
    expect(overview(result, 80).trimEnd().split('\n').length).toBeLessThanOrEqual(20);
  });

  test('colour adds nothing but colour', () => {
    expect(overview(result, 80, true).replace(/\x1b\[\d+m/g, '')).toBe(overview(result, 80));
  });
});

test('in colour', async () => {
  const text = overview(LARGE_CLUSTER, 80, true).replaceAll('\x1b', '␛');
  await expect(text).toMatchFileSnapshot('../golden/overview-large-color.txt');
});

test('the first line says when which process is full', () => {
  expect(overview(LARGE_CLUSTER, 80)).toMatch(/^worker-7 reaches 8\.00 GB in 22 h: 5\.10 GB now, \+132 MB\/h/);
});

test('nodes that behave alike are one line', () => {
  expect(overview(LARGE_CLUSTER, 80)).toMatch(/^38 workers /m);
});

test.each([40, 80, 120])('a finding whole, on %i columns', async (width) => {
  const { text } = doctorReport({ all: false, finding: 1, logs: [] })(LARGE_CLUSTER, 'table', { width, color: false });
  await expect(text).toMatchFileSnapshot(`../golden/finding-${width}.txt`);
});

test('without Unicode all of it is ASCII', async () => {
  const isAscii = [...toAscii(overview(LARGE_CLUSTER, 40) + overview(HOSTILE_DOCTOR, 40))].every(
    (sign) => sign < '\x80',
  );
  expect(isAscii).toBe(true);
  await expect(toAscii(overview(LARGE_CLUSTER, 80))).toMatchFileSnapshot('../golden/overview-large-ascii.txt');
});
