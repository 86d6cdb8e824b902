/** Answers that are given word for word as before, where neither question nor logs have changed. */

import { findTold, keepTold, readMarks, type ToldAnswer } from '../store/cache/told-answers.ts';

export { findTold, type ToldAnswer };

/**
 * @param words all that may be a path
 * @returns what keeps the answer to a question about the logs as they are now, once it is there; null where it would not
 *   hold: logs are written to, or more than what they are decides
 */
export async function rememberTold(
  question: string,
  words: readonly string[],
): Promise<((answer: ToldAnswer) => Promise<void>) | null> {
  const { findPlaces } = await import('../store/finding/unchanged.ts');
  const places = findPlaces(words);
  if (places === null) return null;
  const marks = readMarks(places);
  return (answer) => keepTold(question, answer, places, marks);
}
