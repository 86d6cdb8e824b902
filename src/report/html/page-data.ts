/** What the program in the report's page draws from, with all names safe to show. */

import { findTimeLeft } from '../../model/answers/doctor.ts';
import type {
  PageCurve,
  PageMeasure,
  PageNode,
  PageVariable,
  ReportCourse,
  ReportPage,
  ReportResult,
} from '../../model/answers/report.ts';
import { isExact } from '../../model/bytes.ts';
import { formatDuration } from '../../model/time.ts';
import { groupAlike } from '../answers/doctor-overview.ts';
import { visible, visibleName } from '../text/sanitize.ts';
import { knowsPackages, type WholeVariable } from './variables.ts';
import { makeFindingId, selectFindings } from './verdict.ts';

/** Variables whose pictures would only be hairs are left to the table. */
const MOST_VARIABLES = 2000;

export function makePageData(
  result: ReportResult,
  variables: readonly WholeVariable[],
  measures: readonly PageMeasure[],
): ReportPage {
  const { growth, others } = result;
  const curves: readonly (ReportCourse & { readonly worstNode?: string })[] = [...(growth ?? []), ...others];
  return {
    measures,
    variables: listPageVariables(result, variables.slice(0, MOST_VARIABLES), measures),
    curves: curves.map(makeCurve),
    nodes: listPageNodes(result),
    alike: findAlike(result),
    findings: listPageFindings(result, variables),
  };
}

function makeCurve({ variable, unit, lines, worstNode }: ReportCourse & { readonly worstNode?: string }): PageCurve {
  return {
    variable: visibleName(variable),
    unit: visibleName(unit),
    estimated: false,
    lines: lines.map(({ node, points }) => ({ node: visibleName(node), worst: node === worstNode, points })),
  };
}

function listPageNodes({ inventory, verdict }: ReportResult): PageNode[] {
  const verdicts = new Map(verdict?.nodes.map((one) => [one.node, one]));
  return inventory.nodes.map(({ node, residentMemory }) => {
    const known = verdicts.get(node);
    const hours = known === undefined ? null : (findTimeLeft(known)?.likely ?? null);
    const memory = known?.memory ?? null;
    return {
      node: visibleName(node),
      resident: residentMemory,
      limit: known?.limit ?? null,
      sentence: known === undefined ? null : visible(known.sentence),
      left: hours === null ? null : formatDuration(hours * 3600),
      memory: memory && {
        ts: memory.ts.map(Math.round),
        resident: memory.resident,
        parts: memory.parts.map(({ what, values }) => ({ what: visibleName(what), values })),
      },
    };
  });
}

function findAlike({ inventory, verdict }: ReportResult): ReportPage['alike'] {
  const places = new Map(inventory.nodes.map(({ node }, i) => [node, i]));
  if (verdict === null) return [];
  return groupAlike(verdict).flatMap(({ name, nodes }) => {
    const present = nodes.flatMap(({ node }) => places.get(node) ?? []);
    return present.length === 0 ? [] : [{ name: visibleName(name), nodes: present }];
  });
}

function listPageFindings(
  { verdict, began }: ReportResult,
  variables: readonly WholeVariable[],
): ReportPage['findings'] {
  const known = new Set(variables.map(({ variable }) => variable));
  return selectFindings(verdict?.findings ?? []).map(({ level, what, subject, nodes }, i) => ({
    id: makeFindingId(i),
    level,
    what: visible(what),
    variable: subject !== null && known.has(subject) ? visibleName(subject) : null,
    nodes: nodes.map(visibleName),
    since: began[i] ?? null,
  }));
}

function listPageVariables(
  { inventory, growth, parts }: ReportResult,
  variables: readonly WholeVariable[],
  measures: readonly PageMeasure[],
): PageVariable[] {
  const withPackages = knowsPackages(inventory.rows);
  const places = new Map(inventory.nodes.map(({ node }, i) => [node, i]));
  const keyOf = (variable: string, unit: string) => JSON.stringify([variable, unit]);
  const onNodes = new Map<string, (number | null)[]>();
  for (const { node, variable, unit, bytes, size } of inventory.rows) {
    const values = onNodes.get(keyOf(variable, unit)) ?? inventory.nodes.map(() => null);
    onNodes.set(keyOf(variable, unit), values);
    values[places.get(node)!] = bytes === null ? size : Math.round(bytes.likely);
  }
  const grows = new Map(growth?.map((one) => [one.variable, one.bytesPerHour?.likely ?? null]));
  const types = new Map(inventory.rows.map((row) => [row.variable, row]));
  const madeOf = new Map(parts.map((one) => [one.variable, one]));
  return variables.map(({ package: name, module, variable, unit, size, bytes }) => {
    const { type, from } = types.get(variable)!;
    const made = madeOf.get(variable);
    return {
      package: withPackages ? visibleName(name) : '',
      module: visibleName(module),
      variable: visibleName(variable),
      values: measures.map((measure) => {
        if (measure.unit === 'bytes') return bytes === null ? null : Math.round(bytes.likely);
        return visibleName(unit) === measure.unit ? size : null;
      }),
      bounds: bytes === null || isExact(bytes) ? null : [Math.round(bytes.low), Math.round(bytes.high)],
      type: type === null ? null : visible(type),
      declared: from.script === null ? null : visible(`${from.script}${from.line === null ? '' : `:${from.line}`}`),
      expiry: from.expiry === null ? null : visible(from.expiry),
      perHour: grows.get(variable) ?? null,
      onNodes: onNodes.get(keyOf(variable, unit)) ?? [],
      parts:
        made === undefined || made.steps.length === 0
          ? null
          : {
              node: visibleName(made.node),
              steps: made.steps.map(({ what, bytes: { low, likely, high } }) => {
                return [visible(what), Math.round(low), Math.round(likely), Math.round(high)] as const;
              }),
            },
    };
  });
}
