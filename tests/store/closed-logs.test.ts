import {
  appendFileSync,
  closeSync,
  mkdirSync,
  openSync,
  readdirSync,
  renameSync,
  statSync,
  utimesSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { SAMPLES } from '../../src/format/log-kind.ts';
import { EMPTY_READING } from '../../src/model/logged/reading.ts';
import { CacheFolder } from '../../src/store/cache/cache-folder.ts';
import { ClosedLogs } from '../../src/store/cache/closed-logs.ts';
import { discover } from '../../src/store/finding/discover.ts';
import { type LogFile, openLog } from '../../src/store/reading/log-file.ts';
import { cluster, temporaryFolder, tsv, write } from './logs.ts';

const VARIABLES = Array.from({ length: 100 }, (_, i) => `Module::variable_${i}`);
const CLOSED = tsv(cluster({ nodes: ['worker-1', 'worker-2', 'manager'], variables: VARIABLES, runs: 60 }));
const OPEN = CLOSED.replace(/#close.*\n$/, '');

async function opened(path: string): Promise<LogFile> {
  const found = await openLog(path);
  if (found.state !== 'log') throw new Error(found.state);
  return found.logs[0]!;
}

/** Asks twice what a log holds, and says how often that had to be found out. */
async function timesAnswered(path: string, between: () => string = () => path) {
  const closed = new ClosedLogs(new CacheFolder(join(temporaryFolder(), 'cache')));
  let times = 0;
  const ask = async (at: string) => {
    const log = await opened(at);
    return closed.remember([log], 'question', async () => {
      times++;
      return { size: log.size, reading: { ...EMPTY_READING, files: [{ path: at, rows: 7 }] } };
    });
  };
  await ask(path);
  const second = await ask(between());
  return { times, second };
}

describe('a question about a log is answered from before', () => {
  test('where Zeek has closed it', async () => {
    expect(await timesAnswered(write(join(temporaryFolder(), 'my_stats.log'), CLOSED))).toMatchObject({ times: 1 });
  });

  test('where nothing was written to it for a while', async () => {
    const path = write(join(temporaryFolder(), 'my_stats.log'), OPEN);
    utimesSync(path, 1000, 1000);
    expect(await timesAnswered(path)).toMatchObject({ times: 1 });
  });

  test('where it has another name now, which the answer then says', async () => {
    const path = write(join(temporaryFolder(), 'my_stats.log'), CLOSED);
    const renamed = join(temporaryFolder(), 'my_stats.00-00-00_01-00-00.log');
    const { times, second } = await timesAnswered(path, () => {
      renameSync(path, renamed);
      return renamed;
    });
    expect(times).toBe(1);
    expect(second.reading.files).toEqual([{ path: renamed, rows: 7 }]);
  });
});

describe('a question about a log is answered anew', () => {
  test('where it may still be written to', async () => {
    expect(await timesAnswered(write(join(temporaryFolder(), 'my_stats.log'), OPEN))).toMatchObject({ times: 2 });
  });

  test('where it has changed', async () => {
    const path = write(join(temporaryFolder(), 'my_stats.log'), CLOSED);
    const { times, second } = await timesAnswered(path, () => {
      appendFileSync(path, CLOSED);
      return path;
    });
    expect({ times, size: second.size }).toEqual({ times: 2, size: 2 * CLOSED.length });
  });

  test('where another log has taken its name', async () => {
    const place = temporaryFolder();
    const path = write(join(place, 'my_stats.log'), CLOSED);
    const { times } = await timesAnswered(path, () => {
      renameSync(path, join(place, 'before.log'));
      return write(path, CLOSED.replace('worker-1', 'worker-9'));
    });
    expect(times).toBe(2);
  });
});

test('what changed while it was read is not kept', async () => {
  const path = write(join(temporaryFolder(), 'my_stats.log'), CLOSED);
  const cache = join(temporaryFolder(), 'cache');
  mkdirSync(cache);
  await new ClosedLogs(new CacheFolder(cache)).remember([await opened(path)], 'question', async () => {
    appendFileSync(path, CLOSED);
    return { reading: EMPTY_READING };
  });
  expect(readdirSync(cache)).toEqual([]);
});

describe('what a compressed log begins with', () => {
  const compressed = () => {
    const path = join(temporaryFolder(), 'my_stats.00-00-00_01-00-00.log.gz');
    writeFileSync(path, gzipSync(CLOSED, { level: 0 }));
    utimesSync(path, 1000, 1000);
    return path;
  };

  test('is known the next time, also under another name', async () => {
    const cache = join(temporaryFolder(), 'cache');
    const path = compressed();
    const first = await discover([path], [SAMPLES]);
    const opened = new ClosedLogs(new CacheFolder(cache));
    const logs = (await discover([path], [SAMPLES], [], {}, opened.open)).logs.get(SAMPLES.name)!;
    await opened.keepOpened(logs);
    const renamed = join(temporaryFolder(), 'my_stats.log.gz');
    renameSync(path, renamed);
    // What does not read the log again does not see that it cannot.
    const { ino, size } = statSync(renamed);
    const descriptor = openSync(renamed, 'r+');
    writeSync(descriptor, Buffer.alloc(100), 0, 100, 0);
    closeSync(descriptor);
    utimesSync(renamed, 1000, 1000);
    expect(statSync(renamed)).toMatchObject({ ino, size });
    const again = await discover([renamed], [SAMPLES], [], {}, new ClosedLogs(new CacheFolder(cache)).open);
    const [before] = first.logs.get(SAMPLES.name)!;
    expect(again.logs.get(SAMPLES.name)).toEqual([{ ...before, path: renamed, source: renamed, given: renamed }]);
    expect(again.logs.get(SAMPLES.name)![0]!.inspected.kind).toBe(SAMPLES);
  });

  test('is looked at again where it has changed', async () => {
    const cache = join(temporaryFolder(), 'cache');
    const path = compressed();
    const opened = new ClosedLogs(new CacheFolder(cache));
    await opened.keepOpened((await discover([path], [SAMPLES], [], {}, opened.open)).logs.get(SAMPLES.name)!);
    writeFileSync(path, gzipSync(CLOSED.replaceAll('17955', '17956'), { level: 0 }));
    const found = await new ClosedLogs(new CacheFolder(cache)).open(path);
    expect(found).toEqual(await openLog(path));
  });
});
