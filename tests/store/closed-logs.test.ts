import { appendFileSync, mkdirSync, readdirSync, renameSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { EMPTY_READING } from '../../src/model/reading.ts';
import { CacheFolder } from '../../src/store/cache/cache-folder.ts';
import { ClosedLogs } from '../../src/store/cache/closed-logs.ts';
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
