import { describe, expect, test } from 'vitest';
import { proposeRemedy } from '../../src/analysis/doctor/remedy.ts';
import type { Evidence, Finding } from '../../src/model/answers/doctor.ts';
import type { Attribution } from '../../src/model/logged/description.ts';

const NODE = 'worker-1';
const ATTRIBUTION: Attribution = {
  ...{ package: 'local', kind: 'local', version: null, script: 'leaky.zeek', line: 12 },
  ...{ expiry: null, evidence: 'script' },
};

function row(what: string, unit: Evidence['unit'], last: number, perHour: number): Evidence {
  return { node: NODE, what, unit, first: 0, last, perHour, detail: null };
}

/** Of a table that holds 1,000 bytes per entry in a process of so many bytes. */
function remedy(entriesPerHour: number, resident: number) {
  const finding: Finding = {
    ...{ kind: 'variable-grows', level: 'problem', certainty: 'certain', because: '', advice: [] },
    ...{ nodes: [NODE], subject: 'Leak::seen', what: 'it grows' },
    evidence: [
      row('Leak::seen', 'entries', 1000, entriesPerHour),
      row('Leak::seen', 'bytes', 1e6, entriesPerHour * 1000),
      row('resident memory', 'bytes', resident, 0),
    ],
  };
  return proposeRemedy(finding, { attribution: ATTRIBUTION, type: 'set[addr]', declaration: null });
}

describe('the lifetime that is proposed is the longest that leaves the process half of its memory', () => {
  test.each([
    [1e5, '&create_expire=1hr', 1e5, 24e5],
    [1e6, '&create_expire=10min', 1e6 / 6, 1e6],
    [1e7, '&create_expire=1min', 1e7 / 60, 1e7 / 6],
    [1e9, '&create_expire=1min', 1e9 / 60, 1e9 / 6],
  ])('%d entries an hour: %s', (entriesPerHour, expiry, entries, longer) => {
    const found = remedy(entriesPerHour, 500e6)!;
    expect(found.expiry).toBe(expiry);
    expect(found.after).toBe(`global seen: set[addr] ${expiry};`);
    expect(found.settles.map((one) => Math.round(one.entries))).toEqual([Math.round(entries), Math.round(longer)]);
    expect(found.settles[0]!.bytes).toBeCloseTo(Math.round(entries) * 1000, -3);
  });
});
