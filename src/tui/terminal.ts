/** The whole of a terminal: keys come in one by one, a picture goes out at once, and at the end all is as it was. */

import { emitKeypressEvents, type Interface } from 'node:readline';
import { PassThrough } from 'node:stream';
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
/** Clicks and the wheel, as `CSI < button ; column ; row M`. */
const REPORT_MOUSE = '\x1b[?1000h\x1b[?1006h';
const IGNORE_MOUSE = '\x1b[?1006l\x1b[?1000l';
const ESCAPE = '\x1b';
const MOUSE = new RegExp(`${ESCAPE}\\[<(\\d+);(\\d+);(\\d+)([Mm])`, 'g');
/** The beginning of one whose end is still to come. */
const UNFINISHED = new RegExp(`${ESCAPE}\\[<[\\d;]*$`);
/** Keys such as the arrows begin with what escape sends: after this long, it was escape. */
const ESCAPE_MS = 50;
/** A program that still runs so long after it asked to be stopped was not. */
const NOT_STOPPED_MS = 200;

/** A place of the screen, counted from 0. */
export interface Click {
  readonly kind: 'click' | 'wheel-up' | 'wheel-down';
  readonly x: number;
  readonly y: number;
}

export interface TerminalStreams {
  readonly input: ReadStream;
  readonly output: WriteStream;
}

export class Terminal {
  readonly #input: ReadStream;
  readonly #output: WriteStream;
  readonly #onKey: (key: Key) => void;
  readonly #onClick: (click: Click) => void;
  readonly #keys = new PassThrough();
  readonly #onResize: () => void;
  readonly #leave = () => this.leave();
  #isEntered = false;
  #unfinished = '';

  /** @param onResize also called when the program comes back to the foreground */
  constructor(
    { input, output }: TerminalStreams,
    onKey: (key: Key) => void,
    onClick: (click: Click) => void,
    onResize: () => void,
  ) {
    this.#input = input;
    this.#output = output;
    this.#onKey = onKey;
    this.#onClick = onClick;
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
    emitKeypressEvents(this.#keys, { escapeCodeTimeout: ESCAPE_MS } as unknown as Interface);
    this.#input.setRawMode(true);
    this.#keys.on('keypress', this.#press);
    this.#input.on('data', this.#take);
    this.#input.resume();
    this.#output.on('resize', this.#onResize);
    this.#output.write(ALTERNATE_SCREEN + HIDE_CURSOR + REPORT_MOUSE);
    // However the program ends, the shell gets its terminal back.
    process.on('exit', this.#leave);
  }

  leave(): void {
    if (!this.#isEntered) return;
    this.#isEntered = false;
    process.off('exit', this.#leave);
    this.#output.off('resize', this.#onResize);
    this.#input.off('data', this.#take);
    this.#keys.off('keypress', this.#press);
    this.#input.setRawMode(false);
    this.#input.pause();
    this.#output.write(IGNORE_MOUSE + SHOW_CURSOR + USUAL_SCREEN);
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

  /** Takes clicks out of what comes in; byte for byte, since a character may come in pieces. */
  readonly #take = (chunk: Buffer) => {
    const text = this.#unfinished + chunk.toString('latin1');
    this.#unfinished = UNFINISHED.exec(text)?.[0] ?? '';
    const whole = text.slice(0, text.length - this.#unfinished.length);
    for (const [, button, column, row, end] of whole.matchAll(MOUSE)) {
      const kind = button === '64' ? 'wheel-up' : button === '65' ? 'wheel-down' : button === '0' ? 'click' : null;
      if (kind !== null && end === 'M') this.#onClick({ kind, x: Number(column) - 1, y: Number(row) - 1 });
    }
    const keys = whole.replace(MOUSE, '');
    if (keys !== '') this.#keys.write(Buffer.from(keys, 'latin1'));
  };

  readonly #press = (_: string | undefined, key: Key) => this.#onKey(key);
}
