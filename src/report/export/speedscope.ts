/**
 * A file for https://www.speedscope.app: one profile per node and measure, in which the stack is package, module and
 * variable. The format is https://www.speedscope.app/file-format-schema.json.
 */

import type { InventoryResult } from '../../model/answers/inventory.ts';
import { safeJson, visibleName } from '../text/sanitize.ts';
import { type Measure, measuresOf, stackOf, summedBy, sumOf } from './values.ts';

export function inventorySpeedscope(result: InventoryResult): string {
  const frames = new Map<string, number>();
  const frameOf = (name: string): number => {
    const known = frames.get(name);
    if (known !== undefined) return known;
    frames.set(name, frames.size);
    return frames.size - 1;
  };
  const measures = measuresOf(result).filter((measure) => measure.kind !== 'bytes' || measure.bound === 'likely');
  const profiles = measures.flatMap((measure) => {
    const perNode = [...summedBy(result.rows, ({ node }) => node)];
    const all: typeof perNode = perNode.length > 1 ? [['', [...result.rows]], ...perNode] : perNode;
    return all.flatMap(([node, rows]) => {
      const name = node === '' && perNode.length > 1 ? 'all nodes' : visibleName(node);
      const stacks = [...summedBy(rows, (row) => JSON.stringify(stackOf(row)))].sort(([a], [b]) => (a < b ? -1 : 1));
      const samples = stacks.flatMap(([stack, group]) => {
        const weight = sumOf(group, measure) ?? 0;
        return weight === 0 ? [] : [{ stack: (JSON.parse(stack) as string[]).map(frameOf), weight }];
      });
      if (samples.length === 0) return [];
      return [
        {
          type: 'sampled',
          name: `${name}, ${measureName(measure)}`,
          unit: measure.kind === 'bytes' ? 'bytes' : 'none',
          startValue: 0,
          endValue: samples.reduce((sum, { weight }) => sum + weight, 0),
          samples: samples.map(({ stack }) => stack),
          weights: samples.map(({ weight }) => weight),
        },
      ];
    });
  });
  return `${safeJson({
    $schema: 'https://www.speedscope.app/file-format-schema.json',
    exporter: 'my_stats',
    name: "Sizes of Zeek's global variables",
    activeProfileIndex: 0,
    shared: { frames: [...frames.keys()].map((name) => ({ name })) },
    profiles,
  })}\n`;
}

function measureName(measure: Measure): string {
  if (measure.kind === 'bytes') return 'bytes (estimated where Zeek reports none)';
  if (measure.kind === 'entries') return 'entries';
  return measure.unit === 'unknown' ? 'size in a unit the log does not name' : visibleName(measure.unit);
}
