/** A series as a line of blocks, from nothing to its own largest value. */

const BLOCKS = '▁▂▃▄▅▆▇█';

/**
 * @param values in the order of time; null is a gap
 * @param width characters; several values that fall on one show as their largest
 */
export function sparkline(values: readonly (number | null)[], width: number): string {
  const known = values.filter((value) => value !== null);
  const largest = known.reduce((a, b) => Math.max(a, b), 0);
  const columns = Math.min(width, values.length);
  let line = '';
  for (let i = 0; i < columns; i++) {
    const from = Math.floor((i * values.length) / columns);
    const to = Math.max(from + 1, Math.floor(((i + 1) * values.length) / columns));
    const here = values.slice(from, to).filter((value) => value !== null);
    if (here.length === 0) line += ' ';
    else {
      const value = here.reduce((a, b) => Math.max(a, b), 0);
      line += BLOCKS[largest <= 0 ? 0 : Math.min(BLOCKS.length - 1, Math.floor((value / largest) * BLOCKS.length))];
    }
  }
  return line;
}
