/** Expected errors of starting Zeek: the part of the catalogue about programs, packages and traces. */

import { formatSize } from '../quantity.ts';
import { defineError, type ErrorPlace } from './catalogue.ts';

const GET_ZEEK =
  'Install it (packages and images: https://zeek.org/get-zeek), name it with `zeek` PATH, or run its image with `zeek` docker:zeek/zeek:lts';

export const noZeek = defineError('no-zeek', (program: string) => ({
  what: `there is no program ${program} here`,
  cure: GET_ZEEK,
}));

export const noContainerProgram = defineError('no-container-program', () => ({
  what: '`zeek` docker: needs docker or podman, and neither is on PATH',
  cure: 'Install one of them, or Zeek itself',
}));

const WHAT_IS_A_PACKAGE =
  'Give a folder with a zkg.meta or an __load__.zeek, a .zeek script, or the name of a package that zkg has installed';

export const notAPackage = defineError(
  'not-a-package',
  (file: string, reason: string, cure: string = WHAT_IS_A_PACKAGE) => ({
    file,
    what: reason,
    cure,
  }),
);

export const noSuchPackage = defineError('no-such-package', (name: string) => ({
  file: name,
  what: "is no file or folder, and Zeek's search path holds no package of this name",
  cure: 'Check the name (zkg list), or give its folder',
}));

export const noPackageGiven = defineError('no-package-given', () => ({
  what: 'no package given',
  cure: 'Give a folder with a zkg.meta, a .zeek script, or the name of a package that zkg has installed',
}));

export const nothingToCheck = defineError('nothing-to-check', (places: readonly string[], name: string) => ({
  what: `\`check\` finds no budget in ${places.join(' or ')}`,
  cure: `Write { "packages": { ${JSON.stringify(name)}: "1 MB" } } to ${places[0]}, or compare with a good version: \`against\` main`,
}));

export const cannotFill = defineError('cannot-fill', (type: string, reason: string) => {
  const shown = type.length > 60 ? `${type.slice(0, 59)}…` : type;
  return {
    what: `${shown} cannot be filled to be measured: ${reason}`,
    cure: 'Measure a table, set or vector of other types, or estimate it instead',
  };
});

export const tooLargeToFill = defineError('too-large-to-fill', (bytes: number, free: number) => {
  const [needs, has] = [bytes, free].map((value) => formatSize(Math.round(value), 'bytes'));
  return {
    what: `filling two of it would take some ${needs}, and of this machine's memory ${has} are free`,
    cure: 'Measure fewer `entries`: beyond some thousands, memory grows in proportion',
  };
});

/** @param zeek a program, or an image */
export const noProfiler = defineError('no-profiler', (zeek: string) => ({
  file: zeek,
  what: 'is a Zeek that has no profiler of scripts (--profile-scripts), which `functions` needs',
  cure: 'Use a newer one, such as 8.0, or leave out `functions`',
}));

export const noTraceGiven = defineError('no-trace-given', () => ({
  what: 'no packets to run it on',
  cure: 'Give a trace with `traces` FILE',
}));

export const notATrace = defineError('not-a-trace', (file: string) => ({
  file,
  what: 'is neither a pcap nor a pcapng file',
  cure: 'Give a trace as tcpdump or Wireshark write it, plain or compressed with gzip or zstd',
}));

export const emptyTrace = defineError('empty-trace', (file: string) => ({
  file,
  what: 'holds no packet',
  cure: 'Give a trace with packets',
}));

export const damagedTrace = defineError('damaged-trace', (file: string, packets: number) => ({
  file,
  what: `is damaged after ${packets} packet${packets === 1 ? '' : 's'}`,
  cure: 'Copy it again, or cut it there, for example with editcap',
}));

export const noTraceIn = defineError('no-trace-in-folder', (folder: string) => ({
  file: folder,
  what: 'holds no pcap or pcapng file',
  cure: 'Check the folder',
}));

export const differentLinkTypes = defineError('different-link-types', (first: string, second: string) => ({
  file: second,
  what: `was recorded on another kind of link than ${first}, so the two cannot be read as one`,
  cure: 'Profile them one at a time',
}));

/** Zeek's own words, with the place it names. */
export const zeekSays = defineError('zeek-error', (place: ErrorPlace, message: string, cure: string) => ({
  ...place,
  what: message,
  cure,
}));

export const zeekCrashed = defineError('zeek-crashed', (signal: string, after: string, last: string) => {
  const memory = signal === 'SIGKILL' ? ', most likely for lack of memory' : '';
  const said = last === '' ? '' : `; the last it said: ${last}`;
  return {
    what: `Zeek was ended by ${signal}${memory}, ${after}${said}`,
    cure: 'See whether zeek -r with the same trace and package does the same; `keep` keeps what it wrote',
  };
});

export const zeekFailed = defineError('zeek-failed', (code: number, after: string, last: string) => {
  const said = last === '' ? '' : `; the last it said: ${last}`;
  return {
    what: `Zeek ended with exit code ${code}, ${after}${said}`,
    cure: 'See what calls exit() in the package; `keep` keeps what Zeek wrote',
  };
});

export const zeekTimedOut = defineError('zeek-timeout', (limit: string, after: string) => ({
  what: `Zeek had not ended after ${limit}, ${after}, and was stopped`,
  cure: 'Give it more time with `timeout`, or look for a loop that does not end',
}));

export const nothingMeasured = defineError('nothing-measured', (reason: string) => ({
  what: `Zeek ran, but ${reason}`,
  cure: 'See what in the package changes the streams or options of my_stats; `keep` keeps what Zeek wrote',
}));

export const gitFailed = defineError('git-failed', (ref: string, folder: string, reason: string) => ({
  file: folder,
  what: `git has no version ${ref} of it (${reason})`,
  cure: "Give a folder, or a commit, tag or branch of the package's repository",
}));

export const nodeDidNotReport = defineError(
  'node-silent',
  (nodes: readonly string[], seconds: number, said: string) => {
    const what = said === '' ? '' : `; ${said}`;
    return {
      what: `${nodes.join(', ')} did not report within ${seconds} s${what}`,
      cure: 'See the files of the nodes with `keep`, or give them more time with `timeout`',
    };
  },
);

export const notAnAddress = defineError('not-an-address', (text: string) => ({
  what: `${JSON.stringify(text)} is no address of a WebSocket`,
  cure: 'Give HOST:PORT, or ws://HOST:PORT/v1/messages/json',
}));

const LET_IT_LISTEN =
  'The manager must listen: UseWebSocket = 1 in zeekctl.cfg, or Cluster::listen_websocket() in a script, and its port here by `url`';

/** @param reason what kept us from asking, in words */
export const cannotAsk = defineError('cannot-ask', (url: string, reason: string) => ({
  file: url,
  what: `no Zeek to ask: ${reason}`,
  cure: LET_IT_LISTEN,
}));

/** @param who a node, or null for all that there are */
export const nobodyAnswered = defineError('nobody-answered', (url: string, who: string | null, timeout: number) => {
  const what = who === null ? 'no node answered' : `${who} did not answer`;
  return {
    file: url,
    what: `${what} within ${timeout} s`,
    cure: 'See that the nodes load my_stats with answer_requests = T and that the node is one of them, or give them longer with `timeout`',
  };
});

export const requestRefused = defineError('request-refused', (node: string, reason: string) => ({
  file: node,
  what: `refused to measure now: ${reason}`,
  cure: 'Ask again a little later; my_stats::min_request_interval says how often it may be asked',
}));
