/**
 * How good the size model is, against what the allocator of a real Zeek says. docs/accuracy.md shows the same.
 *
 * UPDATE_DOCS=1 writes into the document what is compared otherwise.
 */

import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import {
  byStructure,
  isInside,
  type MeasuredCase,
  measuredCases,
  measuredPatterns,
  median,
  type Score,
  scoreOf,
} from './truth.ts';

const DOCUMENT = new URL('../../docs/accuracy.md', import.meta.url);
const SETS = {
  structures: measuredCases('zeek-8.0.10-structures.tsv'),
  'more structures': measuredCases('zeek-8.0.10-more-structures.tsv'),
  common: measuredCases('zeek-8.0.10-common-structures.tsv'),
  further: measuredCases('zeek-8.0.10-further-structures.tsv'),
  'held out': measuredCases('zeek-8.0.10-held-out.tsv'),
  packages: measuredCases('zeek-8.0.10-packages.tsv'),
  'other packages': measuredCases('zeek-8.0.10-other-packages.tsv'),
  'third packages': measuredCases('zeek-8.0.10-third-packages.tsv'),
} as const;
/** The same structures in the last Zeek that still tells bytes itself, beside objects. */
const OLD = sameStructuresIn('5.0.10');
/** And in versions whose sizes were in the model before any was measured: by their source alone. */
const BY_SOURCE = ['9.0.0-rc1', '7.0.11'] as const;
const MADE_WITH = [SETS.structures, SETS['more structures'], SETS.common, SETS.further].flatMap(({ cases }) => cases);

describe.each<[string, readonly MeasuredCase[], number]>([
  ['structures the model was made with', MADE_WITH, 180],
  ['structures it was not made with', SETS['held out'].cases, 30],
])('%s', (_, cases, kinds) => {
  const { inside, error, ratio } = scoreOf(cases);

  test('are of many kinds, in five sizes', () => {
    const groups = byStructure(cases);
    expect(groups.size).toBeGreaterThanOrEqual(kinds);
    for (const group of groups.values()) expect(group.length).toBeGreaterThanOrEqual(5);
  });

  test('weigh what the range says in at least 95 % of the cases', () => {
    expect(inside).toBeGreaterThanOrEqual(0.95);
  });

  test('are likely as they are said to be: half of them within 3 %', () => {
    expect(error).toBeLessThanOrEqual(0.03);
  });

  test('have ranges that say something: half of them within a factor of 1.5', () => {
    expect(ratio).toBeLessThanOrEqual(1.5);
  });
});

test.each(BY_SOURCE)('Zeek %s, known by its source alone, is weighed as well as 8.0', (version) => {
  const { inside, error, ratio } = scoreOf(sameStructuresIn(version));
  expect(inside).toBeGreaterThanOrEqual(0.95);
  expect(error).toBeLessThanOrEqual(0.03);
  expect(ratio).toBeLessThanOrEqual(1.5);
});

/** No worse than docs/accuracy.md says, which is short of what is wanted. */
test.each<[keyof typeof SETS, { kinds: number; inside: number; error: number; ratio: number }]>([
  ['packages', { kinds: 96, inside: 0.95, error: 0.04, ratio: 1.5 }],
  ['other packages', { kinds: 37, inside: 0.95, error: 0.04, ratio: 1.4 }],
  ['third packages', { kinds: 74, inside: 0.82, error: 0.055, ratio: 1.55 }],
])('state as %s keep it is weighed as well as is said', (name, said) => {
  const { cases } = SETS[name];
  const { inside, error, ratio } = scoreOf(cases);
  expect(byStructure(cases).size).toBe(said.kinds);
  expect(inside).toBeGreaterThanOrEqual(said.inside);
  expect(error).toBeLessThanOrEqual(said.error);
  expect(ratio).toBeLessThanOrEqual(said.ratio);
});

test('with Zeek 5.0, objects and types say more of the bytes than global_sizes() does', () => {
  const old = scoreOf(OLD);
  expect(old.inside).toBeGreaterThanOrEqual(0.92);
  expect(old.error).toBeLessThanOrEqual(0.04);
  expect(median(OLD.map(toldError))).toBeGreaterThan(4 * old.error);
});

test('docs/accuracy.md shows these results', () => {
  const text = readFileSync(DOCUMENT, 'utf8');
  const generated = text.replace(
    /<!-- (scores|objects|patterns|versions|global-sizes|structures|more|common|further|held-out|packages|other-packages) -->\n[\s\S]*?<!-- \/\1 -->/g,
    (_, part) => {
      return `<!-- ${part} -->\n\n${PARTS[part]!()}\n\n<!-- /${part} -->`;
    },
  );
  if (process.env.UPDATE_DOCS) writeFileSync(DOCUMENT, generated);
  else expect(text).toBe(generated);
});

const PARTS: Record<string, () => string> = {
  scores: () => {
    const row = (name: string, cases: readonly MeasuredCase[]) => {
      const kinds = byStructure(cases).size;
      return [name, String(kinds), String(cases.length), ...scores(scoreOf(cases))];
    };
    return markdownTable(
      ['set', 'kinds', 'cases', 'truth in range', 'median error of likely', 'median high / low'],
      [
        ['wanted', '', '', 'at least 95 %', 'at most 3 %', 'at most 1.5'],
        row('made with', MADE_WITH),
        row('made with, of packages', SETS.packages.cases),
        row('made with, of other packages', SETS['other packages'].cases),
        row('held out', SETS['held out'].cases),
        row('held out, of third packages', SETS['third packages'].cases),
      ],
    );
  },
  objects: () => {
    const row = (name: string, file: string) => {
      const { cases } = measuredCases(file, false);
      return [name, String(cases.length), ...scores(scoreOf(cases))];
    };
    return markdownTable(
      ['set, by objects alone', 'cases', 'truth in range', 'median error of likely', 'median high / low'],
      [
        row('of packages', 'zeek-8.0.10-packages.tsv'),
        row('of other packages', 'zeek-8.0.10-other-packages.tsv'),
        row('of third packages', 'zeek-8.0.10-third-packages.tsv'),
        row('held out', 'zeek-8.0.10-held-out.tsv'),
      ],
    );
  },
  patterns: () => {
    const all = measuredPatterns('zeek-8.0.10-patterns.tsv');
    const row = (name: string, cases: readonly MeasuredCase[]) => [
      name,
      String(byStructure(cases).size),
      String(cases.length),
      ...scores(scoreOf(cases)),
    ];
    return markdownTable(
      ['patterns', 'kinds', 'cases', 'truth in range', 'median error of likely', 'median high / low'],
      [
        ['wanted', '', '', 'at least 97 %', 'at most 3 %', 'at most 1.25'],
        row('all', all),
        row(
          'held out',
          all.filter(({ isHeldOut }) => isHeldOut),
        ),
        row(
          'constants, as they stand in a script',
          all.filter(({ way }) => way === 'literal'),
        ),
        row(
          'put together by `+=`',
          all.filter(({ way }) => way === 'added'),
        ),
        row(
          'made at run time',
          all.filter(({ way }) => way === 'at run time'),
        ),
      ],
    );
  },
  versions: () =>
    markdownTable(
      ['Zeek', 'structures', 'kinds', 'cases', 'truth in range', 'median error of likely', 'median high / low'],
      BY_SOURCE.flatMap((version) =>
        Object.entries({
          all: sameStructuresIn(version),
          'held out': measuredCases(`zeek-${version}-held-out.tsv`).cases,
        }).map(([which, cases]) => {
          const counts = [byStructure(cases).size, cases.length].map(String);
          return [version, which, ...counts, ...scores(scoreOf(cases))];
        }),
      ),
    ),
  'global-sizes': () => {
    const row = (name: string, cases: readonly MeasuredCase[]) => {
      const ratios = cases.map(({ told, truth }) => told! / truth).toSorted((a, b) => a - b);
      const share = (at: number) => ratios[Math.floor(at * (ratios.length - 1))]!.toFixed(2);
      const { inside, error } = scoreOf(cases);
      return [
        name,
        String(cases.length),
        `${share(0.05)} – ${share(0.95)}`,
        `${(100 * median(cases.map(toldError))).toFixed(1)} %`,
        `${((100 * cases.filter((one) => toldError(one) <= 0.1).length) / cases.length).toFixed(0)} %`,
        `${(100 * error).toFixed(1)} %`,
        `${(100 * inside).toFixed(0)} %`,
      ];
    };
    const of = (start: RegExp) => OLD.filter(({ type }) => start.test(type));
    return markdownTable(
      [
        'type',
        'cases',
        'told / truth',
        'median error',
        'within 10 %',
        "model's median error",
        "truth in model's range",
      ],
      [
        row('table', of(/^table/)),
        row('set', of(/^set/)),
        row('vector', of(/^vector/)),
        row('pattern', of(/^pattern/)),
        row('all', OLD),
      ],
    );
  },
  structures: () => structureTable(SETS.structures.cases),
  more: () => structureTable(SETS['more structures'].cases),
  common: () => structureTable(SETS.common.cases),
  further: () => structureTable(SETS.further.cases),
  'held-out': () => structureTable(SETS['held out'].cases),
  packages: () => structureTable(SETS.packages.cases),
  'other-packages': () => structureTable(SETS['other packages'].cases),
};

/** All structures, of all sets, as that Zeek filled them. */
function sameStructuresIn(version: string): MeasuredCase[] {
  return ['structures', 'more-structures', 'common-structures', 'further-structures', 'held-out'].flatMap(
    (name) => measuredCases(`zeek-${version}-${name}.tsv`).cases,
  );
}

/** How far off `global_sizes()` is. */
function toldError({ told, truth }: MeasuredCase): number {
  return Math.abs(told! / truth - 1);
}

function scores({ inside, error, ratio }: Score): string[] {
  return [`${(100 * inside).toFixed(1)} %`, `${(100 * error).toFixed(1)} %`, ratio.toFixed(2)];
}

/** One row per kind: the largest one's bytes, and how the model does on all of its sizes. */
function structureTable(cases: readonly MeasuredCase[]): string {
  const rows = Array.from(byStructure(cases), ([structure, group]) => {
    const largest = group.at(-1)!;
    const { low, likely, high } = largest.bytes;
    return [
      `\`${structure.replaceAll('|', '\\|')}\``,
      largest.made.toLocaleString('en-US'),
      ...[largest.truth, low, likely, high].map((bytes) => Math.round(bytes / largest.made).toLocaleString('en-US')),
      `${group.filter(isInside).length} of ${group.length}`,
      `${(100 * median(group.map(({ truth, bytes }) => Math.abs(bytes.likely / truth - 1)))).toFixed(1)} %`,
    ];
  });
  return markdownTable(['structure', 'n', 'truth', 'low', 'likely', 'high', 'in range', 'error'], rows);
}

function markdownTable(headings: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = headings.map((heading, i) => Math.max(heading.length, ...rows.map((row) => row[i]!.length)));
  const line = (cells: readonly string[]) => `| ${cells.map((cell, i) => cell.padEnd(widths[i]!)).join(' | ')} |`;
  return [line(headings), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n');
}
