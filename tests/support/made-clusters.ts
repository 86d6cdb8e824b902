/** Clusters that behave in known ways, for the tests of what is found in their logs. */

import type { MadeNode } from './made-logs.ts';

const MB = 1e6;
const HOUR = 3600;
export const DAY = 24 * HOUR;

/** Numbers between -1 and 1 that look random and are the same in every run of the tests. */
export function noise(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 31 - 1;
  };
}

/** Goes up as memory does: by what was needed at most until now, in steps of malloc's. */
export function highWater(): (bytes: number) => number {
  let most = 0;
  return (bytes) => {
    most = Math.max(most, bytes);
    return Math.ceil(most / 135_168) * 135_168;
  };
}

interface Sort {
  /** Live connections at an age. */
  readonly connections?: (age: number) => number;
  /** Bytes besides a default process. */
  readonly extra?: (age: number) => number;
  readonly seed?: number;
}

/** A default process with some noise in all that is logged. */
export function plainNode(node: string, runs: number, interval: number, sort: Sort = {}): MadeNode {
  const { connections = () => 200, extra = () => 0, seed = 1 } = sort;
  const random = noise(seed + node.length);
  const resident = highWater();
  return {
    node,
    runs,
    interval,
    gauges: (age) => {
      const live = Math.max(0, connections(age) * (1 + 0.1 * random()));
      const memory = 126 * MB + 6000 * live + 0.4 * MB * random() + extra(age);
      return {
        resident_memory: extra(age) < 0 ? memory : resident(memory),
        peak_memory: 400 * MB,
        connections: live,
        timers: 60 + 4 * live,
        events_pending: 1 + Math.abs(random()),
        reassembly_bytes: 20_000 * (1 + random()),
        files: 10 + 5 * random(),
        fragments: 0,
        dns_pending: 0,
        dns_cached: 0,
        threads: 14,
        peer_messages_queued: Math.max(0, 3 * random()),
        matcher_bytes: 35_752,
        duration: 0.013 + 0.003 * random(),
        longest_pause: 0.0015,
        variables_seen: 460,
        variables_logged: 3,
        variables_not_measured: 0,
        connections_sampled: 0,
      };
    },
    variables: [
      { name: 'DCE_RPC::operations', type: 'table[string] of string', at: () => ({ size: 17_998, entries: 4500 }) },
      {
        name: 'HTTP::sessions',
        type: 'table[addr] of count',
        at: (age) => {
          const entries = Math.max(300, 2 * connections(age) * (1 + 0.1 * random()));
          return { size: 4 * Math.round(entries), entries };
        },
      },
    ],
  };
}

/** A set of addresses as `Known::hosts`: `entries` of it, by the age of the process. */
export function hostSet(name: string, entries: (age: number) => number) {
  return {
    name,
    type: 'set[addr]',
    script: 'policy/protocols/conn/known-hosts.zeek',
    at: (age: number) => ({ size: 3 * Math.round(entries(age)), entries: entries(age) }),
  };
}

/** Bytes an entry of `set[addr]` takes. */
export const HOST_BYTES = 112;

/** Node names of a usual cluster. */
export const CLUSTER = ['logger-1', 'manager', 'proxy-1', 'worker-1', 'worker-2'];

/** From few at night to many at noon. */
export function rhythm(most: number): (age: number) => number {
  return (age) => most * (0.55 - 0.45 * Math.cos((2 * Math.PI * age) / DAY));
}
