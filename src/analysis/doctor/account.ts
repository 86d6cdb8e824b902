/** The parts of a process's resident memory, as ranges that add up to what was measured. */

import type { MemoryAccount, MemoryPart } from '../../model/answers/doctor.ts';
import { addBytes, type ByteRange, exactly, multiplyBytes, NO_BYTES } from '../../model/bytes.ts';
import { formatCount, formatSize } from '../../model/quantity.ts';
import type { Weigher } from '../weighing/weigh.ts';
import { type Changes, weighFields } from './changes.ts';
import type { GrowthPlace } from './growth-place.ts';
import { type ObservedNode, readLast, readNearest } from './observed-node.ts';
import type { ObservedVariable } from './observed-variable.ts';
import type { Retained } from './retained.ts';
import { BASE } from './thresholds.ts';

/**
 * What the process was without variables and connections at its first run, if that is in the logs, is measured; else it is
 * assumed. What is uncertain of constant data is then uncertain of both, but not of their sum: so what is unexplained is what
 * came since, less what variables and connections came to since.
 *
 * @param place where its growth is: what rises with memory tells what one of it takes
 * @param retained what a variable gave up and the process did not
 * @returns null where memory was not logged
 */
export function accountFor(
  changes: Changes,
  weigher: Weigher,
  place: GrowthPlace | null,
  retained: Retained | null,
): MemoryAccount | null {
  const { node } = changes;
  const resident = readLast(node, node.memory);
  if (resident === null) return null;
  const base = measureBase(node);
  const estimated = [
    ...base.parts,
    ...measureVariableParts(node),
    ...measureConnectionParts(node, weigher, place),
    ...(place?.where === 'queue' ? [measureQueue(place)] : []),
    ...(place?.where === 'ended' ? [measureEnded(changes)] : []),
    ...(retained === null
      ? []
      : [makePart('kept by the allocator', retained.bytes, 'modelled', 'freed, not returned')]),
  ].filter(({ bytes }) => bytes.high > 0);
  const parts = cutToFit(resident, estimated);
  const sum = parts.reduce((total, { bytes }) => addBytes(total, bytes), NO_BYTES);
  const likely = Math.max(0, resident - sum.likely);
  const [low, high] = [resident - sum.high + base.shared, resident - sum.low - base.shared].sort((a, b) => a - b) as [
    number,
    number,
  ];
  return {
    resident,
    parts: parts.sort((a, b) => b.bytes.likely - a.bytes.likely),
    unexplained: { low: Math.min(likely, Math.max(0, low)), likely, high: Math.max(likely, high) },
    canBeJudged: high - low <= JUDGED * resident,
  };
}

/** The part of the fields of connections. */
export const FIELDS_PART = 'fields of connections';

/** Ranges that leave more than this share of the memory open say nothing of what is left. */
const JUDGED = 0.35;

/** The parts as far as they fit, and what was cut told. */
function cutToFit(resident: number, parts: readonly MemoryPart[]): MemoryPart[] {
  const bytes = fitInto(
    resident,
    parts.map((one) => one.bytes),
  );
  return parts.map((one, i) => {
    const isCut = bytes[i]!.likely < (1 - CUT) * one.bytes.likely;
    const cut = isCut ? `${formatSize(Math.round(one.bytes.likely), 'bytes')}, cut to what fits` : null;
    const detail = [one.detail, cut].filter((text) => text !== null).join('; ');
    return { ...one, bytes: bytes[i]!, detail: detail === '' ? null : detail };
  });
}

/** A cut by less than this share of an estimate is not told. */
const CUT = 0.05;

/** The process without its variables, and what is uncertain of that because it is uncertain of them. */
export function measureBase(node: ObservedNode): { readonly parts: readonly MemoryPart[]; readonly shared: number } {
  const start = findStart(node);
  return start === null ? { parts: assumeBase(node), shared: 0 } : { parts: [start.part], shared: start.shared };
}

/** The process without its variables and connections, as it was when it had begun; null where that is not in the logs. */
function findStart(node: ObservedNode): { part: MemoryPart; shared: number } | null {
  const at = node.variables[0]?.ts[0];
  if (at === undefined || !(node.run[0]! <= FIRST_RUNS)) return null;
  const memory = readNearest(node, node.memory, at);
  if (memory === null) return null;
  const live = multiplyBytes(BASE.connection, node.gauges?.connections[0] || 0);
  const [then] = fitInto(memory, [
    node.variables.reduce((sum, variable) => addBytes(sum, readBytesAt(variable, 0)), live),
  ]);
  const bytes = { low: memory - then!.high, likely: memory - then!.likely, high: memory - then!.low };
  const detail = `${formatSize(memory, 'bytes')} at its start, less its variables`;
  return { part: makePart('Zeek, scripts, buffers', bytes, 'modelled', detail), shared: then!.high - then!.low };
}

/** The counter of a run that is still the beginning. */
const FIRST_RUNS = 2;

function readBytesAt({ size, entries, estimateAt }: ObservedVariable, point: number): ByteRange {
  const isThere = !(Number.isNaN(size[point]!) && Number.isNaN(entries[point]!));
  return (isThere ? estimateAt(point)?.bytes : null) ?? NO_BYTES;
}

function makePart(what: string, bytes: ByteRange, method: MemoryPart['method'], detail: string | null): MemoryPart {
  return { what, bytes, method, detail };
}

function assumeBase({ node }: ObservedNode): MemoryPart[] {
  const program = makePart('Zeek and its scripts', BASE.process, 'assumed', 'a default process is 126 MB');
  // A process outside a cluster may read an interface, or a trace: the logs do not say.
  const mayRead = /^worker|^zeek$/i.test(node);
  if (!mayRead) return [program];
  const likely = node === 'zeek' ? 0 : BASE.packetBuffer.likely;
  return [program, makePart('packet buffer', { ...BASE.packetBuffer, likely }, 'assumed', 'Pcap::bufsize, 128 MB')];
}

function measureVariableParts({ variables }: ObservedNode): MemoryPart[] {
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
    parts.push(makePart(what, bytes, method, `${formatCount(some.length)} logged, the largest ${largest.variable}`));
  }
  return parts;
}

function measureConnectionParts(node: ObservedNode, weigher: Weigher, place: GrowthPlace | null): MemoryPart[] {
  const count = readLast(node, 'connections') ?? 0;
  const companion = place?.where === 'connections' ? place.companion : null;
  const each = companion?.gauge === 'connections' ? companion.each : null;
  const { low, likely, high } = BASE.connection;
  const one = each === null ? BASE.connection : { low, likely: Math.max(likely, each), high: Math.max(high, each) };
  const counted = `${formatCount(count)}${each === null ? '' : `, about ${formatSize(each, 'bytes')} each`}`;
  const at = node.ts.at(-1);
  const held = (readLast(node, 'reassembly_bytes') ?? 0) + (readLast(node, 'matcher_bytes') ?? 0);
  return [
    makePart('live connections', multiplyBytes(one, count), each === null ? 'assumed' : 'modelled', counted),
    makePart(
      FIELDS_PART,
      at === undefined ? NO_BYTES : weighFields(node, weigher, at),
      'modelled',
      'as in those looked into',
    ),
    makePart('reassembly, signatures', exactly(held), 'reported', null),
  ];
}

/** What waits, and what it was given to wait with. */
function measureQueue({ companion }: GrowthPlace): MemoryPart {
  const { name, first, last, each } = companion!;
  const bytes = exactly((last - first) * each);
  return makePart(name, bytes, 'modelled', `${formatCount(last)}, about ${formatSize(each, 'bytes')} each`);
}

function measureEnded({ ended }: Changes): MemoryPart {
  const bytes = ended.map((one) => one.bytes).reduce(addBytes, NO_BYTES);
  return makePart('left by ended connections', bytes, 'modelled', ended.map(({ field }) => field).join(', '));
}

/**
 * Cuts estimates to what fits into a whole: where they come to more, each gives up as large a share of what is uncertain in it,
 * and where even the least of them do, of itself. None is larger than what the least of the others leave.
 *
 * @returns as many ranges, whose likely values come to no more than the whole
 */
export function fitInto(whole: number, parts: readonly ByteRange[]): ByteRange[] {
  const sum = (of: (part: ByteRange) => number) => parts.reduce((total, part) => total + of(part), 0);
  const least = sum(({ low }) => low);
  const likely = sum((part) => part.likely);
  if (least > whole) {
    const share = whole / least;
    return parts.map(({ low }) => ({ low: low * share, likely: low * share, high: low * share }));
  }
  const kept = likely > whole ? (whole - least) / (likely - least) : 1;
  return parts.map((part) => {
    const fitting = part.low + (part.likely - part.low) * kept;
    return { low: part.low, likely: fitting, high: Math.max(fitting, Math.min(part.high, whole - (least - part.low))) };
  });
}
