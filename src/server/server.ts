/** A web server on this machine that offers answers: some pages, some for programs, all read-only. */

import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { type AddressInfo, isIP } from 'node:net';
import { hostname } from 'node:os';
import { cannotListen } from '../model/errors/server-errors.ts';
import { translateError } from '../model/errors/system-errors.ts';
import type { Feed } from './feed.ts';

export interface Answer {
  readonly type: string;
  readonly body: string;
  /** The Content-Security-Policy of a page; null where nothing may be loaded or run. */
  readonly policy?: string;
}

export interface ServerSpec {
  readonly host: string;
  /** 0 for any that is free. */
  readonly port: number;
  /** By path. Errors of `ExpectedError` are told to whoever asked. */
  readonly answers: ReadonlyMap<string, (query: URLSearchParams) => Promise<Answer>>;
  /** Where pages hear that there is something new. */
  readonly feed: { readonly path: string; readonly of: Feed };
  /** Is told of every error that is not expected. */
  readonly onDefect: (error: unknown) => void;
}

const NOTHING_RUNS = "default-src 'none'; base-uri 'none'; form-action 'none'";

export class WebServer {
  readonly #server: Server;
  readonly #spec: ServerSpec;

  private constructor(spec: ServerSpec) {
    this.#spec = spec;
    this.#server = createServer((request, response) => {
      // A defect is none of the asker's business: it is told where the program was started.
      this.#handle(request, response).catch((error) => {
        if (!response.headersSent) fail(response, 500, 'that went wrong; whoever started this server was told');
        spec.onDefect(error);
      });
    });
  }

  /** @throws ExpectedError where it cannot listen there */
  static async start(spec: ServerSpec): Promise<WebServer> {
    const web = new WebServer(spec);
    web.#server.listen(spec.port, spec.host);
    try {
      await once(web.#server, 'listening');
    } catch (error) {
      throw cannotListen(`${spec.host}:${spec.port}`, (error as NodeJS.ErrnoException).code ?? String(error));
    }
    return web;
  }

  get url(): string {
    const { address, port } = this.#server.address() as AddressInfo;
    return `http://${isIP(address) === 6 ? `[${address}]` : address}:${port}/`;
  }

  async close(): Promise<void> {
    this.#spec.feed.of.close();
    this.#server.close();
    this.#server.closeAllConnections();
    await once(this.#server, 'close').catch(() => {});
  }

  async #handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    response.setHeader('X-Content-Type-Options', 'nosniff');
    response.setHeader('Referrer-Policy', 'no-referrer');
    response.setHeader('Cross-Origin-Resource-Policy', 'same-origin');
    response.setHeader('X-Frame-Options', 'DENY');
    response.setHeader('Cache-Control', 'no-store');
    response.setHeader('Content-Security-Policy', NOTHING_RUNS);
    if (!isOurName(request.headers.host, this.#spec.host)) return fail(response, 421, 'this server has another name');
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      response.setHeader('Allow', 'GET, HEAD');
      return fail(response, 405, 'only GET is answered');
    }
    const url = parseUrl(request.url);
    if (url === null) return fail(response, 400, 'that is no address');
    const { feed, answers } = this.#spec;
    if (url.pathname === feed.path && request.method === 'GET') return feed.of.add(response);
    const answer = answers.get(url.pathname);
    if (answer === undefined) return fail(response, 404, `there is ${[...answers.keys()].join(', ')}`);
    await tell(response, request.method, () => answer(url.searchParams));
  }
}

async function tell(response: ServerResponse, method: string, make: () => Promise<Answer>): Promise<void> {
  try {
    const { type, body, policy } = await make();
    if (policy !== undefined) response.setHeader('Content-Security-Policy', policy);
    response.writeHead(200, { 'Content-Type': type, 'Content-Length': Buffer.byteLength(body) });
    response.end(method === 'HEAD' ? undefined : body);
  } catch (error) {
    const expected = translateError(error);
    if (expected === null) throw error;
    fail(response, WRONG_QUESTION.has(expected.code) ? 400 : 503, expected.oneLine);
  }
}

/** What the asker can put right. */
const WRONG_QUESTION = new Set(['bad-parameter', 'nothing-selected', 'conflicting-options', 'invalid-regex']);

function fail(response: ServerResponse, status: number, what: string): void {
  // Control characters end at the reader of a log or terminal.
  const body = `my-stats: ${what.replace(/\p{Cc}/gu, ' ')}\n`;
  response.writeHead(status, { 'Content-Type': 'text/plain; charset=utf-8' });
  response.end(body);
}

/**
 * Whether the name somebody used for this server is one of its own: a page from elsewhere whose name is made to lead here
 * must not read what is on this machine.
 */
function isOurName(header: string | undefined, listensOn: string): boolean {
  const name = parseUrl('/', header)?.hostname.replace(/^\[|\]$/g, '');
  if (name === undefined) return false;
  return (
    isIP(name) !== 0 || ['localhost', listensOn, hostname()].some((own) => own.toLowerCase() === name.toLowerCase())
  );
}

function parseUrl(path = '/', host = 'localhost'): URL | null {
  try {
    return new URL(path, `http://${host}`);
  } catch {
    return null;
  }
}
