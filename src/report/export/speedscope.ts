/** Files for https://www.speedscope.app, whose format is https://www.speedscope.app/file-format-schema.json. */

import type { InventoryResult } from '../../model/answers/inventory.ts';
import { visibleName, writeSafeJson } from '../text/sanitize.ts';
import { type Measure, measuresOf, stackOf, summedBy, sumOf } from './values.ts';

/** One profile per node and measure, in which the stack is package, module and variable. */
export function writeInventorySpeedscope(result: InventoryResult): string {
  const measures = measuresOf(result).filter((measure) => measure.kind !== 'bytes' || measure.bound === 'likely');
  const profiles = measures.flatMap((measure) => {
    const perNode = [...summedBy(result.rows, ({ node }) => node)];
    const all: typeof perNode = perNode.length > 1 ? [['', [...result.rows]], ...perNode] : perNode;
    return all.flatMap(([node, rows]) => {
      const name = node === '' && perNode.length > 1 ? 'all nodes' : visibleName(node);
      const stacks = [...summedBy(rows, (row) => JSON.stringify(stackOf(row)))].sort(([a], [b]) => (a < b ? -1 : 1));
      const samples = stacks.map(([stack, group]) => ({
        stack: (JSON.parse(stack) as string[]).map((name) => ({ name })),
        weight: sumOf(group, measure) ?? 0,
      }));
      const unit = measure.kind === 'bytes' ? 'bytes' : 'none';
      return { name: `${name}, ${measureName(measure)}`, unit, samples } as const;
    });
  });
  return writeSpeedscope("Sizes of Zeek's global variables", profiles);
}

interface SpeedscopeFrame {
  readonly name: string;
  readonly file?: string;
  readonly line?: number;
}

interface SpeedscopeProfile {
  readonly name: string;
  readonly unit: 'bytes' | 'seconds' | 'none';
  readonly samples: readonly { readonly stack: readonly SpeedscopeFrame[]; readonly weight: number }[];
}

/** Samples that weigh nothing are left out, and so are profiles that have no others. */
export function writeSpeedscope(title: string, profiles: readonly SpeedscopeProfile[]): string {
  const frames = new Map<string, number>();
  const indexOf = (frame: SpeedscopeFrame): number => {
    const key = JSON.stringify(frame);
    const index = frames.get(key) ?? frames.size;
    frames.set(key, index);
    return index;
  };
  const sampled = profiles.flatMap(({ name, unit, samples: all }) => {
    const samples = all.filter(({ weight }) => weight !== 0);
    if (samples.length === 0) return [];
    return {
      type: 'sampled',
      ...{ name, unit },
      startValue: 0,
      endValue: samples.reduce((sum, { weight }) => sum + weight, 0),
      samples: samples.map(({ stack }) => stack.map(indexOf)),
      weights: samples.map(({ weight }) => weight),
    };
  });
  return `${writeSafeJson({
    $schema: 'https://www.speedscope.app/file-format-schema.json',
    exporter: 'my_stats',
    name: title,
    activeProfileIndex: 0,
    shared: { frames: [...frames.keys()].map((key) => JSON.parse(key)) },
    profiles: sampled,
  })}\n`;
}

function measureName(measure: Measure): string {
  if (measure.kind === 'bytes') return 'bytes (estimated where Zeek reports none)';
  if (measure.kind === 'entries') return 'entries';
  return measure.unit === 'unknown' ? 'size in a unit the log does not name' : visibleName(measure.unit);
}
