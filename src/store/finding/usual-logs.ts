/** Where logs are when nobody says where. */

import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { CONNECTIONS, NODE_RUNS, SAMPLES, VARIABLES } from '../../format/log-kind.ts';
import { noPaths } from '../../model/errors/catalogue.ts';
import { readTextFile } from '../reading/text-file.ts';
import { listEntries, listFiles } from './names.ts';

interface UsualLogs {
  readonly paths: readonly string[];
  /** A sentence that says what was taken, and why. */
  readonly note: string;
}

interface Place {
  readonly path: string;
  /** Who puts logs there. */
  readonly reason: string;
}

const KINDS = [SAMPLES, NODE_RUNS, VARIABLES, CONNECTIONS];

/** Below which zeekctl may be installed; it was called broctl before 3.0. */
const PREFIXES = ['/opt/zeek', '/usr/local/zeek', '/opt/bro', '/usr/local/bro', '/usr/local', '/usr', '/nsm/zeek'];
const CONFIGURATIONS = ['etc/zeekctl.cfg', 'etc/broctl.cfg'];
const PACKAGED_CONFIGURATIONS = ['/etc/zeek/zeekctl.cfg', '/etc/zeekctl.cfg', '/etc/bro/broctl.cfg'];

const PLACES: readonly Place[] = [
  ...['/nsm/zeek/logs', '/nsm/zeek/spool', '/nsm/bro/logs'].map((path) => ({ path, reason: 'Security Onion' })),
  ...['~/Malcolm/zeek-logs', '/opt/Malcolm/zeek-logs', '/home/sensor/zeek_logs', '/capture/zeek', '/zeek'].flatMap(
    (path) => ['', '/live/logs', '/logs', '/current'].map((folder) => ({ path: path + folder, reason: 'Malcolm' })),
  ),
  ...[...PREFIXES, '/var/lib/zeek'].map((prefix) => ({ path: `${prefix}/logs`, reason: 'an installation of Zeek' })),
  ...['/var/log/zeek', '/var/log/bro', '/var/spool/zeek', '/var/spool/bro'].map((path) => ({
    path,
    reason: 'the package of a distribution',
  })),
];

/**
 * The first that holds logs of ours: this folder, `MY_STATS_LOGS`, where zeekctl's settings say, and where others put
 * them. What `MY_STATS_LOGS` names is taken whatever it is.
 *
 * @param root what stands for `/`
 * @throws ExpectedError where there are none
 */
export function findUsualLogs(environment: NodeJS.ProcessEnv = process.env, root = '/'): UsualLogs {
  if (listFiles('.', KINDS, () => {}).length > 0) return taken('.', 'this folder');
  const { MY_STATS_LOGS: named, PATH: path } = environment;
  if (named) return taken(named, 'MY_STATS_LOGS');
  const unreadable: string[] = [];
  for (const { path: place, reason } of [...configured(path ?? '', root), ...PLACES]) {
    const folder = place.startsWith('~') ? join(homedir(), place.slice(1)) : join(root, place);
    if (!existsSync(folder)) continue;
    if (listFiles(folder, KINDS, () => {}).length > 0) return taken(folder, reason);
    listEntries(folder, () => unreadable.push(folder));
  }
  throw noPaths([...new Set(unreadable)]);
}

function taken(path: string, reason: string): UsualLogs {
  const what = path === '.' ? 'those in this folder were taken' : `those in ${path} were taken (${reason})`;
  return { paths: [path], note: `No logs were given: ${what}` };
}

/** What the settings of zeekctl name: its archive, and what nodes write to while they run. */
function configured(path: string, root: string): Place[] {
  const ofPrograms = path
    .split(delimiter)
    .filter((folder) => ['zeekctl', 'broctl'].some((name) => existsSync(join(folder, name))))
    .map((folder) => dirname(folder));
  const files = [
    ...[...ofPrograms, ...PREFIXES].flatMap((prefix) =>
      CONFIGURATIONS.map((name) => ({ prefix, file: join(root, prefix, name) })),
    ),
    ...PACKAGED_CONFIGURATIONS.map((file) => ({ prefix: '/usr', file: join(root, file) })),
  ];
  return files.flatMap(({ prefix, file }) => {
    const text = textOf(file);
    if (text === null) return [];
    const { logdir, spooldir } = settingsIn(text, prefix);
    const spools =
      spooldir === undefined ? [] : listEntries(join(root, spooldir), () => {}).map((name) => join(spooldir, name));
    return [
      ...(logdir === undefined ? [] : [{ path: logdir, reason: `LogDir of ${file}` }]),
      ...spools.map((spool) => ({ path: spool, reason: `SpoolDir of ${file}` })),
    ];
  });
}

/** `NAME = VALUE`; names are written in any case, and values may contain `${NAME}`. */
function settingsIn(text: string, prefix: string): Readonly<Record<string, string>> {
  const settings: Record<string, string> = { zeekbase: prefix, brobase: prefix, prefix };
  for (const line of text.split('\n')) {
    const [, name, value] = /^\s*(\w+)\s*=\s*(\S.*?)\s*$/.exec(line) ?? [];
    if (name === undefined) continue;
    settings[name.toLowerCase()] = value!.replace(
      /\$\{(\w+)\}/g,
      (whole, other: string) => settings[other.toLowerCase()] ?? whole,
    );
  }
  return settings;
}

/** Null where there is none, or none that may be read. */
function textOf(file: string): string | null {
  try {
    return readTextFile(file);
  } catch {
    return null;
  }
}
