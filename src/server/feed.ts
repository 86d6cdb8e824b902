/**
 * Tells pages that are open which version there is now, as it changes.
 *
 * Format: https://html.spec.whatwg.org/multipage/server-sent-events.html
 */

import type { ServerResponse } from 'node:http';

/** Proxies and browsers drop connections on which nothing is said. */
const HEARTBEAT_MS = 20_000;

export class Feed {
  readonly #version: () => Promise<string>;
  readonly #intervalMs: () => number;
  readonly #listeners = new Set<ServerResponse>();
  readonly #heartbeat: NodeJS.Timeout;
  #timer: NodeJS.Timeout | null = null;
  #isAsking = false;
  #last: string | null = null;

  /**
   * @param version the name of what a page would show now; it is only asked while a page is open
   * @param intervalMs how long to wait before it is asked again
   */
  constructor(version: () => Promise<string>, intervalMs: () => number) {
    this.#version = version;
    this.#intervalMs = intervalMs;
    this.#heartbeat = setInterval(() => this.#say(': still here\n\n'), HEARTBEAT_MS).unref();
  }

  add(response: ServerResponse): void {
    response.writeHead(200, { 'Content-Type': 'text/event-stream; charset=utf-8' });
    response.write('retry: 3000\n\n');
    if (this.#last !== null) response.write(writeMessage(this.#last));
    this.#listeners.add(response);
    response.on('close', () => {
      this.#listeners.delete(response);
      if (this.#listeners.size > 0 || this.#timer === null) return;
      clearTimeout(this.#timer);
      this.#timer = null;
    });
    // A page that comes while the version is being asked hears of it with the others.
    if (!this.#isAsking) this.#timer ??= setTimeout(() => void this.#ask(), 0);
  }

  /** Tells which version is shown from now on: one that is older than what a page has would make it load again in vain. */
  tell(version: string): void {
    if (version === this.#last) return;
    this.#last = version;
    this.#say(writeMessage(version));
  }

  close(): void {
    clearInterval(this.#heartbeat);
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    for (const response of this.#listeners) response.end();
    this.#listeners.clear();
  }

  async #ask(): Promise<void> {
    this.#timer = null;
    this.#isAsking = true;
    // While logs are away, what is shown is still the last there is.
    const version = await this.#version().catch(() => this.#last);
    if (version !== null) this.tell(version);
    this.#isAsking = false;
    if (this.#listeners.size > 0) this.#timer = setTimeout(() => void this.#ask(), this.#intervalMs());
  }

  #say(text: string): void {
    for (const response of this.#listeners) response.write(text);
  }
}

/** One line: what it is made of has no control characters. */
function writeMessage(version: string): string {
  return `data: ${version}\n\n`;
}
