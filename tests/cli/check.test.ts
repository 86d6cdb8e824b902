/** `check` from end to end: budgets, baselines, and what is wrong with them. */

import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { describe, expect, test } from 'vitest';
import { readBudgets } from '../../src/analysis/budget/budget-file.ts';
import { temporaryFolder } from '../store/logs.ts';
import { BOOT, type MadeNode, madeLogs } from '../support/made-logs.ts';
import { myStats, ROOT } from './run.ts';

const folder = temporaryFolder();
const schema = JSON.parse(readFileSync(join(ROOT, 'schema/my-stats.schema.json'), 'utf8'));
const matchesSchema = new Ajv({ strict: true, strictRequired: false, allowUnionTypes: true }).compile(schema);

function node(name: string, entries: Record<string, number>): MadeNode {
  const variables = Object.entries(entries).map(([variable, count]) => ({
    name: variable,
    type: 'table[addr] of count',
    script: `site/packages/${variable.split('::')[0]!.toLowerCase()}/main.zeek`,
    at: () => (count < 256 ? null : { size: 4 * count, entries: count }),
  }));
  return { node: name, runs: 10, gauges: () => ({}), variables };
}

/** A folder with logs in `logs/`, and files of texts or objects. */
function project(nodes: readonly MadeNode[], files: Record<string, unknown>): string {
  const at = mkdtempSync(join(folder, 'project-'));
  madeLogs(join(at, 'logs'), nodes);
  for (const [name, content] of Object.entries(files))
    writeFileSync(join(at, name), typeof content === 'string' ? content : JSON.stringify(content, null, 2));
  return at;
}

const check = (cwd: string, ...args: string[]) => myStats(['check', ...args, 'logs'], { cwd });
const PLAIN = node('zeek', { 'Foo::seen': 50_000, 'Foo::names': 4000, 'Bar::state': 20_000, 'Bar::small': 10 });

async function rows(cwd: string, ...args: string[]) {
  const { stdout } = await check(cwd, '--json', ...args);
  const document = JSON.parse(stdout) as {
    passed: boolean;
    rows: {
      state: string;
      kind: string;
      name: string;
      limit: string;
      size: number;
      node: string;
      because: { variable: string };
      place: { file: string; line: number };
    }[];
    stale: string[];
  };
  return document;
}

describe('limits of size', () => {
  test('a budget that is kept takes one line, and exit code 0', async () => {
    const { code, stdout } = await check(project([PLAIN], { 'my-stats.json': { modules: { '*': '100 MB' } } }));
    expect({ code, stdout }).toEqual({ code: 0, stdout: '2 limits kept (my-stats.json).\n' });
  });

  test('one that is passed says by how much, by which variable, and where to change it', async () => {
    const file = '{\n  "modules": {\n    "*": "100 MB",\n    "Foo": { "max": "1 MB" }\n  }\n}\n';
    const at = project([PLAIN], { 'my-stats.json': file });
    const { code, stdout } = await check(at);
    expect(code).toBe(1);
    expect(stdout).toMatch(/^failed +module +Foo +≈ [\d.]+ MB +max 1 MB +my-stats\.json:4$/m);
    expect(stdout).toMatch(/^Foo: [\d.]+ MB too much: Foo::seen holds [\d.]+ MB\.$/m);
    expect((await rows(at)).rows[0]).toMatchObject({
      state: 'failed',
      because: { variable: 'Foo::seen' },
      node: 'zeek',
    });
  });

  test('entries are exact, a warning fails nothing, the most exact pattern counts and null lifts a limit', async () => {
    const budgets = {
      variables: {
        '*': { max: '30000 entries', warn: '10000 entries' },
        'Foo::*': { max: '60000 entries' },
        'Bar::state': { warn: null },
      },
    };
    const { passed, rows: list } = await rows(project([PLAIN], { 'my-stats.json': budgets }));
    const states = Object.fromEntries(list.map(({ name, limit, state }) => [`${name} ${limit}`, state]));
    expect({ passed, states }).toEqual({
      passed: true,
      states: {
        'Foo::seen max': 'kept',
        'Foo::seen warn': 'warned',
        'Foo::names max': 'kept',
        'Foo::names warn': 'kept',
        'Bar::state max': 'kept',
      },
    });
  });

  test('the node on which it is largest counts, of those that are wanted', async () => {
    const nodes = [node('worker-1', { 'Foo::seen': 1000 }), node('worker-2', { 'Foo::seen': 9000 })];
    const of = async (only: string[]) => {
      const at = project(nodes, { 'my-stats.json': { nodes: only, variables: { 'Foo::seen': '5000 entries' } } });
      const [row] = (await rows(at)).rows;
      return [row!.state, row!.node, row!.size];
    };
    expect(await of(['*'])).toEqual(['failed', 'worker-2', 9000]);
    expect(await of(['worker-1'])).toEqual(['kept', 'worker-1', 1000]);
  });

  test('of one sensor only, where that is asked', async () => {
    const at = project([], { 'my-stats.json': { variables: { 'Foo::seen': '10000 entries' } } });
    for (const [sensor, entries, boot] of [
      ['east', 9000, BOOT],
      ['west', 50_000, BOOT + 7],
    ] as const)
      madeLogs(join(at, 'logs', sensor), [{ ...node('zeek', { 'Foo::seen': entries }), boot }]);
    const [all, east, north] = await Promise.all([
      myStats(['check', 'logs/east', 'logs/west'], { cwd: at }),
      myStats(['check', '--sensor', 'east', 'logs/east', 'logs/west'], { cwd: at }),
      myStats(['check', '--sensor', 'north', 'logs/east', 'logs/west'], { cwd: at }),
    ]);
    expect([all.code, east.code, north.code]).toEqual([1, 0, 2]);
    expect(north.stderr).toContain('nothing matches node *@north');
  });

  test('a name that does not exist fails; a variable too small to be logged does not', async () => {
    const at = project([PLAIN], { 'my-stats.json': { variables: { 'Foo::sen': '1 MB', 'Bar::small': '1 MB' } } });
    const { code, stdout } = await check(at, '--all');
    expect(code).toBe(1);
    expect(stdout).toContain('Foo::sen: no variable that was measured matches');
    expect(stdout).toMatch(/^kept +variable +Bar::small +0 B/m);
  });

  test('bytes that nobody knows are missing', async () => {
    const at = project([], { 'my-stats.json': { variables: { 'Foo::seen': '1 MB' } } });
    madeLogs(join(at, 'logs'), [PLAIN], { without: ['my_stats_variable'] });
    const { code, stdout } = await check(at);
    expect({ code, said: stdout.includes('its bytes are not known') }).toEqual({ code: 1, said: true });
  });
});

describe('limits of growth', () => {
  const budgets = { baseline: 'memory.json', modules: { '*': { growth: '25 %' } } };

  test('without a baseline it cannot be told; --update writes one that the same logs keep', async () => {
    const at = project([PLAIN], { 'my-stats.json': budgets });
    const before = await check(at);
    expect(before.code).toBe(1);
    expect(before.stdout).toContain('there is no memory.json to compare with: write it with --update');
    const update = await check(at, '--update');
    expect(update.code).toBe(0);
    expect(update.stdout).toMatch(/^2 limits kept \(my-stats\.json\)\. memory\.json has \d sizes now\.\n$/);
    expect(await check(at)).toMatchObject({ code: 0, stdout: '2 limits kept (my-stats.json).\n' });
    const first = readFileSync(join(at, 'memory.json'), 'utf8');
    await check(at, '--update');
    expect(readFileSync(join(at, 'memory.json'), 'utf8')).toBe(first);
  });

  test('more than allowed fails and names the variable that grew', async () => {
    const at = project([PLAIN], { 'my-stats.json': budgets });
    await check(at, '--update');
    madeLogs(join(at, 'logs'), [node('zeek', { 'Foo::seen': 50_000, 'Foo::names': 60_000, 'Bar::state': 21_000 })]);
    const { code, stdout } = await check(at);
    expect(code).toBe(1);
    expect(stdout).toMatch(
      /Foo: grew from [\d.]+ MB, allowed is 25 %, [\d.]+ MB too much: Foo::names grew by [\d.]+ MB\./,
    );
    expect(stdout).not.toMatch(/^failed +module +Bar/m);
  });

  test('a baseline that is out of date is pointed out', async () => {
    const at = project([PLAIN], { 'my-stats.json': budgets });
    await check(at, '--update');
    const baseline = readFileSync(join(at, 'memory.json'), 'utf8');
    writeFileSync(
      join(at, 'memory.json'),
      baseline.replace('8.0.10', '7.0.1').replace('"modules": {', '"modules": {\n    "Gone": { "bytes": 5 },'),
    );
    const { code, stdout } = await check(at);
    expect(code).toBe(0);
    expect(stdout).toContain('memory.json is of Zeek 7.0.1, and what was measured now is of 8.0.10: --update');
    expect(stdout).toContain('memory.json names modules that are not there now: Gone: --update');
  });
});

describe('for CI', () => {
  const at = () =>
    project([PLAIN], { 'package.json': { name: 'x', 'my-stats': { modules: { Foo: '1 MB', Bar: '90 MB' } } } });

  test('JUnit XML has a test case per limit', async () => {
    const { code, stdout } = await check(at(), '--junit');
    expect(code).toBe(1);
    expect(stdout).toContain('<testsuites name="my-stats" tests="2" failures="1" errors="0">');
    expect(stdout).toMatch(/name="module Foo: max 1 MB" file="package\.json" line="\d">\n {6}<failure message="Foo: /);
    expect(stdout).toMatch(/name="module Bar: max 90 MB" file="package\.json" line="\d"\/>/);
  });

  test('Markdown has a table of what is not kept', async () => {
    const { code, stdout } = await check(at(), '--markdown');
    expect(code).toBe(1);
    expect(stdout).toMatch(/\| ❌ failed \| module Foo \| ≈ [\d.]+ MB \| max 1 MB \|/);
  });
});

describe('files that cannot be used are errors with their line', () => {
  test.each([
    ['not JSON', '{\n "modules": {', 'my-stats.json:2: it is not JSON'],
    ['no budgets', '{}', 'my-stats.json:1: it holds no budgets'],
    ['an unknown key', '{\n\n "modul": {} }', 'my-stats.json:3: "modul" is none of packages'],
    ['an unknown limit', '{ "modules": {\n "Foo": { "most": "1 MB" } } }', 'my-stats.json:2: "most" is none of max'],
    ['no size', '{ "modules": { "Foo":\n "5 apples" } }', 'my-stats.json:2: "Foo" is "5 apples", which is no size'],
    ['a number', '{ "modules": { "Foo": { "max": 5 } } }', 'my-stats.json:1: max, such as "10 MB"'],
    ['no limit', '{ "modules": { "Foo": {} } }', 'my-stats.json:1: the budget of "Foo" has no limit'],
    ['a name twice', '{ "modules": { "Foo": "1 MB",\n "Foo": "2 MB" } }', 'my-stats.json:2: "Foo" is there twice'],
    ['a bad expression', '{ "modules": { "/(/": "1 MB" } }', 'my-stats.json:1: /(/ is not a regular expression'],
    ['nested too deeply', `{ "modules": ${'['.repeat(200_000)}`, 'my-stats.json:1: it is n'],
  ])('%s', async (_, text, said) => {
    const { code, stdout, stderr } = await check(project([PLAIN], { 'my-stats.json': text }));
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(said);
    expect(stderr).toMatch(/^my-stats: [^\n]*\n$/);
  });

  test.each([
    ['not JSON', '{', 'my-stats-baseline.json:1: it is not JSON'],
    ['something else', '{}', 'my-stats-baseline.json:1: it is no baseline of this program'],
    [
      'a text for a size',
      '{ "format": "my-stats.baseline", "version": 1,\n "modules": { "Foo": { "bytes": "5" } } }',
      'my-stats-baseline.json:2: bytes of "Foo" must be a number',
    ],
  ])('a baseline that is %s; --update replaces it', async (_, text, said) => {
    const budgets = { modules: { '*': { growth: '10 %' } } };
    const at = project([PLAIN], { 'my-stats.json': budgets, 'my-stats-baseline.json': text });
    const { code, stderr } = await check(at);
    expect({ code, said: stderr.includes(said) }).toEqual({ code: 2, said: true });
    expect((await check(at, '--update')).code).toBe(0);
  });

  test('no file at all, and one that is not there', async () => {
    expect((await check(project([PLAIN], {}))).stderr).toContain('no budgets found in my-stats.json or package.json');
    expect((await check(project([PLAIN], {}), '--budget', 'x.json')).stderr).toContain('x.json: no such file');
  });
});

describe('the schema agrees with the program', () => {
  test.each([
    [true, { packages: { '*': { growth: '25 %', max: '1.5GiB' }, mine: '10 MB' } }],
    [
      true,
      {
        $schema: 'x',
        baseline: 'b.json',
        ignore: '5 kB',
        nodes: ['worker-*'],
        modules: { A: { warn: null, max: '5 entries' } },
      },
    ],
    [true, { variables: { 'A::b': { warnGrowth: '2 MB' } }, nodes: 'zeek' }],
    [false, {}],
    [false, { modules: { A: {} } }],
    [false, { modules: { A: '5 apples' } }],
    [false, { modules: { A: { growth: '5', most: '1 MB' } } }],
    [false, { modules: { A: { max: '10 %' } } }],
    [false, { modules: { '': '1 MB' } }],
    [false, { modules: { A: '1 MB' }, ignore: '5 entries' }],
  ])('%s: %j', (valid, budgets) => {
    const text = JSON.stringify(budgets);
    const read = () => readBudgets('my-stats.json', text);
    expect(matchesSchema(budgets)).toBe(valid);
    if (valid) expect(read()).not.toBeNull();
    else expect(read).toThrow();
  });
});
