/** `my-stats doctor --notify`, as the web server at the other end sees it. */

import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest';
import { makeNotification } from '../../src/report/export/notification.ts';
import { DOCTOR } from '../report/doctor-samples.ts';
import { myStats } from './run.ts';

const CLUSTER = 'fixtures/collector-8.0.10-cluster';
const state = mkdtempSync(join(tmpdir(), 'my-stats-notify-'));
afterAll(() => rmSync(state, { recursive: true }));

interface Message {
  readonly text: string;
  readonly findings: readonly { readonly kind: string; readonly subject: string | null }[];
}

let server: Server;
let got: Message[] = [];
let answers: number[] = [];

beforeEach(async () => {
  got = [];
  server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    got.push(JSON.parse(body));
    response.writeHead(answers.shift() ?? 200).end();
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
});
afterEach(() => {
  server.close();
});

function notify() {
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/secret`;
  return myStats(['doctor', '--notify', url, CLUSTER], { env: { XDG_STATE_HOME: state } });
}

test('what is new is told once, and again where it was not taken', { timeout: 120_000 }, async () => {
  answers = [404];
  const refused = await notify();
  expect(refused.code).toBe(2);
  expect(refused.stdout).toContain('HostTracker::seen grows');
  expect(refused.stderr).toMatch(/^my-stats: 127\.0\.0\.1:\d+ did not take the findings \(status 404, 1 attempt\)\. /);
  expect(refused.stderr).not.toContain('secret');

  answers = [503, 200];
  expect(await notify()).toMatchObject({ code: 0, stderr: '' });
  expect(got).toHaveLength(3);
  expect(got[2]).toEqual(got[1]);
  expect(got[2]!.text).toMatch(/^my_stats: worker-1 grows: .*\nproblem: HostTracker::seen grows on 5 nodes/);
  expect(got[2]!.findings.map(({ subject }) => subject)).toContain('FlowBook::flows');

  expect(await notify()).toMatchObject({ code: 0, stderr: '' });
  expect(got).toHaveLength(3);
});

describe('a message', () => {
  test('makes no links and calls nobody, whatever names say', () => {
    const [finding] = DOCTOR.findings;
    const hostile = {
      ...finding!,
      kind: 'outside-scripts',
      subject: null,
      what: '<!channel> & <https://x|y>',
    } as const;
    const { text } = makeNotification(DOCTOR, [hostile]) as Message;
    expect(text).toContain('&lt;!channel&gt; &amp; &lt;https');
    expect(text).not.toMatch(/[<>]/);
  });

  test('has bounds', () => {
    const many = Array.from({ length: 5000 }, (_, i) => ({ ...DOCTOR.findings[0]!, subject: `V::v${i}` }));
    const message = makeNotification(DOCTOR, many) as Message & { readonly hidden: number };
    expect(message.text.split('\n').at(-1)).toBe('… and 4985 more');
    expect([message.findings.length, message.hidden]).toEqual([100, 4900]);
  });
});
