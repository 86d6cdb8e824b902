/** Times whole commands in turn, a round being one of each, and prints what they take beside each other. */

import { spawnSync } from 'node:child_process';

/**
 * @param {Record<string, string>} commands shell commands by name
 * @param {number} rounds
 * @returns {Record<string, { seconds: number, processor: number, megabytes: number }[]>} a result per round, by name
 */
export function timeInTurn(commands, rounds) {
  const results = Object.fromEntries(Object.keys(commands).map((name) => [name, []]));
  for (let round = 0; round < rounds; round++)
    for (const [name, command] of Object.entries(commands)) results[name].push(time(command));
  return results;
}

/** Prints medians and peak memory. */
export function printTimes(results) {
  for (const [name, runs] of Object.entries(results)) {
    const seconds = median(runs.map((run) => run.seconds)).toFixed(2);
    const megabytes = Math.max(...runs.map((run) => run.megabytes));
    console.log(`${name.padEnd(32)} ${seconds.padStart(7)} s ${String(megabytes).padStart(6)} MB`);
  }
  console.log('');
}

/**
 * Prints how much faster ours are than peers.
 *
 * @param {[name: string, ours: string, peer: string][]} ratios
 */
export function printRatios(results, ratios) {
  for (const [name, ours, peer] of ratios) {
    // Pair by pair: both of a round ran on the machine as it was then.
    const ratio = median(results[peer].map((run, i) => run.seconds / results[ours][i].seconds));
    const words = ratio >= 1 ? `${ratio.toFixed(2)} times faster` : `${(1 / ratio).toFixed(2)} times slower`;
    console.log(`${name.padEnd(42)} ${words}`);
  }
}

export function median(values) {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** Seconds on the clock and of processor time of a whole command, and the peak memory of its largest process. */
function time(command) {
  const started = process.hrtime.bigint();
  const { status, stderr } = spawnSync('/usr/bin/time', ['-f', 'took %M %U %S', 'bash', '-c', command], {
    stdio: ['ignore', 'ignore', 'pipe'],
    encoding: 'utf8',
  });
  const seconds = Number(process.hrtime.bigint() - started) / 1e9;
  if (status !== 0) throw new Error(`${command} failed: ${stderr}`);
  const [kibibytes, user, system] = /took (.+)/.exec(stderr)[1].split(' ').map(Number);
  return { seconds, processor: user + system, megabytes: Math.round(kibibytes / 1024) };
}
