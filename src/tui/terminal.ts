/** The whole of a terminal: keys come in one by one, a picture goes out at once, and at the end all is as it was. */

import { emitKeypressEvents, type Interface } from 'node:readline';
import type { ReadStream, WriteStream } from 'node:tty';
import type { Key } from './view-state.ts';

/** Control sequences of xterm, which all terminals of today know: https://invisible-island.net/xterm/ctlseqs/ctlseqs.html */
const ALTERNATE_SCREEN = '\x1b[?1049h';
const USUAL_SCREEN = '\x1b[?1049l';
const HIDE_CURSOR = '\x1b[?25l';
const SHOW_CURSOR = '\x1b[?25h';
const HOME = '\x1b[H';
const REST_OF_LINE = '\x1b[K';
const REST_OF_SCREEN = '\x1b[J';
/** Terminals that know these show the picture when it is whole; the others ignore them. */
const BEGIN_PICTURE = '\x1b[?2026h';
const END_PICTURE = '\x1b[?2026l';
/** Keys such as the arrows begin with what escape sends: after this long, it was escape. */
const ESCAPE_MS = 50;
/** A program that still runs so long after it asked to be stopped was not. */
const NOT_STOPPED_MS = 200;

export interface TerminalStreams {
  readonly input: ReadStream;
  readonly output: WriteStream;
}

export class Terminal {
  readonly #input: ReadStream;
  readonly #output: WriteStream;
  readonly #onKey: (key: Key) => void;
  readonly #onResize: () => void;
  readonly #leave = () => this.leave();
  #isEntered = false;

  /** @param onResize also called when the program comes back to the foreground */
  constructor({ input, output }: TerminalStreams, onKey: (key: Key) => void, onResize: () => void) {
    this.#input = input;
    this.#output = output;
    this.#onKey = onKey;
    this.#onResize = onResize;
  }

  get width(): number {
    return this.#output.columns || 80;
  }

  get height(): number {
    return this.#output.rows || 24;
  }

  enter(): void {
    if (this.#isEntered) return;
    this.#isEntered = true;
    // It only takes the time from the interface; a whole one would echo and edit lines.
    emitKeypressEvents(this.#input, { escapeCodeTimeout: ESCAPE_MS } as unknown as Interface);
    this.#input.setRawMode(true);
    this.#input.on('keypress', this.#press);
    this.#input.resume();
    this.#output.on('resize', this.#onResize);
    this.#output.write(ALTERNATE_SCREEN + HIDE_CURSOR);
    // However the program ends, the shell gets its terminal back.
    process.on('exit', this.#leave);
  }

  leave(): void {
    if (!this.#isEntered) return;
    this.#isEntered = false;
    process.off('exit', this.#leave);
    this.#output.off('resize', this.#onResize);
    this.#input.off('keypress', this.#press);
    this.#input.setRawMode(false);
    this.#input.pause();
    this.#output.write(SHOW_CURSOR + USUAL_SCREEN);
  }

  /** @param lines as many as the terminal has, none wider than it is */
  draw(lines: readonly string[]): void {
    if (!this.#isEntered) return;
    const picture = lines.map((line) => line + REST_OF_LINE).join('\r\n');
    this.#output.write(BEGIN_PICTURE + HOME + picture + REST_OF_SCREEN + END_PICTURE);
  }

  /** Ctrl-Z: the shell has the terminal until it brings the program back. */
  stop(): void {
    this.leave();
    const goOn = () => {
      process.off('SIGCONT', goOn);
      clearTimeout(timer);
      this.enter();
      this.#onResize();
    };
    process.on('SIGCONT', goOn);
    // Where no shell could bring it back, as when a terminal was opened for this program alone, the system does not stop it.
    const timer = setTimeout(goOn, NOT_STOPPED_MS);
    process.kill(process.pid, 'SIGTSTP');
  }

  readonly #press = (_: string | undefined, key: Key) => this.#onKey(key);
}
