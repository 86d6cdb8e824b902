/**
 * Questions in PromQL, asked of an engine that speaks the HTTP API of Prometheus.
 *
 * The API is https://prometheus.io/docs/prometheus/latest/querying/api/; Thanos adds warnings to partial answers, and
 * VictoriaMetrics `isPartial`.
 */

import { setTimeout as wait } from 'node:timers/promises';
import {
  credentialsInAddress,
  engineNotTrusted,
  engineRefuses,
  engineUnreachable,
  engineWantsCredentials,
  notAnEngine,
} from '../model/errors/engine-errors.ts';
import { makeCredentialHeaders } from './credentials.ts';

export interface EngineSeries {
  readonly labels: Readonly<Record<string, string>>;
  /** Seconds since the epoch, ascending, and values; no value is NaN. */
  readonly points: readonly (readonly [ts: number, value: number])[];
}

/** What is the same for series of different metrics. */
export function printLabels({ __name__: _, ...labels }: EngineSeries['labels']): string {
  return JSON.stringify(Object.entries(labels).sort());
}

/** Seconds since the epoch. */
export interface QueryRange {
  readonly start: number;
  readonly end: number;
  readonly step: number;
}

const ATTEMPTS = 3;
const FIRST_WAIT_MS = 500;
const TIMEOUT_MS = 60_000;
/** Questions that are asked at the same time. */
const AT_ONCE = 4;

const CERTIFICATE = /CERT|SIGNATURE|ERR_TLS/;

export class EngineClient {
  readonly #base: URL;
  readonly #headers: Record<string, string>;
  readonly #timeout: number;
  #running = 0;
  readonly #queue: (() => void)[] = [];
  /** What the engine says is missing from its answers. */
  readonly warnings = new Set<string>();
  /** Values that are no numbers. */
  unusable = 0;

  /**
   * @param timeout in milliseconds, of each attempt
   * @throws ExpectedError for an address with a password, and for files of credentials that cannot be read
   */
  constructor(address: string, env: Readonly<Record<string, string | undefined>>, timeout = TIMEOUT_MS) {
    this.#timeout = timeout;
    const url = new URL(address);
    if (url.username !== '' || url.password !== '') throw credentialsInAddress();
    url.search = '';
    url.hash = '';
    if (!url.pathname.endsWith('/')) url.pathname += '/';
    this.#base = url;
    this.#headers = makeCredentialHeaders(env);
  }

  get address(): string {
    return this.#base.href;
  }

  /** Values at one time, or now by the clock of the engine. */
  instant(query: string, time: number | null): Promise<EngineSeries[]> {
    return this.#ask('query', { query, ...(time !== null && { time: String(time) }) });
  }

  range(query: string, { start, end, step }: QueryRange): Promise<EngineSeries[]> {
    return this.#ask('query_range', { query, start: String(start), end: String(end), step: String(step) });
  }

  async #ask(path: string, parameters: Record<string, string>): Promise<EngineSeries[]> {
    if (this.#running >= AT_ONCE) await new Promise<void>((resolve) => this.#queue.push(resolve));
    this.#running++;
    try {
      for (let attempt = 1; ; attempt++) {
        const answer = await this.#send(path, parameters);
        if ('text' in answer) return this.#read(answer.text);
        if (attempt === ATTEMPTS) throw engineUnreachable(this.address, answer.problem, attempt);
        await wait(FIRST_WAIT_MS * 2 ** (attempt - 1));
      }
    } finally {
      this.#running--;
      this.#queue.shift()?.();
    }
  }

  /**
   * What it answers, or why that may be better the next time.
   *
   * @throws ExpectedError where it will not be
   */
  async #send(path: string, parameters: Record<string, string>): Promise<{ text: string } | { problem: string }> {
    try {
      const response = await fetch(new URL(`api/v1/${path}`, this.#base), {
        method: 'POST',
        headers: this.#headers,
        body: new URLSearchParams(parameters),
        // A token must not go where an answer sends it.
        redirect: 'manual',
        signal: AbortSignal.timeout(this.#timeout),
      });
      const { status } = response;
      if (status === 401 || status === 403) throw engineWantsCredentials(this.address, status);
      if (status >= 300 && status < 400)
        throw notAnEngine(this.address, `it sends to ${response.headers.get('location')}`);
      const text = await response.text();
      // An engine that says itself why it has no answer will say the same again.
      const isPassing = status === 429 || (status >= 500 && parseAnswer(text)?.status !== 'error');
      return isPassing ? { problem: `status ${status}` } : { text };
    } catch (error) {
      const { name, cause } = error as Error;
      if (name === 'TimeoutError') return { problem: `nothing within ${this.#timeout / 1000} seconds` };
      if (name !== 'TypeError') throw error;
      const { code = String(cause) } = (cause ?? {}) as NodeJS.ErrnoException;
      if (CERTIFICATE.test(code)) throw engineNotTrusted(this.address, code);
      return { problem: code };
    }
  }

  /** @throws ExpectedError for what is no answer, and where the engine says that it has none */
  #read(text: string): EngineSeries[] {
    const answer = parseAnswer(text);
    if (answer === null) throw notAnEngine(this.address, text.trimStart().startsWith('<') ? 'a page' : 'no JSON');
    if (answer.status === 'error') throw engineRefuses(this.address, String(answer.error));
    const { resultType, result } = answer.data ?? {};
    if (answer.status !== 'success' || !Array.isArray(result))
      throw notAnEngine(this.address, 'JSON of something else');
    for (const warning of answer.warnings ?? []) this.warnings.add(String(warning));
    if (answer.isPartial === true) this.warnings.add('the answer is partial');
    if (resultType === 'scalar') return [this.#seriesOf({ metric: {}, value: result as unknown as Point })];
    return (result as RawSeries[]).map((one) => this.#seriesOf(one));
  }

  #seriesOf({ metric = {}, value, values = value === undefined ? [] : [value] }: RawSeries): EngineSeries {
    const points = values.map(([ts, number]) => [Number(ts), Number(number)] as const);
    const usable = points.filter(([, number]) => Number.isFinite(number));
    this.unusable += points.length - usable.length;
    return { labels: metric, points: usable };
  }
}

type Point = readonly [ts: number, value: string];

interface RawSeries {
  readonly metric?: Readonly<Record<string, string>>;
  readonly value?: Point;
  readonly values?: readonly Point[];
}

interface RawAnswer {
  readonly status?: string;
  readonly error?: string;
  readonly data?: { readonly resultType?: string; readonly result?: unknown };
  readonly warnings?: readonly unknown[];
  readonly isPartial?: boolean;
}

function parseAnswer(text: string): RawAnswer | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' ? value : null;
  } catch {
    return null;
  }
}
