/** The parts of a process's resident memory, as ranges, beside what was measured. */

import type { MemoryAccount, MemoryPart } from '../../model/answers/doctor.ts';
import { addBytes, type ByteRange, exactly, NO_BYTES } from '../../model/bytes.ts';
import { formatCount, formatSize } from '../../model/quantity.ts';
import type { Weigher } from '../weighing/weigh.ts';
import { lastOf, memoryNear, type NodeCase } from './case.ts';
import { fieldsAt, type Picture } from './picture.ts';
import { BASE } from './thresholds.ts';
import type { VariableCase } from './variable-case.ts';

/**
 * What the process was without variables at its first run, if that is in the logs, is measured; else it is assumed. What
 * is uncertain of constant data is then uncertain of both, but not of their sum: so what is unexplained is what came
 * since, less what variables and connections came to since.
 *
 * @param retained bytes that a variable gave up and the process did not
 * @returns null where memory was not logged
 */
export function accountOf(picture: Picture, weigher: Weigher, retained: ByteRange | null): MemoryAccount | null {
  const { node } = picture;
  const resident = lastOf(node, node.memory);
  if (resident === null) return null;
  const base = baseParts(node);
  const parts = [
    ...base.parts,
    ...variableParts(node),
    ...connectionParts(node, weigher),
    ...(retained === null ? [] : [part('kept by the allocator', retained, 'modelled', 'freed, not returned')]),
  ].filter(({ bytes }) => bytes.high > 0);
  const sum = parts.reduce((total, { bytes }) => addBytes(total, bytes), NO_BYTES);
  const unexplained = { low: resident - sum.high + base.shared, high: resident - sum.low - base.shared };
  return {
    resident,
    parts: parts.sort((a, b) => b.bytes.likely - a.bytes.likely),
    unexplained: {
      low: Math.min(unexplained.low, unexplained.high),
      high: Math.max(unexplained.low, unexplained.high),
    },
    canBeJudged: unexplained.high - unexplained.low <= JUDGED * resident,
  };
}

/** Ranges that leave more than this share of the memory open say nothing of what is left. */
const JUDGED = 0.35;

/** The process without its variables, and what is uncertain of that because it is uncertain of them. */
export function baseParts(node: NodeCase): { readonly parts: readonly MemoryPart[]; readonly shared: number } {
  const start = startOf(node);
  return start === null ? { parts: assumedBase(node), shared: 0 } : { parts: [start.part], shared: start.shared };
}

/** The process without its variables, as it was when it had begun; null where that is not in the logs. */
function startOf(node: NodeCase): { part: MemoryPart; shared: number } | null {
  const at = node.variables[0]?.ts[0];
  if (at === undefined || !(node.run[0]! <= FIRST_RUNS)) return null;
  const memory = memoryNear(node, at);
  if (memory === null) return null;
  const then = node.variables.reduce((sum, variable) => addBytes(sum, bytesAt(variable, 0)), NO_BYTES);
  const bytes = {
    low: Math.max(0, memory - then.high),
    likely: Math.max(0, memory - then.likely),
    high: Math.max(0, memory - then.low),
  };
  const detail = `${formatSize(memory, 'bytes')} at its start, less its variables`;
  return { part: part('Zeek, scripts, buffers', bytes, 'modelled', detail), shared: then.high - then.low };
}

/** The counter of a run that is still the beginning. */
const FIRST_RUNS = 2;

function bytesAt({ size, entries, estimateAt }: VariableCase, point: number): ByteRange {
  const isThere = !(Number.isNaN(size[point]!) && Number.isNaN(entries[point]!));
  return (isThere ? estimateAt(point)?.bytes : null) ?? NO_BYTES;
}

function part(what: string, bytes: ByteRange, method: MemoryPart['method'], detail: string | null): MemoryPart {
  return { what, bytes, method, detail };
}

function assumedBase({ node }: NodeCase): MemoryPart[] {
  const program = part('Zeek and its scripts', BASE.process, 'assumed', 'a default process is 126 MB');
  // A process outside a cluster may read an interface, or a trace: the logs do not say.
  const mayRead = /^worker|^zeek$/i.test(node);
  if (!mayRead) return [program];
  const likely = node === 'zeek' ? 0 : BASE.packetBuffer.likely;
  return [program, part('packet buffer', { ...BASE.packetBuffer, likely }, 'assumed', 'Pcap::bufsize, 128 MB')];
}

function variableParts({ variables }: NodeCase): MemoryPart[] {
  const parts: MemoryPart[] = [];
  for (const [what, isText] of [
    ['tables, sets, records', false],
    ['patterns and strings', true],
  ] as const) {
    const some = variables.filter(({ unit }) => (unit === 'characters') === isText);
    const bytes = some.reduce((sum, { now }) => addBytes(sum, now.bytes), NO_BYTES);
    const largest = some.toSorted((a, b) => b.now.bytes.likely - a.now.bytes.likely)[0];
    if (largest === undefined) continue;
    const method = some.every(({ now }) => now.method === 'reported') ? 'reported' : 'modelled';
    parts.push(part(what, bytes, method, `${formatCount(some.length)} logged, the largest ${largest.variable}`));
  }
  return parts;
}

function connectionParts(node: NodeCase, weigher: Weigher): MemoryPart[] {
  const count = lastOf(node, 'connections') ?? 0;
  const { low, likely, high } = BASE.connection;
  const each = { low: count * low, likely: count * likely, high: count * high };
  const at = node.ts.at(-1);
  const held = (lastOf(node, 'reassembly_bytes') ?? 0) + (lastOf(node, 'matcher_bytes') ?? 0);
  return [
    part('live connections', each, 'assumed', formatCount(count)),
    part(
      'fields of connections',
      at === undefined ? NO_BYTES : fieldsAt(node, weigher, at),
      'modelled',
      'of those looked into',
    ),
    part('reassembly, signatures', exactly(held), 'reported', null),
  ];
}
