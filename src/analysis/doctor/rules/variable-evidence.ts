/** The rows that show how a variable went, and where to look further. */

import type { Attributor } from '../../../attribution/attributor.ts';
import type { Advice, Evidence } from '../../../model/answers/doctor.ts';
import type { Assessment } from '../assessment.ts';
import { growsInside, type ObservedVariable } from '../observed-variable.ts';
import { formatBounds, quoteForShell } from '../words.ts';
import { evidence } from './rule.ts';

/** What the log counted, and what that is in bytes where it can be told. */
export function listVariableEvidence(variable: ObservedVariable, { node }: Assessment): Evidence[] {
  const { entries, size, unit, firstPoint, lastPoint, change, now, canBeWeighed, judged } = variable;
  const isGrowing = judged.trend.verdict === 'growing';
  const rate = isGrowing ? (judged.trend.perHour?.likely ?? null) : null;
  const isContainer = !Number.isNaN(entries[lastPoint]!);
  const values = isContainer ? entries : size;
  const first = Number.isNaN(values[firstPoint]!) ? 0 : values[firstPoint]!;
  const last = values[lastPoint]!;
  const counted = isContainer ? 'entries' : unit === 'characters' ? 'characters' : unit === 'bytes' ? 'bytes' : 'count';
  const detail = variable.description?.type ?? null;
  const rows = [
    evidence(node.node, variable.variable, counted, {
      first,
      last,
      perHour: judged.measure === 'entries' || !isContainer ? rate : null,
      detail,
    }),
  ];
  if (growsInside(variable))
    rows.push(
      evidence(node.node, variable.variable, 'count', {
        first: size[firstPoint]!,
        last: size[lastPoint]!,
        perHour: rate,
        detail: `${unit}, with all that is in its entries`,
      }),
    );
  if (counted !== 'bytes' && canBeWeighed)
    rows.push(
      evidence(node.node, variable.variable, 'bytes', {
        first: now.bytes.likely - change.likely,
        last: now.bytes.likely,
        perHour: isGrowing ? (judged.bytesPerHour?.likely ?? null) : null,
        detail: formatBounds(now.bytes),
      }),
    );
  return rows;
}

/** What an attributor asks of a variable. */
export function describeOf({ variable, moduleName, description }: ObservedVariable) {
  return description ?? { variable, moduleName, script: null, expiry: null };
}

/** How to see more of a variable's past, and whose it is. */
export function adviseLook(of: ObservedVariable, attributor: Attributor): Advice {
  const { variable } = of;
  const { package: owner, kind, script, line } = attributor.attribute(describeOf(of));
  const from = script === null ? '' : `, declared in ${script}${line === null ? '' : `:${line}`}`;
  const whose = kind === 'unknown' ? '' : ` It belongs to ${kind === 'local' ? 'a script of the site' : owner}${from}.`;
  return {
    text: `See how it went before.${whose}`,
    command: `my-stats top --by variable --variable ${quoteForShell(variable)} --since -1d LOGS`,
  };
}

/** A variable on one node. */
export interface OnNode {
  readonly variable: ObservedVariable;
  readonly assessment: Assessment;
}

/** Per variable's name, the largest rise first. */
export function groupByVariable<Found extends OnNode>(all: readonly Found[]): (readonly Found[])[] {
  const lists = new Map<string, Found[]>();
  for (const one of all) {
    const list = lists.get(one.variable.variable) ?? [];
    lists.set(one.variable.variable, list);
    list.push(one);
  }
  return [...lists.values()].map((list) => list.sort((a, b) => measureRise(b) - measureRise(a)));
}

function measureRise({ variable: { change, size, firstPoint, lastPoint } }: OnNode): number {
  return change.likely || (size[lastPoint] ?? 0) - (size[firstPoint] ?? 0);
}
