/** How the values of options are read that commands share which run Zeek. */

import { InvalidArgumentError } from 'commander';

/** For options that may be given several times. */
export function collect(text: string, before: readonly string[] = []): readonly string[] {
  return [...before, text];
}

export function parseSeconds(text: string): number {
  if (!/^\d{1,7}(\.\d{1,3})?$/.test(text)) throw new InvalidArgumentError('Give a number of seconds.');
  return Number(text);
}
