/** Which logs are found where, under which names, and what is said of those that cannot be read. */

import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  mkdirSync,
  realpathSync,
  renameSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import { beforeEach, describe, expect, test } from 'vitest';
import { CONNECTIONS, NODE_RUNS, SAMPLES } from '../../src/format/log-kind.ts';
import { ExpectedError } from '../../src/model/errors/catalogue.ts';
import { discover } from '../../src/store/finding/discover.ts';
import { findUsualLogs } from '../../src/store/finding/usual-logs.ts';
import { LogStore } from '../../src/store/log-store.ts';
import { PROGRAM, run } from '../cli/run.ts';
import { cluster, json, temporaryFolder, tsv } from './logs.ts';

const parent = temporaryFolder();
let folder = '';
let number = 0;
beforeEach(() => {
  folder = join(parent, `case-${++number}`);
  mkdirSync(folder);
});

let start = 1_795_392_000;
/** Somebody with no rights of their own. */
const NOBODY = 65_534;
/** Another log each time: a copy of one that was found would be left out. */
function log(): string {
  start += 3600;
  return tsv(cluster({ nodes: ['worker-1'], variables: ['A::b'], runs: 2, start }));
}

function put(path: string, content: string | Uint8Array = log()): string {
  const file = join(folder, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, content);
  // As it was some time ago: what has just changed may still be being written.
  utimesSync(file, 1_795_400_000, 1_795_400_000);
  return file;
}

async function found(paths: readonly string[] = [folder], strict = false) {
  const { logs, notes } = await discover(paths, [SAMPLES], [NODE_RUNS], { strict });
  return { logs: (logs.get('my_stats') ?? []).map(({ path }) => path.replace(`${folder}/`, '')), notes };
}

async function refused(paths: readonly string[] = [folder], strict = false): Promise<string> {
  const error = await found(paths, strict).then(
    () => null,
    (reason) => reason,
  );
  expect(error).toBeInstanceOf(ExpectedError);
  return (error as ExpectedError).oneLine.replaceAll(`${folder}/`, '').replaceAll(folder, 'FOLDER');
}

describe('names', () => {
  test.each([
    'my_stats.log',
    'my_stats.03:44:04-03:56:54.log.gz',
    'my_stats.06:00:00-07:00:00-logger-1.log',
    'my_stats-logger-1.log',
    'my_stats-2026-11-24-06-00-00.log',
    'my_stats_2026-11-24_06-00-00.log',
    'my_stats__2026-11-24-06-00-00__2026-11-24-07-00-00__.log',
    'my_stats__2026-11-24-06-00-00__2026-11-24-07-00-00__log_suffix=logger-2__.log',
    'my_stats(office,dmz).log',
    'json_streaming_my_stats.log',
    'json_streaming_my_stats.1.log',
    'json_streaming_my_stats.2026-11-24-06-00-00.log.gz',
    'my_stats.log.1',
    'my_stats.log.2.gz',
    'my_stats.log.2026-11-24',
    'my_stats.log-20261124',
    'my_stats.json',
    'my_stats.csv',
    'MY_STATS.LOG',
  ])('%s', async (name) => {
    put(name);
    put('my_stats_node.log', '#path\tmy_stats_node\n#fields\tts\trun\tnode\n#types\ttime\tcount\tstring\n');
    put('my_stats_of_mine.txt', 'notes\n');
    expect(await found()).toEqual({ logs: [name], notes: [] });
  });

  test.each(['2026-11-24', '2026/11/24', '2026/11/24/06', '2026-11-24/06:00', 'year=2026/month=11/day=24', 'current'])(
    'in a folder %s',
    async (name) => {
      put(`${name}/my_stats.log`);
      put('elsewhere/my_stats.log');
      expect((await found()).logs).toEqual([`${name}/my_stats.log`]);
    },
  );

  test.each(['all.json', 'export.ndjson', 'everything.log'])('rows of ours under another name: %s', async (name) => {
    put(name);
    put('conn.log', '#path\tconn\n#fields\tts\tuid\n#types\ttime\tstring\n1.5\tC1\n');
    put('empty.log', '');
    expect(await found()).toEqual({ logs: [name], notes: [] });
  });

  test('a folder that leads back to the one above ends somewhere', async () => {
    put('my_stats.log');
    symlinkSync('.', join(folder, '2026'));
    expect((await found()).logs).toEqual(['my_stats.log']);
  });
});

describe('current leads to one logger of several', () => {
  beforeEach(() => {
    for (const node of ['logger-1', 'logger-2', 'manager', 'worker-1']) put(`spool/${node}/my_stats.log`);
    mkdirSync(join(folder, 'logs'));
    symlinkSync('../spool/logger-1', join(folder, 'logs/current'));
  });

  test.each(['logs/current', 'logs'])('what the other loggers write is read with it: %s', async (path) => {
    const { logs, notes } = await found([join(folder, path)]);
    expect(logs).toEqual(['logs/current/my_stats.log', 'spool/logger-2/my_stats.log']);
    expect(notes).toEqual([]);
  });

  test.each([
    ['logs/current', ''],
    ['logs/current', '.'],
    ['spool/logger-2', '.'],
  ])('also from within: cd %s && my-stats top %s', async (inside, given) => {
    const script = `cd ${join(folder, inside)} && "$NODE" ${PROGRAM} top --json ${given}`;
    const { code, stdout } = await run('bash', ['-c', script], { env: { NODE: process.execPath } });
    const files = JSON.parse(stdout).reading.files.map(({ path }: { path: string }) =>
      dirname(realpathSync(resolve(folder, inside, path))),
    );
    expect({ code, files: files.sort() }).toEqual({
      code: 0,
      files: ['logger-1', 'logger-2'].map((name) => realpathSync(join(folder, 'spool', name))),
    });
  });

  test('what is in the folders of the days is found from within', async () => {
    rmSync(join(folder, 'spool/logger-1/my_stats.log'));
    rmSync(join(folder, 'spool/logger-2/my_stats.log'));
    put('logs/2026-11-24/my_stats.06:00:00-07:00:00.log');
    const script = `cd ${join(folder, 'logs/current')} && "$NODE" ${PROGRAM} top .`;
    const { code, stderr } = await run('bash', ['-c', script], { env: { NODE: process.execPath } });
    expect(code).toBe(2);
    expect(stderr).toContain('no my_stats.log was written here since the last rotation');
    expect(stderr).toContain('/logs/2026-11-24.');
  });

  test.each([
    ['spool/logger-1/my_stats.log', 'spool/logger-2/my_stats.log'],
    ['logs/my_stats.06:00:00-07:00:00-logger-1.log', 'logs/my_stats.06:00:00-07:00:00-logger-2.log'],
  ])('the log of one alone is a part of the runs, and the rest is named: %s', async (one, other) => {
    put(one);
    put(other);
    const { logs, notes } = await found([join(folder, one)]);
    expect(logs).toEqual([one]);
    expect(notes).toEqual([
      `${join(folder, one)} is what one logger wrote, and the rows of a run are dealt out to all: give ${join(folder, other)} too.`,
    ]);
    expect((await found([join(folder, one), join(folder, other)])).notes).toEqual([]);
  });

  test('given besides, it is no copy', async () => {
    const { logs, notes } = await found([join(folder, 'logs'), join(folder, 'spool/logger-1')]);
    expect(logs).toHaveLength(2);
    expect(notes).toEqual([]);
  });
});

describe('just rotated', () => {
  beforeEach(() => {
    put('spool/logger-1/stats.log', '');
    mkdirSync(join(folder, 'logs'));
    symlinkSync('../spool/logger-1', join(folder, 'logs/current'));
  });

  test('is told from not loaded', async () => {
    put('logs/2026-11-23/my_stats.06:00:00-07:00:00.log.gz', gzipSync(log()));
    put('logs/2026-11-24/my_stats.06:00:00-07:00:00.log.gz', gzipSync(log()));
    expect(await refused([join(folder, 'logs/current')])).toBe(
      'logs/current: no my_stats.log was written here since the last rotation; those before are in logs/2026-11-24. Give logs to have all, or wait for the next measurement.',
    );
    expect((await found([join(folder, 'logs')])).logs).toHaveLength(2);
  });

  test('without logs before, nothing is loaded', async () => {
    expect(await refused([join(folder, 'logs/current')])).toMatch(
      /^logs\/current: no my_stats\.log found\. Check that/,
    );
  });

  test('a folder beside the one that has them is named', async () => {
    put('logs/2026-11-24/my_stats.06:00:00-07:00:00.log');
    put('logs/2026-11-25/conn.log', '');
    expect(await refused([join(folder, 'logs/2026-11-25')])).toContain('there is one in logs/2026-11-24');
    expect(await refused([folder])).toContain('there is one in logs');
  });

  test('folders below, one for each sensor, are named', async () => {
    put('office/current/my_stats.log');
    put('dmz/my_stats.log');
    put('notes.txt', 'none\n');
    expect(await refused([folder])).toBe(
      'FOLDER: no my_stats.log found; there is one in dmz and office. Give dmz and office instead.',
    );
  });

  test('nodes that have not written since are known from the last rotation', async () => {
    const now = Date.now() / 1000;
    const variables = ['A::b'];
    for (const [i, start] of [now - 7200, now - 3660].entries()) {
      const rotated = cluster({ nodes: ['worker-1', 'worker-2'], variables, runs: 60, start });
      const path = put(`logs/2026-11-24/my_stats.0${i}:00:00-0${i + 1}:00:00.log`, tsv(rotated));
      utimesSync(path, start + 3600, start + 3600);
    }
    const fresh = cluster({ nodes: ['worker-1'], variables, runs: 1, start: now - 5, firstRun: 61 });
    writeFileSync(join(folder, 'spool/logger-1/my_stats.log'), tsv(fresh));
    const store = await LogStore.open([join(folder, 'logs/current')]);
    const { snapshot, reading } = await store.snapshot(null);
    expect(snapshot.nodes.map(({ node, run }) => [node, run])).toEqual([
      ['worker-1', 61],
      ['worker-2', 60],
    ]);
    expect(reading.files.map(({ path }) => path).join()).not.toContain('00:00:00-01:00:00');
  });

  test('growth is told that what came before is elsewhere', async () => {
    put('logs/2026-11-24/my_stats.06:00:00-07:00:00.log.gz', gzipSync(log()));
    const live = join(folder, 'spool/logger-1/my_stats.log');
    const now = Date.now() / 1000;
    writeFileSync(live, tsv(cluster({ nodes: ['worker-1'], variables: ['A::b'], runs: 2, start: now - 60 })));
    for (const [needs, said] of [
      [
        'processes',
        [
          expect.stringMatching(
            /current begins at .*, with the last rotation\. .*logs\/2026-11-24: give .*logs to have both/,
          ),
        ],
      ],
      ['samples', []],
    ] as const) {
      const store = await LogStore.open([join(folder, 'logs/current')], needs);
      expect((await store.snapshot(null)).reading.notes).toEqual(said);
    }
  });
});

describe('one bad file is one warning', () => {
  const bad: Record<string, [make: () => void, said: RegExp]> = {
    'a link that leads nowhere': [
      () => symlinkSync('gone', join(folder, 'my_stats.1.log')),
      /^Left out: my_stats\.1\.log: cannot be read \(it is gone, or a link to nothing\)\./,
    ],
    'a link that leads back': [
      () => symlinkSync('my_stats.1.log', join(folder, 'my_stats.1.log')),
      /^Left out: my_stats\.1\.log: cannot be read \(its links lead in a circle\)\./,
    ],
    'one cut off within its header': [
      () => put('my_stats.1.log.gz', gzipSync(log()).subarray(0, 60)),
      /^Left out: my_stats\.1\.log\.gz: ends before its first row \(/,
    ],
    'one of which nothing was compressed': [
      () => put('my_stats.1.log.gz', ''),
      /^Left out: my_stats\.1\.log\.gz: ends before its first row \(/,
    ],
    'a header that was never finished': [
      () => put('my_stats.1.log', '#separator \\x09\n#set_separator'),
      /^Left out: my_stats\.1\.log: ends before its first row \(/,
    ],
    'a pipe that nobody writes to': [
      () => execFileSync('mkfifo', [join(folder, 'my_stats.1.log')]),
      /^Left out: my_stats\.1\.log: cannot be read \(it is a pipe, a socket or a device\)\./,
    ],
    'one that was compressed twice': [
      () => put('my_stats.1.log.gz', gzipSync(gzipSync(log()))),
      /^Left out: my_stats\.1\.log\.gz: is compressed twice\./,
    ],
    'one copied from a screen': [
      () => put('my_stats.1.log', log().replaceAll('\t', '    ')),
      /^Left out: my_stats\.1\.log: has spaces where Zeek writes tabs/,
    ],
    'an answer with no row in it': [
      () => put('my_stats.1.log', '{"data":{"result":[{"stream":{}}]}}'),
      /^Left out: my_stats\.1\.log: holds no rows of my_stats\.log\./,
    ],
    damaged: [
      () => put('my_stats.1.log.gz', Buffer.concat([gzipSync(log()).subarray(0, 12), Buffer.alloc(200, 7)])),
      /^Left out: my_stats\.1\.log\.gz: cannot be decompressed as gzip/,
    ],
    'a page': [() => put('my_stats.1.log', '<html>\n<p>404\n'), /^Left out: my_stats\.1\.log(:1)?: is /],
    'another log': [
      () => put('my_stats.1.log', '#path\tconn\n#fields\tts\tuid\n#types\ttime\tstring\n1.0\tC1\n'),
      /^Left out: my_stats\.1\.log: is a conn log, not my_stats\.log\./,
    ],
    'a column of another type': [
      () => put('my_stats.1.log', log().replace('string\tcount\tstring\tcount', 'string\tstring\tstring\tcount')),
      /^Left out: my_stats\.1\.log:8: column size is declared as string/,
    ],
  };

  test.each(Object.entries(bad))('%s', async (_, [make, said]) => {
    put('my_stats.log');
    make();
    const { logs, notes } = await found();
    expect(logs).toEqual(['my_stats.log']);
    expect(notes.map((note) => note.replaceAll(`${folder}/`, ''))).toEqual([expect.stringMatching(said)]);
    expect(`Left out: ${await refused([folder], true)}`).toMatch(said);
    // Alone, it is the reason that nothing is answered.
    rmSync(join(folder, 'my_stats.log'));
    expect(`Left out: ${await refused()}`).toMatch(said);
  });

  test('a folder that may not be entered', async () => {
    put('my_stats.log');
    put('2026-11-24/my_stats.log');
    chmodSync(parent, 0o755);
    chmodSync(join(folder, '2026-11-24'), 0);
    const isRoot = process.getuid!() === 0;
    // Root may enter all.
    if (isRoot) process.seteuid!(NOBODY);
    try {
      const { logs, notes } = await found();
      expect(logs).toEqual(['my_stats.log']);
      expect(notes).toEqual([expect.stringMatching(/\/2026-11-24: cannot be read \(EACCES\)\. Check its perm/)]);
      expect(await refused([folder], true)).toMatch(/^2026-11-24: cannot be read/);
    } finally {
      if (isRoot) process.seteuid!(0);
      chmodSync(join(folder, '2026-11-24'), 0o755);
    }
  });

  test('given by their names, the good ones answer as well', async () => {
    const good = put('my_stats.log');
    const { logs, notes } = await found([good, put('my_stats.2.log', 'page\n'), join(folder, 'nowhere')]);
    expect(logs).toEqual(['my_stats.log']);
    expect(notes).toHaveLength(2);
  });

  test('a log without a row yet, and one that another question needs, are none', async () => {
    put('my_stats.log');
    put('my_stats.1.log', tsv([]));
    const row = { ts: 1, run: 1, node: 'zeek', field: 'http', sampled: 1, live: 1, largest: 1, objects: 1, entries: 1 };
    const other = put('my_stats_connection.log', `${JSON.stringify({ ...row, _path: CONNECTIONS.name })}\n`);
    expect(await found([folder, other], true)).toEqual({ logs: ['my_stats.log'], notes: [] });
  });

  test('of very many the first are named and the others counted', async () => {
    put('my_stats.log');
    for (let i = 10; i < 40; i++) put(`my_stats.${i}.log`, 'page\n');
    const { notes } = await found();
    expect(notes).toHaveLength(6);
    expect(notes[5]).toBe('Left out for such reasons: 25 more');
  });
});

describe('logs that are rotated away while they are looked at', () => {
  const rows = cluster({ nodes: ['worker-1'], variables: ['A::b'], runs: 5 });

  test('are read to their end under any name, or none', async () => {
    const live = join(folder, 'my_stats.log');
    for (const goes of [() => renameSync(live, `${live}.1`), () => rmSync(live)]) {
      writeFileSync(live, tsv(rows));
      const store = await LogStore.open([live]);
      goes();
      const { snapshot, reading } = await store.snapshot(null);
      expect(snapshot.nodes.map(({ run }) => run)).toEqual([5]);
      expect(reading).toMatchObject({ skipped: 0, notes: [] });
    }
  });

  test('are named where they cannot be read any more, and the others answer', async () => {
    const gone = put('my_stats.1.log.gz', gzipSync(json(rows.map((row) => ({ ...row, ts: row.ts - 3600 })))));
    put('my_stats.log', tsv(rows));
    const store = await LogStore.open([folder], 'processes');
    rmSync(gone);
    const query = { filters: { module: [], variable: [], node: [] }, since: null, until: null };
    const { reading } = await store.series(query);
    expect(reading).toMatchObject({ rows: 5, skipped: 1 });
    expect(reading.examples).toEqual([{ file: gone, line: 1, reason: expect.stringContaining('it is gone') }]);
  });
});

describe('without a path', () => {
  const configuration = (text: string) => {
    mkdirSync(join(folder, 'opt/zeek/etc'), { recursive: true });
    writeFileSync(join(folder, 'opt/zeek/etc/zeekctl.cfg'), text);
  };

  test('zeekctl says where they are', () => {
    configuration(
      '# LogDir = /elsewhere\nLogExpireInterval = 0\nlogdir = $\x7bZeekBase}/archive\nSpoolDir = /var/zeek\n',
    );
    put('opt/zeek/logs/current/my_stats.log');
    put('opt/zeek/archive/2026-11-24/my_stats.06:00:00-07:00:00.log.gz');
    const { paths, note } = findUsualLogs({}, folder);
    expect(paths).toEqual([join(folder, 'opt/zeek/archive')]);
    expect(note).toBe(
      `No logs were given: those in ${folder}/opt/zeek/archive were taken (LogDir of ${folder}/opt/zeek/etc/zeekctl.cfg)`,
    );
  });

  test('before anything was rotated, what nodes write to', () => {
    configuration('LogDir = /opt/zeek/logs\nSpoolDir = /opt/zeek/spool\n');
    put('opt/zeek/spool/zeek/my_stats.log');
    expect(findUsualLogs({}, folder).paths).toEqual([join(folder, 'opt/zeek/spool/zeek')]);
  });

  test.each([
    'nsm/zeek/logs/current',
    'zeek/live/logs/current',
    'var/log/zeek/current',
    'var/log/bro',
    'usr/local/zeek/logs/2026-11-24',
  ])('others put them in %s', (place) => {
    put(`${place}/my_stats.log`);
    expect(findUsualLogs({}, folder).paths).toEqual([join(folder, place.replace(/\/(current|2026.*)$/, ''))]);
  });

  test('MY_STATS_LOGS comes first, whatever is there', () => {
    put('opt/zeek/logs/my_stats.log');
    expect(findUsualLogs({ MY_STATS_LOGS: '/some/where' }, folder)).toMatchObject({ paths: ['/some/where'] });
  });

  test('nowhere', () => {
    put('opt/zeek/logs/conn.log');
    expect(() => findUsualLogs({}, folder)).toThrow('no logs given, and none found in this folder');
  });
});
