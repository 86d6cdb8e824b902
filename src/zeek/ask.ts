/** Asks the nodes of a cluster for a run, over the WebSocket that Zeek offers to tools. */

import { randomUUID } from 'node:crypto';
import { performance } from 'node:perf_hooks';
import { type RawData, WebSocket } from 'ws';
import type { NodeAnswer, NodeAnswers, NodeRefusal } from '../model/answers/ask.ts';
import { cannotAsk } from '../model/errors/zeek-errors.ts';
import { answerMessage, writeBrokerEvent } from './answer-message.ts';

const REQUEST_TOPIC = 'zeek/my_stats/request';
const REPLY_TOPIC = 'zeek/my_stats/reply';
/** Where Zeek takes JSON; Broker's own server, before 8.0, knows this path too. */
const PATH = '/v1/messages/json';
/** A node answers with all its rows in one message. */
const LARGEST_MESSAGE = 256 * 1024 * 1024;

interface RequestSpec {
  /** `ws://HOST:PORT/…` as `parseAddress` gives it. */
  readonly url: string;
  /** The node that is to answer; null for all. */
  readonly node: string | null;
  /** Nodes that should answer, if that is known: when all have, there is nothing to wait for. */
  readonly expected: readonly string[];
  /** Seconds to wait for answers in all, and after each for a further one. */
  readonly timeout: number;
  readonly quiet: number;
  readonly signal?: AbortSignal | undefined;
  /** Called with how many nodes have answered so far. */
  readonly onAnswer?: ((answered: number) => void) | undefined;
}

/**
 * `host:port`, `ws://host:port` or a whole address, as an address.
 *
 * @returns null for what is none
 */
export function parseAddress(text: string): string | null {
  try {
    const url = new URL(text.includes('://') ? text : `ws://${text}`);
    if (!/^wss?:$/.test(url.protocol)) return null;
    if (url.hostname === '' || url.username !== '' || url.hash !== '') return null;
    if (url.pathname === '/') url.pathname = PATH;
    return url.href;
  } catch {
    return null;
  }
}

/** @throws ExpectedError where there is no Zeek to talk to, or where it hangs up before anybody answers */
export function askForRuns(spec: RequestSpec): Promise<NodeAnswers> {
  return new Promise((resolve, reject) => {
    const conversation = new Conversation(spec, (error) => {
      spec.signal?.removeEventListener('abort', conversation.end);
      if (error === null) resolve(conversation.answers);
      else reject(error);
    });
    if (spec.signal?.aborted) conversation.end();
    else spec.signal?.addEventListener('abort', conversation.end, { once: true });
  });
}

class Conversation {
  readonly #spec: RequestSpec;
  readonly #id = `my-stats-${randomUUID()}`;
  readonly #socket: WebSocket;
  readonly #onEnd: (error: Error | null) => void;
  readonly #answers = new Map<string, NodeAnswer>();
  readonly #refusals = new Map<string, NodeRefusal>();
  readonly #limit: NodeJS.Timeout;
  #unreadable = 0;
  #asked: number | null = null;
  #quiet: NodeJS.Timeout | null = null;
  #isOver = false;

  constructor(spec: RequestSpec, onEnd: (error: Error | null) => void) {
    this.#spec = spec;
    this.#onEnd = onEnd;
    this.#socket = new WebSocket(spec.url, { maxPayload: LARGEST_MESSAGE, perMessageDeflate: false });
    this.#socket.on('open', () => this.#socket.send(JSON.stringify([REPLY_TOPIC])));
    this.#socket.on('message', (data) => this.#hear(data));
    this.#socket.on('error', (error: NodeJS.ErrnoException) => this.#lost(readReason(error)));
    this.#socket.on('close', (code, reason) => this.#lost(`it hung up (${String(reason) || code})`));
    this.#limit = setTimeout(() => {
      if (this.#asked === null) this.#lost(`no answer within ${spec.timeout} s`);
      else this.end();
    }, spec.timeout * 1000);
  }

  get answers(): NodeAnswers {
    const byNode = <One extends { node: string }>(list: Map<string, One>) =>
      [...list.values()].sort((a, b) => (a.node < b.node ? -1 : 1));
    return { answers: byNode(this.#answers), refusals: byNode(this.#refusals), unreadable: this.#unreadable };
  }

  /** Takes what has come so far for all there is. */
  readonly end = () => this.#finish(null);

  #lost(reason: string): void {
    this.#finish(this.#answers.size + this.#refusals.size > 0 ? null : cannotAsk(this.#spec.url, reason));
  }

  #finish(error: Error | null): void {
    if (this.#isOver) return;
    this.#isOver = true;
    clearTimeout(this.#limit);
    if (this.#quiet !== null) clearTimeout(this.#quiet);
    this.#socket.close();
    // Zeek closes when it gets to it; nobody waits for that.
    setTimeout(() => this.#socket.terminate(), 500).unref();
    this.#onEnd(error);
  }

  #hear(data: RawData): void {
    if (this.#isOver) return;
    const message = parseMessage(data);
    if (message.type === 'ack' && this.#asked === null) this.#ask();
    else if (message.type === 'error')
      this.#lost(`it says: ${[message.code, message.context].filter(Boolean).join(', ')}`);
    else if (message.type === 'data-message' && message.topic === REPLY_TOPIC) this.#take(message);
    else if (message.type !== 'ack' && this.#asked === null) this.#lost('what it says is not what Zeek says to tools');
  }

  #ask(): void {
    const { node } = this.#spec;
    const event = writeBrokerEvent('my_stats::request', [this.#id, node ?? '']);
    this.#socket.send(JSON.stringify({ type: 'data-message', topic: REQUEST_TOPIC, ...event }));
    this.#asked = performance.now();
  }

  #take(message: object): void {
    const answer = answerMessage(message, this.#id);
    if (answer.kind === 'other') return;
    if (answer.kind === 'unreadable') {
      this.#unreadable++;
      return;
    }
    if (answer.kind === 'refusal') this.#refusals.set(answer.refusal.node, answer.refusal);
    else {
      const after = (performance.now() - this.#asked!) / 1000;
      this.#answers.set(answer.answer.node, { ...answer.answer, after });
    }
    this.#spec.onAnswer?.(this.#answers.size);
    this.#wait();
  }

  /** Ends when all that were to answer have, or when nobody else does. */
  #wait(): void {
    const { node, expected, quiet } = this.#spec;
    const heard = (name: string) => this.#answers.has(name) || this.#refusals.has(name);
    const awaited = node === null ? expected : [node];
    if (awaited.length > 0 && awaited.every(heard)) {
      this.end();
      return;
    }
    if (this.#quiet !== null) clearTimeout(this.#quiet);
    this.#quiet = setTimeout(this.end, quiet * 1000);
  }
}

interface Message {
  readonly type?: unknown;
  readonly topic?: unknown;
  readonly code?: unknown;
  readonly context?: unknown;
}

function parseMessage(data: RawData): Message {
  try {
    const value: unknown = JSON.parse(String(data));
    return typeof value === 'object' && value !== null ? value : {};
  } catch {
    return {};
  }
}

function readReason(error: NodeJS.ErrnoException): string {
  if (error.code === 'ECONNREFUSED') return 'nobody listens there';
  if (error.code === 'ENOTFOUND') return 'there is no such host';
  return error.message;
}
