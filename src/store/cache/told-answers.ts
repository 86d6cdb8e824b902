/**
 * What was said about logs that have not changed since, word for word: to say it again, neither they nor most of the program
 * have to be read.
 */

import { statSync } from 'node:fs';
import { BUILD, CacheFolder, findUserCache, WORTH_KEEPING } from './cache-folder.ts';

/** Both streams of an answer with exit code 0. */
export interface ToldAnswer {
  readonly stdout: string;
  readonly stderr: string;
}

interface Kept extends ToldAnswer {
  readonly places: readonly string[];
  readonly marks: string;
}

/** @param question all that the answer depends on besides the files and folders it was kept with */
export function findTold(question: string): ToldAnswer | null {
  const kept = new CacheFolder(findUserCache()).find(makeKey(question)) as Kept | undefined;
  return kept !== undefined && readMarks(kept.places) === kept.marks ? kept : null;
}

/**
 * @param places files and folders: as long as these are as they were, the answer holds
 * @param marks those that they had before the answer was worked out
 */
export async function keepTold(
  question: string,
  answer: ToldAnswer,
  places: readonly string[],
  marks: string,
): Promise<void> {
  const size = places.reduce((sum, place) => sum + (statSync(place, { throwIfNoEntry: false })?.size ?? 0), 0);
  // What changed meanwhile may or may not be in the answer.
  if (size < WORTH_KEEPING || readMarks(places) !== marks) return;
  await new CacheFolder(findUserCache()).keep(makeKey(question), { ...answer, places, marks } satisfies Kept);
}

/** What tells whether files and folders are as they were; also of what is not there. */
export function readMarks(places: readonly string[]): string {
  return JSON.stringify(
    places.map((place) => {
      try {
        const { dev, ino, size, mtimeMs, ctimeMs } = statSync(place);
        return [dev, ino, size, mtimeMs, ctimeMs];
      } catch {
        return null;
      }
    }),
  );
}

function makeKey(question: string): string {
  return JSON.stringify([BUILD, 'told', question]);
}
