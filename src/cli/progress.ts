/** One line of progress, for a person who waits: never in a pipe, and never for work that is over in a moment. */

import type { Progress, ProgressListener } from '../model/progress.ts';
import { visible } from '../report/text/sanitize.ts';
import type { Surroundings } from './surroundings.ts';

const PATIENCE_MS = 500;
const REDRAW_MS = 100;
const ERASE = '\r\x1b[K';

export interface ProgressLine {
  readonly listener: ProgressListener;
  /** Removes what is on the screen. */
  readonly erase: () => void;
}

/** @param now milliseconds on any clock that only goes forward */
export function createProgress({ stderr, env }: Surroundings, now: () => number): ProgressLine | null {
  if (stderr.isTTY !== true || env.TERM === 'dumb') return null;
  const start = now();
  let drawn: number | null = null;
  return {
    listener: (progress) => {
      const time = now();
      if (time - start < PATIENCE_MS || (drawn !== null && time - drawn < REDRAW_MS)) return;
      drawn = time;
      stderr.write(`${ERASE}${describe(progress)}`);
    },
    erase: () => {
      if (drawn !== null) stderr.write(ERASE);
      drawn = null;
    },
  };
}

function describe({ phase, done, total }: Progress): string {
  if (total <= 0) return `${visible(phase)} …`;
  return `${visible(phase)} … ${Math.floor((100 * Math.min(done, total)) / total)} %`;
}
