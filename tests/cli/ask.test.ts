/** `my-stats ask` in a process of its own, against a server that says what a cluster with Zeek 8.0.10 said. */

import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { type WebSocket, WebSocketServer } from 'ws';
import { temporaryFolder } from '../store/logs.ts';
import { BOOT, madeLogs } from '../support/made-logs.ts';
import { myStats, ROOT } from './run.ts';

const RECORDED = join(ROOT, 'fixtures/websocket-8.0.10/answers.jsonl');
const LOGS = 'fixtures/collector-8.0.10-cluster';
const folder = temporaryFolder();
const [ACK, ...ANSWERS] = readFileSync(RECORDED, 'utf8').trimEnd().split('\n');

interface Heard {
  topics: unknown;
  request: unknown;
  id: string;
  node: string;
}

/** How long it took is not the same twice. */
const WITHIN = /within \S+ \S+\. M/;

const servers: (WebSocketServer | Server)[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

/** @param talk what it does once it was asked; answers carry the id `recorded` */
async function cluster(talk: (socket: WebSocket, say: (lines: readonly string[]) => void, heard: Heard) => void) {
  const heard: Heard = { topics: null, request: null, id: '', node: '' };
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0, path: '/v1/messages/json' });
  servers.push(server);
  server.on('connection', (socket) => {
    socket.once('message', (topics) => {
      heard.topics = JSON.parse(String(topics));
      socket.send(ACK!);
      socket.once('message', (request) => {
        heard.request = JSON.parse(String(request));
        const [id, node] = (heard.request as { data: { data: { data: { data: string }[] }[] }[] }).data[2]!.data[1]!
          .data;
        heard.id = id!.data;
        heard.node = node!.data;
        talk(
          socket,
          (lines) => {
            for (const line of lines) socket.send(line.replaceAll('"recorded"', JSON.stringify(heard.id)));
          },
          heard,
        );
      });
    });
  });
  await new Promise((resolve) => server.once('listening', resolve));
  return { url: `127.0.0.1:${(server.address() as AddressInfo).port}`, heard };
}

const text = (data: string) => ({ '@data-type': 'string', data });
const vector = (data: readonly object[]) => ({ '@data-type': 'vector', data });
const one = { '@data-type': 'count', data: 1 };

function event(name: string, args: readonly object[]): string {
  const data = [one, one, vector([text(name), vector(args)])];
  return JSON.stringify({ type: 'data-message', topic: 'zeek/my_stats/reply', ...vector(data) });
}

const refusal = (node: string, reason: string) =>
  event('my_stats::refused', [text('recorded'), text(node), text(reason)]);

describe('all nodes answer', () => {
  test('in the units of the collector, and after a while nobody else is waited for', async () => {
    const { url, heard } = await cluster((_, say) => say(ANSWERS));
    const { code, stdout, stderr } = await myStats(['ask', '--url', url]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    await expect(stdout.replace(WITHIN, 'within TIME. M')).toMatchFileSnapshot('../golden/ask-objects.txt');
    expect(heard).toMatchObject({ topics: ['zeek/my_stats/reply'], node: '' });
    expect(heard.id).toMatch(/^my-stats-[0-9a-f-]{36}$/);
  });

  test('in bytes, where logs tell the types and which nodes there are', async () => {
    const { url } = await cluster((_, say) => {
      say(ANSWERS);
      setTimeout(() => say([refusal('worker-9', 'too late')]), 1000);
    });
    const { code, stdout, stderr } = await myStats(['ask', '--url', `ws://${url}`, '--by', 'node', LOGS]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    await expect(stdout.replace(WITHIN, 'within TIME. M')).toMatchFileSnapshot('../golden/ask-node.txt');
    // All five have answered: nobody is waited for who is not in the logs.
    expect(stdout).not.toContain('worker-9');
  });

  test('as those of the sensor which the cluster is, where the logs are of several', async () => {
    const { url } = await cluster((_, say) => say(ANSWERS));
    const variables = [{ name: 'M::x', type: 'set[addr]', at: () => ({ size: 300, entries: 100 }) }];
    const logs = ['east', 'west'].map((sensor, i) =>
      madeLogs(
        join(folder, sensor),
        ['manager', 'worker-3'].map((node) => ({ node, boot: BOOT + 7 * i, runs: 3, gauges: () => ({}), variables })),
      ),
    );
    const asked = await myStats(['ask', '--url', url, '--json', '--by', 'node', '--sensor', 'east', ...logs]);
    const { silent, answered } = JSON.parse(asked.stdout);
    expect(silent).toEqual(['worker-3@east']);
    expect(answered[0].node).toMatch(/@east$/);
    const other = await myStats(['ask', '--url', url, '--sensor', 'eats', ...logs]);
    expect(other).toMatchObject({ code: 2, stderr: expect.stringContaining('Names close to it: east') });
  });

  test('as data', async () => {
    const { url } = await cluster((_, say) => say(ANSWERS));
    const { stdout } = await myStats(['ask', '--url', url, '--json', '--by', 'variable', '--limit', '2', LOGS]);
    const same = stdout.replace(/("after_seconds": )[\d.e-]+/g, '$10.5').replace(url, 'HOST');
    await expect(same).toMatchFileSnapshot('../golden/ask-json.txt');
  });

  test('as CSV, which has the columns of top', async () => {
    const { url } = await cluster((_, say) => say(ANSWERS));
    const { stdout } = await myStats(['ask', '--url', url, '--csv', '--module', 'HostTracker', LOGS]);
    expect(stdout).toMatch(/^unit,by,group,size,low,high,.*\nbytes,module,HostTracker,\d+,/);
  });
});

describe('not all nodes answer', () => {
  test('who did not is named, and who refused, with the reason', async () => {
    const lines = [
      ...ANSWERS.filter((line) => /"data":"(worker-1|manager)"/.test(line)),
      refusal('proxy-1', 'not \x1b[2Jnow'),
    ];
    const { url } = await cluster((_, say) => say(lines));
    const { code, stdout } = await myStats(['ask', '--url', url, LOGS]);
    expect(code).toBe(0);
    expect(stdout).toContain('2 nodes answered within ');
    expect(stdout).toContain('proxy-1 made no run: not \\x1b[2Jnow.');
    expect(stdout).toContain('No answer came from logger-1, worker-2, which report in the logs.');
  });

  test('with --csv, that is said on standard error', async () => {
    const { url } = await cluster((_, say) => say(ANSWERS.slice(0, 4)));
    const { stderr } = await myStats(['ask', '--url', url, '--csv', LOGS]);
    expect(stderr).toMatch(/^my-stats: No answer came from \S+, which reports in the logs\.\n$/);
  });

  test('one node is asked by its name, and answers alone', async () => {
    const { url, heard } = await cluster((_, say, { node }) =>
      say(ANSWERS.filter((line) => line.includes(`"data":"${node}"`))),
    );
    const { stdout } = await myStats(['ask', '--url', url, '--node', 'worker-2', LOGS]);
    expect(heard.node).toBe('worker-2');
    expect(stdout).toContain('worker-2 answered within ');
    expect(stdout).not.toContain('No answer came');
  });

  test('what comes before somebody hangs up counts', async () => {
    const { url } = await cluster((socket, say) => {
      say(ANSWERS.slice(0, 2));
      socket.close();
    });
    const { code, stdout } = await myStats(['ask', '--url', url]);
    expect(code).toBe(0);
    expect(stdout).toContain('2 nodes answered');
  });

  test('answers to others are nothing to us, and what cannot be read is counted', async () => {
    const { url } = await cluster((_, say) => {
      say([
        ANSWERS[0]!,
        ANSWERS[1]!.replaceAll('"recorded"', '"somebody else"'),
        event('my_stats::reply', [text('recorded'), text('worker-9'), vector([text('no row')]), vector([])]),
        event('other::event', [text('recorded')]),
        'neither JSON nor anything',
      ]);
    });
    const { code, stdout } = await myStats(['ask', '--url', url, '--json']);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ answered: [{ run: 5 }], unreadable: 1 });
  });
});

describe('nothing to show', () => {
  const failing = async (args: readonly string[]) => {
    const { code, stdout, stderr } = await myStats(['ask', ...args]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/^my-stats: .*\n$/);
    return stderr.replace(/127\.0\.0\.1:\d+/g, 'HOST');
  };

  test('nobody listens', async () => {
    expect(await failing(['--url', '127.0.0.1:1'])).toMatch(
      /HOST\/v1\/messages\/json: no Zeek to ask: nobody listens there\. The manager must listen/,
    );
  });

  test('a web server listens', async () => {
    const server = createServer((_, response) => response.writeHead(404).end('not here'));
    servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    expect(await failing(['--url', `127.0.0.1:${port}`])).toMatch(/no Zeek to ask: Unexpected server response: 404\./);
  });

  test('somebody else listens who talks, too', async () => {
    const server = new WebSocketServer({ host: '127.0.0.1', port: 0 });
    servers.push(server);
    server.on('connection', (socket) => socket.send('{"hello":"world"}'));
    await new Promise((resolve) => server.once('listening', resolve));
    const { port } = server.address() as AddressInfo;
    expect(await failing(['--url', `127.0.0.1:${port}`])).toContain('what it says is not what Zeek says to tools');
  });

  test('Zeek says what is wrong', async () => {
    const { url } = await cluster((_, say) =>
      say(['{"type":"error","code":"invalid_topic","context":"no \\u001b[2J"}']),
    );
    expect(await failing(['--url', url])).toContain('no Zeek to ask: it says: invalid_topic, no \\x1b[2J.');
  });

  test('no node answers', async () => {
    const { url } = await cluster(() => {});
    expect(await failing(['--url', url, '--timeout', '0.3'])).toContain(
      'no node answered within 0.3 s. See that the nodes load my_stats',
    );
    expect(await failing(['--url', url, '--timeout', '0.3', '--node', 'worker-7'])).toContain(
      'worker-7 did not answer',
    );
  });

  test('all refuse', async () => {
    const { url } = await cluster((_, say) => say([refusal('worker-1', 'asked again within 5.0 secs')]));
    expect(await failing(['--url', url])).toMatch(
      /worker-1: refused to measure now: asked again within 5\.0 secs\. Ask again/,
    );
  });

  test('nothing matches', async () => {
    const { url } = await cluster((_, say) => say(ANSWERS));
    expect(await failing(['--url', url, '--module', 'NoSuch'])).toMatch(/NoSuch/);
  });

  test.each(['', 'http://127.0.0.1', 'ws://user@host', 'no host', '127.0.0.1:99999'])(
    '%j is no address',
    async (address) => {
      expect(await failing(['--url', address])).toContain('is no address of a WebSocket. Give HOST:PORT');
    },
  );
});
