/** A program on a terminal of its own: a pseudo terminal from script(1), and what xterm.js makes of its output. */

import { type ChildProcess, spawn } from 'node:child_process';
import { setTimeout as wait } from 'node:timers/promises';
import xterm from '@xterm/headless';
import { cleanEnv, PROGRAM, ROOT } from './run.ts';

const LOOK_MS = 50;
const PATIENCE_MS = 30_000;

export class TerminalProgram {
  readonly exit: Promise<number | null>;
  readonly #child: ChildProcess;
  readonly #terminal: xterm.Terminal;
  readonly #ended: Promise<void>;
  #written = Promise.resolve();
  #hasEnded = false;

  constructor(args: readonly string[], columns: number, rows: number, env: Record<string, string> = {}) {
    this.#terminal = new xterm.Terminal({ cols: columns, rows, allowProposedApi: true });
    const quoted = [process.execPath, PROGRAM, ...args].map((word) => `'${word.replaceAll("'", "'\\''")}'`).join(' ');
    const command = `stty rows ${rows} cols ${columns}; ${quoted}; code=$?; echo "after it: $code"; exit $code`;
    this.#child = spawn('script', ['-qfec', command, '/dev/null'], {
      cwd: ROOT,
      env: cleanEnv({ TERM: 'xterm-256color', SHELL: '/bin/sh', ...env }),
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    this.#child.stdout!.on('data', (chunk: Buffer) => {
      this.#written = this.#written.then(() => new Promise((resolve) => this.#terminal.write(chunk, resolve)));
    });
    this.exit = new Promise((resolve) => this.#child.on('close', (code) => resolve(code)));
    this.#ended = this.exit.then(() => {
      this.#hasEnded = true;
    });
  }

  /** What the user sees, line by line, without spaces at the ends. */
  get screen(): string {
    const { active } = this.#terminal.buffer;
    const lines: string[] = [];
    for (let i = 0; i < this.#terminal.rows; i++)
      lines.push(active.getLine(active.viewportY + i)?.translateToString(true) ?? '');
    return lines.join('\n').trimEnd();
  }

  /** Whether it has the whole screen, which is given back at the end. */
  get hasWholeScreen(): boolean {
    return this.#terminal.buffer.active.type === 'alternate';
  }

  press(keys: string): void {
    this.#child.stdin!.write(keys);
  }

  /** @returns the first screen that is as wanted */
  async until(isWanted: (screen: string) => boolean): Promise<string> {
    for (let waited = 0; waited < PATIENCE_MS && !this.#hasEnded; waited += LOOK_MS) {
      await this.#written;
      const { screen } = this;
      if (isWanted(screen)) return screen;
      await Promise.race([wait(LOOK_MS), this.#ended]);
    }
    await this.#written;
    if (isWanted(this.screen)) return this.screen;
    throw new Error(`the screen did not become what it should:\n${this.screen}`);
  }

  kill(): void {
    this.#child.kill();
  }
}
