/** What `profile` and `lab` show, kept as files; and the parts of it that have rules of their own. */

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { labReport } from '../../src/report/answers/lab.ts';
import type { Report, Screen } from '../../src/report/output.ts';
import { packagesReport } from '../../src/report/profile/packages.ts';
import { profileReport } from '../../src/report/profile/profile.ts';
import { sparkline } from '../../src/report/text/sparkline.ts';
import { CHECKED, COMPARED, FUNCTIONS, HOSTILE_PROFILE, LAB, PACKAGES, PROFILE } from './profile-samples.ts';

type Format = Parameters<typeof profileReport>[1];

const reports: Record<string, (format: Format, screen: Screen) => Report> = {
  profile: (format, screen) => profileReport(PROFILE, format, screen),
  'profile-against': (format, screen) => profileReport(COMPARED, format, screen),
  'profile-checked': (format, screen) => profileReport(CHECKED, format, screen),
  'profile-functions': (format, screen) => profileReport(FUNCTIONS, format, screen),
  'profile-hostile': (format, screen) => profileReport(HOSTILE_PROFILE, format, screen),
};

describe.each(Object.entries(reports))('%s', (name, report) => {
  test.each([60, 80, 120, null])('on a screen of %s columns', async (width) => {
    const { text } = report('table', { width, color: false });
    await expect(text).toMatchFileSnapshot(`../golden/${name}-${width ?? 'pipe'}.txt`);
  });

  test.each(['markdown', 'json', 'csv', 'junit'] as const)('as %s', async (format) => {
    const { text, asides } = report(format, { width: 80, color: true });
    await expect(text + asides.map((aside) => `# ${aside}\n`).join('')).toMatchFileSnapshot(
      `../golden/${name}-${format}.txt`,
    );
  });

  test('in colour nothing but colour is added', () => {
    const plain = report('table', { width: 80, color: false }).text;
    expect(report('table', { width: 80, color: true }).text.replace(/\x1b\[\d+m/g, '')).toBe(plain);
  });
});

describe('several packages, each by itself', () => {
  test.each([60, 80, 120, null])('on a screen of %s columns', async (width) => {
    const { text } = packagesReport(PACKAGES, 'table', { width, color: false });
    await expect(text).toMatchFileSnapshot(`../golden/profile-each-${width ?? 'pipe'}.txt`);
  });

  test.each(['markdown', 'json', 'csv'] as const)('as %s', async (format) => {
    const { text, asides } = packagesReport(PACKAGES, format, { width: 80, color: false });
    await expect(text + asides.map((aside) => `# ${aside}\n`).join('')).toMatchFileSnapshot(
      `../golden/profile-each-${format}.txt`,
    );
  });
});

describe('lab', () => {
  test.each([60, 80, null])('on a screen of %s columns', async (width) => {
    const { text } = labReport(LAB, 'table', { width, color: false });
    await expect(text).toMatchFileSnapshot(`../golden/lab-${width ?? 'pipe'}.txt`);
  });

  test.each(['json', 'csv'] as const)('as %s', async (format) => {
    const { text, asides } = labReport(LAB, format, { width: 80, color: false });
    await expect(text + asides.map((aside) => `# ${aside}\n`).join('')).toMatchFileSnapshot(
      `../golden/lab-${format}.txt`,
    );
  });
});

describe('Markdown', () => {
  test('has as many cells in every row as in its heading, whatever names are', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (name) => {
        const variables = PROFILE.variables.map((v) => ({ ...v, variable: name, script: name, expiry: name }));
        const addedFields = PROFILE.addedFields.map((field) => ({ ...field, record: name, type: name, script: name }));
        const { text } = profileReport({ ...PROFILE, variables, addedFields }, 'markdown', {
          width: null,
          color: false,
        });
        const tables = text.split('\n\n').filter((block) => block.startsWith('| '));
        expect(tables).toHaveLength(3);
        for (const table of tables) {
          const counts = table
            .trimEnd()
            .split('\n')
            .map((line) => line.replaceAll('\\|', '').split('|').length);
          expect(new Set(counts).size).toBe(1);
        }
      }),
    );
  });

  test('nobody is mentioned', () => {
    const text = profileReport(HOSTILE_PROFILE, 'markdown', { width: null, color: false }).text;
    expect(text).not.toMatch(/(?<!`[^`\n]*)@\w/);
  });
});

describe('a line of blocks', () => {
  test.each([
    [[0, 1, 2, 3, 4, 5, 6, 7], 8, '▁▂▃▄▅▆▇█'],
    [[5, 5, 5], 8, '███'],
    [[0, 0], 8, '▁▁'],
    [[1, null, 8], 8, '▂ █'],
    [[1, 8, 1, 1], 2, '█▂'],
    [[], 8, ''],
  ])('%j in %i columns', (values, width, line) => {
    expect(sparkline(values, width)).toBe(line);
  });

  test('is never wider than asked, and reaches its top where the largest is', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(), { minLength: 1 }), fc.integer({ min: 1, max: 20 }), (values, width) => {
        const line = [...sparkline(values, width)];
        expect(line.length).toBe(Math.min(width, values.length));
        if (Math.max(...values) > 0) expect(line).toContain('█');
      }),
    );
  });
});
