/** Expected errors of starting Zeek: the part of the catalogue (`errors.ts`) about programs, packages and traces. */

import { formatSize } from '../quantity.ts';
import { type ErrorPlace, ExpectedError } from './catalogue.ts';

const GET_ZEEK =
  'Install it (packages and images: https://zeek.org/get-zeek), name it with `zeek` PATH, or run its image with `zeek` docker:zeek/zeek:lts';

export function noZeek(program: string): ExpectedError {
  return new ExpectedError('no-zeek', {}, `there is no program ${program} here`, GET_ZEEK);
}

export function noContainerProgram(): ExpectedError {
  return new ExpectedError(
    'no-container-program',
    {},
    '`zeek` docker: needs docker or podman, and neither is on PATH',
    'Install one of them, or Zeek itself',
  );
}

const WHAT_IS_A_PACKAGE =
  'Give a folder with a zkg.meta or an __load__.zeek, a .zeek script, or the name of a package that zkg has installed';

export function notAPackage(file: string, reason: string, cure = WHAT_IS_A_PACKAGE): ExpectedError {
  return new ExpectedError('not-a-package', { file }, reason, cure);
}

export function noSuchPackage(name: string): ExpectedError {
  return new ExpectedError(
    'no-such-package',
    { file: name },
    "is no file or folder, and Zeek's search path holds no package of this name",
    'Check the name (zkg list), or give its folder',
  );
}

export function noPackageGiven(): ExpectedError {
  return new ExpectedError(
    'no-package-given',
    {},
    'no package given',
    'Give a folder with a zkg.meta, a .zeek script, or the name of a package that zkg has installed',
  );
}

export function nothingToCheck(places: readonly string[], name: string): ExpectedError {
  return new ExpectedError(
    'nothing-to-check',
    {},
    `\`check\` finds no budget in ${places.join(' or ')}`,
    `Write { "packages": { ${JSON.stringify(name)}: "1 MB" } } to ${places[0]}, or compare with a good version: \`against\` main`,
  );
}

export function cannotFill(type: string, reason: string): ExpectedError {
  const shown = type.length > 60 ? `${type.slice(0, 59)}…` : type;
  return new ExpectedError(
    'cannot-fill',
    {},
    `${shown} cannot be filled to be measured: ${reason}`,
    'Measure a table, set or vector of other types, or estimate it instead',
  );
}

export function tooLargeToFill(bytes: number, free: number): ExpectedError {
  const [needs, has] = [bytes, free].map((value) => formatSize(Math.round(value), 'bytes'));
  return new ExpectedError(
    'too-large-to-fill',
    {},
    `filling two of it would take some ${needs}, and of this machine's memory ${has} are free`,
    'Measure fewer `entries`: beyond some thousands, memory grows in proportion',
  );
}

/** @param zeek a program, or an image */
export function noProfiler(zeek: string): ExpectedError {
  return new ExpectedError(
    'no-profiler',
    { file: zeek },
    'is a Zeek that has no profiler of scripts (--profile-scripts), which `functions` needs',
    'Use a newer one, such as 8.0, or leave out `functions`',
  );
}

export function noTraceGiven(): ExpectedError {
  return new ExpectedError('no-trace-given', {}, 'no packets to run it on', 'Give a trace with `traces` FILE');
}

export function notATrace(file: string): ExpectedError {
  return new ExpectedError(
    'not-a-trace',
    { file },
    'is neither a pcap nor a pcapng file',
    'Give a trace as tcpdump or Wireshark write it, plain or compressed with gzip or zstd',
  );
}

export function emptyTrace(file: string): ExpectedError {
  return new ExpectedError('empty-trace', { file }, 'holds no packet', 'Give a trace with packets');
}

export function damagedTrace(file: string, packets: number): ExpectedError {
  return new ExpectedError(
    'damaged-trace',
    { file },
    `is damaged after ${packets} packet${packets === 1 ? '' : 's'}`,
    'Copy it again, or cut it there, for example with editcap',
  );
}

export function noTraceIn(folder: string): ExpectedError {
  return new ExpectedError('no-trace-in-folder', { file: folder }, 'holds no pcap or pcapng file', 'Check the folder');
}

export function differentLinkTypes(first: string, second: string): ExpectedError {
  return new ExpectedError(
    'different-link-types',
    { file: second },
    `was recorded on another kind of link than ${first}, so the two cannot be read as one`,
    'Profile them one at a time',
  );
}

/** Zeek's own words, with the place it names. */
export function zeekSays(place: ErrorPlace, message: string, cure: string): ExpectedError {
  return new ExpectedError('zeek-error', place, message, cure);
}

export function zeekCrashed(signal: string, after: string, last: string): ExpectedError {
  const memory = signal === 'SIGKILL' ? ', most likely for lack of memory' : '';
  const said = last === '' ? '' : `; the last it said: ${last}`;
  return new ExpectedError(
    'zeek-crashed',
    {},
    `Zeek was ended by ${signal}${memory}, ${after}${said}`,
    'See whether zeek -r with the same trace and package does the same; `keep` keeps what it wrote',
  );
}

export function zeekFailed(code: number, after: string, last: string): ExpectedError {
  const said = last === '' ? '' : `; the last it said: ${last}`;
  return new ExpectedError(
    'zeek-failed',
    {},
    `Zeek ended with exit code ${code}, ${after}${said}`,
    'See what calls exit() in the package; `keep` keeps what Zeek wrote',
  );
}

export function zeekTimedOut(limit: string, after: string): ExpectedError {
  return new ExpectedError(
    'zeek-timeout',
    {},
    `Zeek had not ended after ${limit}, ${after}, and was stopped`,
    'Give it more time with `timeout`, or look for a loop that does not end',
  );
}

export function nothingMeasured(reason: string): ExpectedError {
  return new ExpectedError(
    'nothing-measured',
    {},
    `Zeek ran, but ${reason}`,
    'See what in the package changes the streams or options of my_stats; `keep` keeps what Zeek wrote',
  );
}

export function gitFailed(ref: string, folder: string, reason: string): ExpectedError {
  return new ExpectedError(
    'git-failed',
    { file: folder },
    `git has no version ${ref} of it (${reason})`,
    "Give a folder, or a commit, tag or branch of the package's repository",
  );
}

export function nodeDidNotReport(nodes: readonly string[], seconds: number, said: string): ExpectedError {
  const what = said === '' ? '' : `; ${said}`;
  return new ExpectedError(
    'node-silent',
    {},
    `${nodes.join(', ')} did not report within ${seconds} s${what}`,
    'See the files of the nodes with `keep`, or give them more time with `timeout`',
  );
}

export function notAnAddress(text: string): ExpectedError {
  return new ExpectedError(
    'not-an-address',
    {},
    `${JSON.stringify(text)} is no address of a WebSocket`,
    'Give HOST:PORT, or ws://HOST:PORT/v1/messages/json',
  );
}

const LET_IT_LISTEN =
  'The manager must listen: UseWebSocket = 1 in zeekctl.cfg, or Cluster::listen_websocket() in a script, and its port here by `url`';

/** @param reason what kept us from asking, in words */
export function cannotAsk(url: string, reason: string): ExpectedError {
  return new ExpectedError('cannot-ask', { file: url }, `no Zeek to ask: ${reason}`, LET_IT_LISTEN);
}

/** @param who a node, or null for all that there are */
export function nobodyAnswered(url: string, who: string | null, timeout: number): ExpectedError {
  const what = who === null ? 'no node answered' : `${who} did not answer`;
  return new ExpectedError(
    'nobody-answered',
    { file: url },
    `${what} within ${timeout} s`,
    'See that the nodes load my_stats with answer_requests = T and that the node is one of them, or give them longer with `timeout`',
  );
}

export function requestRefused(node: string, reason: string): ExpectedError {
  return new ExpectedError(
    'request-refused',
    { file: node },
    `refused to measure now: ${reason}`,
    'Ask again a little later; my_stats::min_request_interval says how often it may be asked',
  );
}
