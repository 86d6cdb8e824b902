/** What a database keeps answers as the logs do, whatever the question and however it was imported. */

import { appendFileSync, cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { connections } from '../../src/app/connections.ts';
import { diff } from '../../src/app/diff.ts';
import { doctor } from '../../src/app/doctor.ts';
import { growth } from '../../src/app/growth.ts';
import { runs } from '../../src/app/runs.ts';
import { NO_FILTERS, parseNameFilter } from '../../src/model/name-filter.ts';
import { DatabaseStore } from '../../src/store/database-store.ts';
import { LogStore } from '../../src/store/log-store.ts';
import { cluster, temporaryFolder, tsv, write } from './logs.ts';

const folder = temporaryFolder();
const NAMES = readdirSync('fixtures/incidents', { withFileTypes: true }).flatMap((entry) =>
  entry.isDirectory() ? [entry.name] : [],
);
let files = 0;

type Source = { readonly paths: readonly string[]; readonly database: string | null; readonly strict: boolean };

/** What was asked, without what was read for it. */
async function without<T extends { readonly reading: unknown }>(answer: Promise<T>): Promise<Omit<T, 'reading'>> {
  const { reading: _, ...rest } = await answer;
  return rest;
}

/** The answers to everything that is asked of nodes, connections and series. */
async function answers(source: Source) {
  const span = { since: null, until: null };
  const growing = { ...source, ...span, by: 'variable', filters: NO_FILTERS, limit: 8e9, rows: null } as const;
  const some = { module: [parseNameFilter('K*')], variable: [parseNameFilter('/hosts|table/')], node: [] };
  return {
    doctor: await without(doctor({ ...source, ...span, nodes: [], scripts: [] })),
    growth: await without(growth(growing)),
    filtered: await without(growth({ ...growing, filters: some })).catch((error: Error) => error.message),
    runs: await without(runs({ ...source, nodes: [] })),
    connections: await without(connections({ ...source, nodes: [], fields: [], limit: null })),
  };
}

describe('a database of recorded logs', () => {
  test.each(NAMES)('%s: answers as the logs do, with them and without', async (name) => {
    const paths = [`fixtures/incidents/${name}`];
    const database = join(folder, `${name}.duckdb`);
    const expected = await answers({ paths, database: null, strict: true });
    expect(await answers({ paths, database, strict: true })).toEqual(expected);
    expect(await answers({ paths: [], database, strict: true })).toEqual(expected);
  });

  test('diff in relation to live connections needs no logs', async () => {
    const database = join(folder, 'diff.duckdb');
    const common = { by: 'variable', unit: 'objects', per: 'connections', filters: NO_FILTERS, packages: [] } as const;
    const sides = { kind: 'times', before: '2026-11-20T00:02', after: '2026-11-20T00:08' } as const;
    const ask = (paths: readonly string[], from: string | null) =>
      without(diff({ ...common, sides, paths, database: from, strict: true, limit: null }));
    const expected = await ask(['fixtures/incidents/dce-rpc'], null);
    await ask(['fixtures/incidents/dce-rpc'], database);
    expect(await ask([], database)).toEqual(expected);
  });
});

test('logs that grow, rotate and are given one after another come to what they are at the end', async () => {
  const at = join(folder, 'growing');
  const database = join(folder, 'growing.duckdb');
  mkdirSync(at);
  const start = 1_795_392_000;
  const boots = [
    cluster({ nodes: ['a', 'b'], variables: ['M::x', 'M::y'], runs: 40, start }),
    cluster({ nodes: ['a', 'b'], variables: ['M::x', 'M::y', 'N::z'], runs: 300, start: start + 4000 }),
  ];
  const live = join(at, 'my_stats.log');
  const text = tsv(boots.flat());
  const ask = async (source: Pick<Source, 'paths' | 'database'>) => {
    const query = { filters: NO_FILTERS, since: null, until: null };
    const store =
      source.database === null
        ? await LogStore.open(source.paths)
        : await DatabaseStore.open(source.database, source.paths, true);
    const { series } = await store.series(query);
    await store.close();
    return series;
  };
  writeFileSync(live, text.slice(0, 3000));
  let to = 3000;
  for (const more of [1, 997, 5000, 20_000, 40_001]) {
    await ask({ paths: [at], database });
    appendFileSync(live, text.slice(to, to + more));
    to += more;
    expect(await ask({ paths: [at], database })).toEqual(await ask({ paths: [at], database: null }));
  }
  appendFileSync(live, text.slice(to));
  cpSync(live, join(at, 'my_stats.00-00-00_01-00-00.log'));
  writeFileSync(live, tsv(cluster({ nodes: ['a', 'b'], variables: ['M::x'], runs: 5, start: start + 40_000 })));
  expect(await ask({ paths: [at], database })).toEqual(await ask({ paths: [at], database: null }));
});

test('many boots, imported log by log, keep every one of them', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 70, maxLength: 90 }), async (lengths) => {
      const database = join(folder, `boots.${files++}.duckdb`);
      const boots = lengths.map((runs, i) =>
        cluster({ nodes: ['a', 'b'], variables: ['M::x'], runs, start: 1_795_392_000 + i * 1000 }),
      );
      const first = write(join(folder, `my_stats.${files}.first.log`), tsv(boots.slice(0, 75).flat()));
      const second = write(join(folder, `my_stats.${files}.second.log`), tsv(boots.slice(75).flat()));
      const paths = boots.length > 75 ? [first, second] : [first];
      const query = { filters: NO_FILTERS, since: null, until: null };
      const { series: expected } = await (await LogStore.open(paths)).series(query);
      for (const path of paths) await (await DatabaseStore.open(database, [path], true)).close();
      const store = await DatabaseStore.open(database, [], true);
      expect((await store.series(query)).series).toEqual(expected);
      await store.close();
    }),
    { numRuns: 3 },
  );
});

test('runs are told from cluster.log where the collector writes nothing else', async () => {
  const database = join(folder, 'origin.duckdb');
  const paths = ['fixtures/standalone-4.0.9-origin'];
  const ask = (source: Source) => without(runs({ ...source, nodes: [] })).catch((error: Error) => error.message);
  const expected = await ask({ paths, database: null, strict: true });
  expect(await ask({ paths, database, strict: true })).toEqual(expected);
  expect(await ask({ paths: [], database, strict: true })).toEqual(expected);
  expect(readFileSync(database).length).toBeGreaterThan(0);
});
