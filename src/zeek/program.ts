/** Where Zeek is: a program of this machine, or one in a container image. */

import { spawnSync } from 'node:child_process';
import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, isAbsolute, join, resolve } from 'node:path';
import { noContainerProgram, noZeek, zeekTimedOut } from '../model/errors/zeek-errors.ts';
import { formatDuration } from '../model/time.ts';
import { runProcess } from './process.ts';
import { listProfilerArguments } from './script-profiler.ts';

/** How a program is started, and what is to be done to end it by force. */
interface Invocation {
  readonly program: string;
  readonly args: readonly string[];
  readonly forceEnd?: () => void;
}

/** What a run of Zeek needs of the file system. Outside of containers nothing has to be done for it. */
interface Places {
  /** Where it writes. */
  readonly folder: string;
  /** What it reads besides: files and folders. */
  readonly reads: readonly string[];
  /** Variables it needs besides those it inherits. */
  readonly env: Readonly<Record<string, string>>;
}

export interface ZeekProgram {
  /** As users know it: a path, or an image. */
  readonly name: string;
  /** How to start Zeek with these arguments. */
  invoke(args: readonly string[], places: Places): Invocation;
}

const IMAGE = /^(docker|podman):(.+)$/;

/**
 * @param wish a path, `docker:IMAGE`, or null for `zeek` on PATH
 * @throws ExpectedError where there is none
 */
export function findZeek(wish: string | null, path: string | undefined): ZeekProgram {
  const image = IMAGE.exec(wish ?? '');
  if (image !== null) return inContainer(image[1]!, image[2]!, path);
  const wanted = wish ?? 'zeek';
  const program = findProgram(wanted, path);
  if (program === null) throw noZeek(wanted);
  return { name: program, invoke: (args) => ({ program, args }) };
}

/** The path of a program, or null. */
function findProgram(name: string, path: string | undefined): string | null {
  if (name.includes('/')) return isProgram(resolve(name)) ? resolve(name) : null;
  for (const folder of (path ?? '').split(delimiter)) {
    const candidate = join(folder, name);
    if (isAbsolute(folder) && isProgram(candidate)) return candidate;
  }
  return null;
}

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}

let containers = 0;

/**
 * Everything is mounted under the path it has outside, so that messages and logs name what the user knows. Only the
 * folder for the results can be written, and there is no network.
 */
function inContainer(wished: string, image: string, path: string | undefined): ZeekProgram {
  const program = findProgram(wished, path) ?? findProgram('docker', path) ?? findProgram('podman', path);
  if (program === null) throw noContainerProgram();
  return {
    name: `${wished}:${image}`,
    invoke: (args, { folder, reads, env }) => {
      const name = `my-stats-${process.pid}-${++containers}`;
      const user = process.getuid === undefined ? [] : ['--user', `${process.getuid()}:${process.getgid!()}`];
      const mounts = [writeMount(folder), ...reads.map((read) => `${writeMount(read)},readonly`)];
      return {
        program,
        args: [
          ...['run', '--rm', '--init', '--network', 'none', '--name', name, ...user, '--workdir', folder],
          ...mounts.flatMap((text) => ['--mount', text]),
          ...Object.entries(env).flatMap(([key, value]) => ['--env', `${key}=${value}`]),
          ...[image, 'zeek', ...args],
        ],
        forceEnd: () => {
          spawnSync(program, ['kill', name], { stdio: 'ignore', timeout: 5000 });
        },
      };
    },
  };
}

/** The option is CSV: a path may hold a comma or a quote. */
function writeMount(path: string): string {
  const field = (text: string) => (/[",]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  return ['type=bind', field(`source=${path}`), field(`target=${path}`)].join(',');
}

interface ZeekHelp {
  /** Zeek's own folders of scripts; empty where it does not tell. */
  readonly searchPath: readonly string[];
  /** What turns its profiler of scripts on; none where it has none. */
  readonly profilerArguments: readonly string[];
}

/**
 * What it tells of itself with `--help`.
 *
 * @param timeout seconds; null for no limit
 * @throws ExpectedError where it does not end within that time
 */
export async function askForHelp(
  zeek: ZeekProgram,
  folder: string,
  { timeout, signal }: { readonly timeout: number | null; readonly signal?: AbortSignal | undefined },
): Promise<ZeekHelp> {
  const invocation = zeek.invoke(['--help'], { folder, reads: [], env: {} });
  const { stdout, cause } = await runProcess({ ...invocation, folder, env: process.env, timeout, signal, grace: 1 });
  if (cause === 'timeout') throw zeekTimedOut(formatDuration(timeout!), 'asked for nothing but its help');
  const found = /\$ZEEKPATH\s*\|\s*file search path \(([^\n]*)\)/.exec(stdout);
  return {
    searchPath: (found?.[1] ?? '').split(':').filter((path) => path !== '' && path !== '.'),
    profilerArguments: listProfilerArguments(stdout),
  };
}
