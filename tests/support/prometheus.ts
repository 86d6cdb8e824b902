/** A real Prometheus on a port that is free, with what a test gives it. */

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect } from 'vitest';
import { run } from '../cli/run.ts';
import { temporaryFolder } from '../store/logs.ts';

export interface Prometheus {
  readonly url: string;
  /** Asks its HTTP API; fails a test where it refuses. */
  readonly ask: (path: string, parameters: Record<string, string>) => Promise<unknown>;
}

const started: ChildProcess[] = [];
afterAll(async () => {
  for (const child of started.splice(0)) {
    child.kill('SIGKILL');
    await once(child, 'close');
  }
});

/** @param text samples with times, as OpenMetrics */
export async function prometheusWith(text: string): Promise<Prometheus> {
  const folder = temporaryFolder();
  const file = join(folder, 'metrics.txt');
  writeFileSync(file, text);
  writeFileSync(join(folder, 'prometheus.yml'), 'global: {}\n');
  const data = join(folder, 'data');
  const imported = await run('promtool', ['tsdb', 'create-blocks-from', '--quiet', 'openmetrics', file, data]);
  expect(imported).toMatchObject({ code: 0 });
  const child = spawn(
    'prometheus',
    [
      `--config.file=${join(folder, 'prometheus.yml')}`,
      `--storage.tsdb.path=${data}`,
      '--storage.tsdb.retention.time=100y',
      '--web.listen-address=127.0.0.1:0',
    ],
    { stdio: ['ignore', 'ignore', 'pipe'] },
  );
  started.push(child);
  const url = await listening(child);
  while (!(await fetch(`${url}-/ready`)).ok);
  return {
    url,
    ask: async (path, parameters) => {
      const response = await fetch(`${url}api/v1/${path}?${new URLSearchParams(parameters)}`);
      const { status, data, error } = (await response.json()) as { status: string; data: unknown; error?: string };
      expect({ status, error }).toEqual({ status: 'success', error: undefined });
      return data;
    },
  };
}

async function listening(child: ChildProcess): Promise<string> {
  let said = '';
  return new Promise((resolve, reject) => {
    child.stderr!.on('data', (chunk) => {
      said += chunk;
      const found = /Listening on" address=(\S+)/.exec(said);
      if (found !== null) resolve(`http://${found[1]}/`);
    });
    child.on('error', reject).on('close', () => reject(new Error(`it ended: ${said}`)));
  });
}
