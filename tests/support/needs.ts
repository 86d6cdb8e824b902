/** What tests need that not every machine has. Without it they are skipped; `skipped.ts` says so at the end. */

import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import type { SuiteOptions } from 'vitest';

declare module 'vitest' {
  interface TaskMeta {
    /** What is missing here, for a test that is skipped. */
    needs?: string;
  }
}

const CHROMIUM_PATHS = [
  process.env.CHROME_PATH,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
];

/** Null where none is installed. */
export const CHROMIUM: string | null = CHROMIUM_PATHS.find((path) => path !== undefined && existsSync(path)) ?? null;

/** By what the summary calls it: whether it is here. `.ci/run` installs all but Zeek. */
const NEEDS = {
  zeek: () => runs('zeek', '--version'),
  'zeek from 5.0 on': () => zeekMajor() >= 5,
  btest: () => runs('btest', '--version'),
  chromium: () => CHROMIUM !== null,
  man: () => runs('man', '--version'),
  bash: () => runs('bash', '--version'),
  fish: () => runs('fish', '--version'),
  zsh: () => runs('zsh', '--version'),
  script: () => runs('script', '--version'),
  zstd: () => runs('zstd', '--version'),
  bzip2: () => runs('bzip2', '--version'),
  xz: () => runs('xz', '--version'),
  lz4: () => runs('lz4', '--version'),
  go: () => runs('go', 'version'),
  openssl: () => runs('openssl', 'version'),
  promtool: () => runs('promtool', '--version'),
  prometheus: () => runs('prometheus', '--version'),
  'systemd-analyze': () => runs('systemd-analyze', '--version'),
  'prometheus_client of Python': () => runs('/usr/bin/python3', '-c', 'import prometheus_client'),
  '/dev/full': () => existsSync('/dev/full'),
  'the right to mount a file system': () => runs('unshare', ...MOUNTING, 'mount', '-t', 'tmpfs', 'tmpfs', '/mnt'),
} as const satisfies Readonly<Record<string, () => boolean>>;

/** Arguments of `unshare` after which a program may mount: nobody else sees what it mounts, and it goes with it. */
const MOUNTING = ['--map-root-user', '--mount'] as const;

type Need = keyof typeof NEEDS;

/** Options for `describe` and `test`: they are skipped where one of these is not here. */
export function needs(...wanted: readonly Need[]): Pick<SuiteOptions, 'skip' | 'meta'> {
  const missing = wanted.filter((need) => !NEEDS[need]());
  return missing.length === 0 ? {} : { skip: true, meta: { needs: missing.join(' and ') } };
}

/** Arguments of `unshare` for a command that finds `folder` to be a disk of so many megabytes. */
export function onSmallDisk(folder: string, megabytes: number, command: readonly string[]): readonly string[] {
  const mount = `mount -t tmpfs -o size=${megabytes}m tmpfs "$0" && exec "$@"`;
  return [...MOUNTING, 'sh', '-c', mount, folder, ...command];
}

function runs(program: string, ...args: readonly string[]): boolean {
  return spawnSync(program, args, { stdio: 'ignore' }).status === 0;
}

function zeekMajor(): number {
  const { stdout } = spawnSync('zeek', ['--version'], { encoding: 'utf8' });
  return Number(/version (\d+)/.exec(stdout ?? '')?.[1] ?? 0);
}
