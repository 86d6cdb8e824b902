/** `my-stats ask` of a real Zeek, where there is one. */

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { cleanEnv, myStats, ROOT } from '../cli/run.ts';
import { temporaryFolder } from '../store/logs.ts';
import { needs } from '../support/needs.ts';

/** Zeek's own server from 7.2 on, Broker's from 5.0 on, before that none. */
const LISTENS = `
@load base/frameworks/cluster
global held: table[string] of set[addr];
@ifdef ( Cluster::listen_websocket )
@if ( Version::at_least("8.1.0") )
@load policy/frameworks/cluster/websocket/server
@endif
event zeek_init()
	{
	Cluster::listen_websocket([$listen_addr=127.0.0.1, $listen_port=to_port(getenv("ASK_PORT"))]);
	}
@else
redef Broker::disable_ssl = T;
event zeek_init()
	{
	Broker::listen_websocket("127.0.0.1", to_port(getenv("ASK_PORT")));
	}
@endif
event zeek_init()
	{
	for ( i in vector(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20) )
		held[fmt("host-%d.example.net", i)] = set(1.1.1.1, 2.2.2.2);
	}
`;

/** The first number of its version; 0 where there is no Zeek. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  return port;
}

describe('ask', { timeout: 60_000, ...needs('zeek from 5.0 on') }, () => {
  const folder = temporaryFolder();
  let url = '';
  let zeek: ReturnType<typeof spawn> | null = null;

  beforeAll(async () => {
    const port = await freePort();
    url = `127.0.0.1:${port}`;
    writeFileSync(join(folder, 'listens.zeek'), LISTENS);
    const options = ['my_stats::min_var_size_to_log=50', 'my_stats::run_interval=1hr', 'exit_only_after_terminate=T'];
    zeek = spawn('zeek', ['-C', join(ROOT, 'scripts'), 'listens.zeek', ...options], {
      cwd: folder,
      env: cleanEnv({ ASK_PORT: `${port}/tcp` }),
      stdio: 'ignore',
    });
  });

  afterAll(async () => {
    if (zeek === null || zeek.exitCode !== null) return;
    zeek.kill('SIGTERM');
    await once(zeek, 'exit');
  });

  test('it measures when it is asked, and what it answers is what it logs', async () => {
    let answer = await myStats(['ask', '--url', url, '--json', '--by', 'variable']);
    for (let i = 0; i < 40 && answer.code !== 0; i++) {
      await wait(500);
      answer = await myStats(['ask', '--url', url, '--json', '--by', 'variable']);
    }
    expect(answer).toMatchObject({ code: 0, stderr: '' });
    const { answered, top } = JSON.parse(answer.stdout);
    expect(answered).toMatchObject([{ node: 'zeek', run: 1 }]);
    const held = (list: { sections: { rows: { group: string }[] }[] }) =>
      list.sections.flatMap(({ rows }) => rows).find(({ group }) => group === 'held');
    expect(held(top)).toMatchObject({ entries: 20 });

    // Zeek writes its logs a little later.
    const logs = join(folder, 'my_stats.log');
    let logged = await myStats(['top', '--by', 'variable', '--json', '--unit', 'objects', logs]);
    for (let i = 0; i < 20 && logged.code !== 0; i++) {
      await wait(500);
      logged = await myStats(['top', '--by', 'variable', '--json', '--unit', 'objects', logs]);
    }
    const { sections } = JSON.parse(logged.stdout);
    expect(top.sections).toEqual(sections);
  });

  test('in bytes with its logs, and not twice at once', async () => {
    const refused = await myStats(['ask', '--url', url]);
    if (refused.code !== 0) expect(refused.stderr).toContain('zeek: refused to measure now: asked again within');
    await wait(5500);
    const { stdout } = await myStats(['ask', '--url', url, '--by', 'variable', '--variable', 'held', folder]);
    expect(stdout).toMatch(/^held +≈ [\d.]+ kB .* 20$/m);
  });
});
