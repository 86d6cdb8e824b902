/**
 * Runs one program to its end and leaves nothing of it behind: neither when it hangs, nor when this program is
 * interrupted, nor when this program itself is killed.
 */

import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import type { Readable } from 'node:stream';
import { killRun, RUN_VARIABLE, runGone } from './run-processes.ts';

export interface ProcessSpec {
  /** Path of the program. */
  readonly program: string;
  readonly args: readonly string[];
  readonly folder: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Seconds after which it is stopped; null for no limit. */
  readonly timeout: number | null;
  /** How long it may take to end when it is asked to, seconds. */
  readonly grace?: number;
  /** Asks it to end; what it wrote up to then stays. */
  readonly signal?: AbortSignal | undefined;
  /** For programs that stand for one elsewhere, such as a container: ends that one by force. */
  readonly forceEnd?: (() => void) | undefined;
}

export interface ProcessEnd {
  /** Null where a signal ended it. */
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  /** Why it ended. */
  readonly cause: 'itself' | 'timeout' | 'interrupt';
  /** True where it did not end when asked to. */
  readonly forced: boolean;
  /** How many processes that it had started were still there at its end; they were killed. */
  readonly left: number;
  /** The first and the last of what it wrote. */
  readonly stderr: string;
  readonly stdout: string;
  /** All it wrote to standard output, bytes. */
  readonly stdoutBytes: number;
  /** Seconds. */
  readonly elapsed: number;
}

/** How long a program that was asked to end may take to do so where nothing else is said, seconds. */
const GRACE = 10;
/** What is kept of an output's beginning, and of its end, bytes. */
const KEPT = 32 * 1024;

/**
 * Two processes, in a group of their own. The second waits until the other end of descriptor 3 closes, which happens
 * when this program ends, however that may be; then it ends the group, and what has left it.
 */
const WITH_GUARD = `run=$1
shift
(
  trap '' TERM INT HUP
  PATH=/usr/bin:/bin
  cat <&3
  kill -TERM 0
  tenths=0
  while kill -0 $$ && [ $tenths -lt 100 ]; do sleep 0.1; tenths=$((tenths + 1)); done
  for file in $(grep -lF "${RUN_VARIABLE}=$run" /proc/[0-9]*/environ); do
    file=\${file#/proc/}
    kill -KILL \${file%/environ}
  done
  kill -KILL 0
) >/dev/null 2>&1 &
export ${RUN_VARIABLE}="$run"
exec 3<&-
exec "$@"`;

/** Never rejects for what the program does; its end tells. */
export function runProcess(spec: ProcessSpec): Promise<ProcessEnd> {
  const start = performance.now();
  const run = randomUUID();
  const child = spawn('/bin/sh', ['-c', WITH_GUARD, 'sh', run, spec.program, ...spec.args], {
    cwd: spec.folder,
    env: spec.env as NodeJS.ProcessEnv,
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
    detached: true,
  });
  const stdout = new Excerpt(child.stdout as Readable);
  const stderr = new Excerpt(child.stderr as Readable);
  // The guard's end of the pipe can be gone before ours.
  child.stdio[3]?.on('error', () => {});
  return new Promise((resolve, reject) => {
    const stop = new Stop(child, run, spec.grace ?? GRACE, spec.forceEnd);
    const limit = spec.timeout === null ? null : setTimeout(() => stop.ask('timeout'), spec.timeout * 1000);
    const interrupted = () => stop.ask('interrupt');
    if (spec.signal?.aborted) interrupted();
    spec.signal?.addEventListener('abort', interrupted);
    const release = () => {
      if (limit !== null) clearTimeout(limit);
      spec.signal?.removeEventListener('abort', interrupted);
      stop.end();
    };
    child.once('error', (error) => {
      release();
      reject(error);
    });
    child.once('exit', (code, signal) => {
      release();
      whenClosed(child, async () => {
        await runGone(run);
        resolve({
          code,
          signal,
          cause: stop.cause,
          forced: stop.forced,
          left: stop.left,
          stdout: stdout.text,
          stdoutBytes: stdout.bytes,
          stderr: stderr.text,
          elapsed: (performance.now() - start) / 1000,
        });
      });
    });
  });
}

/** Ends a program: first it is asked to, and after a while its whole group is killed. */
class Stop {
  cause: ProcessEnd['cause'] = 'itself';
  forced = false;
  left = 0;
  readonly #child: ChildProcess;
  readonly #run: string;
  readonly #grace: number;
  readonly #forceEnd: (() => void) | undefined;
  #patience: NodeJS.Timeout | null = null;
  #ended = false;
  readonly #onExit = () => this.#kill();

  constructor(child: ChildProcess, run: string, grace: number, forceEnd: (() => void) | undefined) {
    this.#child = child;
    this.#run = run;
    this.#grace = grace;
    this.#forceEnd = forceEnd;
    // Before folders go that it may write to.
    process.prependListener('exit', this.#onExit);
  }

  ask(cause: 'timeout' | 'interrupt'): void {
    if (this.#ended || this.cause !== 'itself') return;
    this.cause = cause;
    this.#child.kill('SIGTERM');
    this.#patience = setTimeout(() => {
      this.forced = true;
      this.#kill();
    }, this.#grace * 1000);
  }

  /** After the program has ended: the guard and whatever it started go as well. */
  end(): void {
    if (this.#ended) return;
    if (this.#patience !== null) clearTimeout(this.#patience);
    this.#ended = true;
    process.off('exit', this.#onExit);
    killGroup(this.#child.pid);
    this.left = killRun(this.#run);
  }

  #kill(): void {
    this.#forceEnd?.();
    killGroup(this.#child.pid);
    killRun(this.#run);
  }
}

/** The guard is in the group until it is killed here, so the number cannot have become somebody else's. */
function killGroup(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // It has gone.
  }
}

/** A process that left the group may hold the pipes open for ever: it is not waited for long. */
function whenClosed(child: ChildProcess, then: () => void): void {
  const timer = setTimeout(() => {
    child.stdout?.destroy();
    child.stderr?.destroy();
  }, 2000);
  child.once('close', () => {
    clearTimeout(timer);
    then();
  });
}

/** The beginning and the end of an output of any length. */
class Excerpt {
  bytes = 0;
  #head = Buffer.alloc(0);
  #tail = Buffer.alloc(0);

  constructor(stream: Readable) {
    stream.on('error', () => {});
    stream.on('data', (chunk: Buffer) => {
      this.bytes += chunk.length;
      const room = KEPT - this.#head.length;
      if (room > 0) this.#head = Buffer.concat([this.#head, chunk.subarray(0, room)]);
      if (chunk.length > room)
        this.#tail = Buffer.concat([this.#tail, chunk.subarray(Math.max(0, room))]).subarray(-KEPT);
    });
  }

  get text(): string {
    const left = this.bytes - this.#head.length - this.#tail.length;
    const gap = left > 0 ? `\n[${left} bytes left out]\n` : '';
    return this.#head.toString('utf8') + gap + this.#tail.toString('utf8');
  }
}
