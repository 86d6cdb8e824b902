/** What a process held over time, in likely parts that are made to add up to its resident memory: to be drawn. */

import type { MemoryCourse } from '../../model/answers/doctor.ts';
import { exactly } from '../../model/bytes.ts';
import type { Weigher } from '../weighing/weigh.ts';
import { fitInto, measureBase } from './account.ts';
import { weighFields } from './changes.ts';
import type { ObservedNode } from './observed-node.ts';
import type { ObservedVariable } from './observed-variable.ts';
import { BASE } from './thresholds.ts';

/** Variables of a node that are parts of their own: those that grow fastest. */
const MOST_GROWING = 3;

/**
 * What estimates leave open is `not explained`; where they come to more than there is, what the process was without variables
 * gives way, and then all of them alike.
 *
 * @param most points at most
 * @returns null where memory was logged in fewer than two runs
 */
export function traceMemory(node: ObservedNode, weigher: Weigher, most: number): MemoryCourse | null {
  const { gauges, memory } = node;
  if (gauges === null) return null;
  const logged = Array.from(node.ts.keys()).filter((i) => !Number.isNaN(gauges[memory][i]!));
  if (logged.length < 2) return null;
  const step = Math.ceil(logged.length / most);
  const runs = logged.filter((_, i) => (logged.length - 1 - i) % step === 0);
  const ts = runs.map((i) => node.ts[i]!);
  const resident = runs.map((i) => gauges[memory][i]!);
  const base = measureBase(node).parts.reduce((sum, { bytes }) => sum + bytes.likely, 0);
  const at = (values: Float64Array, i: number) => (Number.isNaN(values[i]!) ? 0 : values[i]!);
  const parts = [
    { what: 'Zeek, scripts, buffers', values: runs.map(() => base) },
    {
      what: 'connections',
      values: runs.map((i) => {
        const held = at(gauges.reassembly_bytes, i) + at(gauges.matcher_bytes, i);
        return (
          at(gauges.connections, i) * BASE.connection.likely + held + weighFields(node, weigher, node.ts[i]!).likely
        );
      }),
    },
    ...measureVariableParts(node.variables, ts),
  ];
  return { ts, resident, parts: addUp(parts, resident) };
}

function measureVariableParts(variables: readonly ObservedVariable[], ts: readonly number[]): MemoryCourse['parts'] {
  const rate = ({ judged }: ObservedVariable) => judged.bytesPerHour?.likely ?? 0;
  const growing = variables
    .filter(({ judged, canBeWeighed }) => judged.trend.verdict === 'growing' && canBeWeighed)
    .sort((a, b) => rate(b) - rate(a))
    .slice(0, MOST_GROWING);
  const others = variables.filter((one) => !growing.includes(one));
  const together = (what: string, some: readonly ObservedVariable[]) => {
    const values = ts.map(() => 0);
    for (const one of some) for (const [i, bytes] of weighOver(one, ts).entries()) values[i]! += bytes;
    return { what, values };
  };
  const isText = ({ unit }: ObservedVariable) => unit === 'characters';
  return [
    together('patterns and strings', others.filter(isText)),
    together(
      growing.length === 0 ? 'tables, sets, records' : 'other tables, sets, records',
      others.filter((one) => !isText(one)),
    ),
    ...growing.map((one) => together(one.variable, [one])),
  ];
}

/** Most variables hardly change: what was logged as before is not weighed again. */
function weighOver({ ts: logged, size, entries, estimateAt }: ObservedVariable, ts: readonly number[]): number[] {
  let [point, before, bytes] = [-1, -1, 0];
  return ts.map((at) => {
    while (point + 1 < logged.length && logged[point + 1]! <= at + 1) point++;
    if (point < 0 || (Number.isNaN(size[point]!) && Number.isNaN(entries[point]!))) return 0;
    const isSame = before >= 0 && size[point] === size[before] && entries[point] === entries[before];
    if (!isSame) bytes = estimateAt(point)?.bytes.likely ?? 0;
    before = point;
    return bytes;
  });
}

/** What the process was without variables gives way first where the parts come to more than there is. */
function addUp(parts: MemoryCourse['parts'], resident: readonly number[]): MemoryCourse['parts'] {
  const fitted = resident.map((all, i) => {
    const estimates = parts.map(({ values }, k) => ({ ...exactly(values[i]!), low: k === 0 ? 0 : values[i]! }));
    return fitInto(all, estimates).map(({ likely }) => likely);
  });
  const rest = resident.map((all, i) => all - fitted[i]!.reduce((sum, bytes) => sum + bytes, 0));
  return [
    ...parts.map(({ what }, k) => ({ what, values: fitted.map((bytes) => bytes[k]!) })),
    { what: 'not explained', values: rest },
  ]
    .map(({ what, values }) => ({ what, values: values.map(Math.round) }))
    .filter(({ values }) => values.some((value) => value > 0));
}
