/** Stands before an engine, and answers for it as a test wants. */

import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type RequestListener, type Server } from 'node:http';
import { createServer as createTlsServer, type ServerOptions } from 'node:https';
import type { AddressInfo } from 'node:net';
import { afterEach } from 'vitest';

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

/** A server on a port that is free; its address. */
export async function served(listener: RequestListener, tls: ServerOptions | null = null): Promise<string> {
  const server = tls === null ? createServer(listener) : createTlsServer(tls, listener);
  servers.push(server);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return `${tls === null ? 'http' : 'https'}://127.0.0.1:${port}/`;
}

export interface Answer {
  status: string;
  data: { result: { metric: Record<string, string>; value?: [number, string]; values?: [number, string][] }[] };
  [other: string]: unknown;
}

/** The engine's answers, changed; `seen` is told what headers questions came with. */
export function changed(
  engine: string,
  change: (answer: Answer, query: string) => void,
  seen: (headers: IncomingHttpHeaders) => void = () => {},
): Promise<string> {
  return served(async (request, response) => {
    seen(request.headers);
    let body = '';
    for await (const chunk of request) body += chunk;
    const headers = { 'Content-Type': 'application/x-www-form-urlencoded' };
    const asked = await fetch(new URL(request.url!.slice(1), engine), { method: 'POST', headers, body });
    const answer = (await asked.json()) as Answer;
    if (answer.status === 'success') change(answer, new URLSearchParams(body).get('query')!);
    response.end(JSON.stringify(answer));
  });
}
