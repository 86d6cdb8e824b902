/** Tells a web server elsewhere something: as often as makes sense, and no longer. */

import { setTimeout as wait } from 'node:timers/promises';
import { notTold } from '../model/errors/server-errors.ts';

const ATTEMPTS = 3;
const FIRST_WAIT_MS = 1000;
const TIMEOUT_MS = 10_000;

/**
 * Posts JSON. What the server refuses is not tried again; what fails on the way, or because the server has too much to do, is.
 *
 * @throws ExpectedError where it was not taken, without the address: who knows it may write there
 */
export async function postJson(url: URL, body: object): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    const problem = await post(url, JSON.stringify(body));
    if (problem === null) return;
    if (!problem.isPassing || attempt === ATTEMPTS) throw notTold(url.host, problem.what, attempt);
    await wait(FIRST_WAIT_MS * 2 ** (attempt - 1));
  }
}

async function post(url: URL, body: string): Promise<{ what: string; isPassing: boolean } | null> {
  try {
    const { ok, status } = await fetch(url, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body,
      redirect: 'error',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    return ok ? null : { what: `status ${status}`, isPassing: status >= 500 || status === 429 };
  } catch (error) {
    const { name, cause } = error as Error;
    const code = (cause as NodeJS.ErrnoException | undefined)?.code ?? (cause as Error | undefined)?.message;
    return { what: name === 'TimeoutError' ? 'no answer' : (code ?? name), isPassing: true };
  }
}
