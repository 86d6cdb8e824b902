/** Data that never changes and that every process holds again, and Intel's stores. */

import type { Finding } from '../../../model/answers/doctor.ts';
import { addBytes, type ByteRange, NO_BYTES } from '../../../model/bytes.ts';
import { formatShare } from '../../../model/quantity.ts';
import type { Assessment } from '../assessment.ts';
import { readLast } from '../observed-node.ts';
import type { ObservedVariable } from '../observed-variable.ts';
import { CONSTANT, INTEL } from '../thresholds.ts';
import { formatBounds, formatNodes, formatRange } from '../words.ts';
import { evidence, type Rule, type RuleInput } from './rule.ts';

interface Group {
  readonly assessment: Assessment;
  readonly variables: readonly ObservedVariable[];
  readonly bytes: ByteRange;
  /** Of the process's resident memory; null where that is not known. */
  readonly share: number | null;
}

/** Packages whose constant data takes a large part of every process that has it. */
export const repeatedConstants: Rule = ({ assessments, attributor }) => {
  const byOwner = new Map<string, Group[]>();
  for (const assessment of assessments) {
    for (const [owner, variables] of groupConstants(assessment, attributor)) {
      const group = weighGroup(assessment, variables);
      if (!isLarge(group, CONSTANT)) continue;
      byOwner.set(owner, [...(byOwner.get(owner) ?? []), group]);
    }
  }
  // A large table in one process is where it belongs; a pattern that large never is.
  return [...byOwner]
    .filter(([, groups]) => groups.length > 1 || areTexts(groups[0]!))
    .map(([owner, groups]) => describeConstants(owner, groups));
};

function areTexts({ variables }: Group): boolean {
  return variables.every(({ unit }) => unit === 'characters');
}

function groupConstants({ node }: Assessment, attributor: RuleInput['attributor']): Map<string, ObservedVariable[]> {
  const byOwner = new Map<string, ObservedVariable[]>();
  for (const variable of node.variables) {
    if (!isConstant(variable) || isIntel(variable)) continue;
    const known = variable.description ?? { ...variable, script: null, expiry: null };
    const { package: owner, kind } = attributor.attribute(known);
    const name = kind === 'package' ? owner : variable.moduleName;
    byOwner.set(name, [...(byOwner.get(name) ?? []), variable]);
  }
  return byOwner;
}

/** The same in all runs: a table that is loaded once, a pattern. */
function isConstant({ unit, size, entries, firstPoint, lastPoint }: ObservedVariable): boolean {
  const values = Number.isNaN(entries[lastPoint]!) ? size : entries;
  const some = values.subarray(firstPoint, lastPoint + 1).filter((value) => !Number.isNaN(value));
  const most = some.reduce((a, b) => Math.max(a, b), 0);
  const least = some.reduce((a, b) => Math.min(a, b), most);
  return (unit === 'characters' || some.length > 1) && most - least <= CONSTANT.tolerance * most;
}

function weighGroup(assessment: Assessment, variables: readonly ObservedVariable[]): Group {
  const bytes = variables.reduce((sum, { now }) => addBytes(sum, now.bytes), NO_BYTES);
  const resident = readLast(assessment.node, assessment.node.memory);
  return { assessment, variables, bytes, share: resident === null ? null : bytes.likely / resident };
}

function isLarge({ bytes, share }: Group, least: { minBytes: number; minShare: number }): boolean {
  return bytes.likely >= least.minBytes && (share ?? 1) >= least.minShare;
}

function formatShareOf({ share }: Group): string {
  return share === null ? '' : `, ${formatShare(Math.min(1, share))} of the process`;
}

function describeConstants(owner: string, groups: readonly Group[]): Finding {
  const largest = groups.reduce((a, b) => (b.bytes.likely > a.bytes.likely ? b : a));
  const nodes = groups.map(({ assessment }) => assessment.node.node);
  const all = groups.reduce((sum, { bytes }) => addBytes(sum, bytes), NO_BYTES);
  const patterns = areTexts(largest);
  const each = nodes.length > 1 ? 'each of ' : '';
  const together = nodes.length > 1 ? `, ${formatRange(all)} on all of them` : '';
  return {
    kind: 'repeated-constant',
    level: 'warning',
    certainty: 'likely',
    because: `the ${patterns ? 'text of the patterns' : 'number of entries'} did not change in any run; bytes are estimated`,
    nodes,
    subject: owner,
    what: `the constant ${patterns ? 'patterns' : 'data'} of ${owner} take${patterns ? '' : 's'} ${formatRange(largest.bytes)} ${formatNodes(nodes).replace('on ', `on ${each}`)}${formatShareOf(largest)}${together}`,
    evidence: groups.flatMap(({ assessment, variables }) =>
      variables.map((variable) =>
        evidence(assessment.node.node, variable.variable, 'bytes', {
          last: variable.now.bytes.likely,
          detail: formatBounds(variable.now.bytes),
        }),
      ),
    ),
    advice: [
      {
        text: patterns
          ? `A pattern takes about 0.3 to 2 kB for each of its characters. Load ${owner} only where it is needed (by Cluster::local_node_type()), or look names up in a set of strings instead of matching alternatives.`
          : `Every process holds its own copy. Load ${owner} only where it is needed (by Cluster::local_node_type()), or ask one node for it.`,
        command: null,
      },
    ],
  };
}

export function isIntel({ variable }: ObservedVariable): boolean {
  return /^Intel::(min_)?data_store$/.test(variable);
}

/** Where the indicators of a feed are kept: all of it on the manager, or in the only process. */
export const intelStores: Rule = ({ assessments }) =>
  assessments.flatMap((assessment) => {
    const variables = assessment.node.variables.filter(isIntel);
    const group = weighGroup(assessment, variables);
    return variables.length > 0 && isLarge(group, INTEL) ? [describeIntel(group)] : [];
  });

function describeIntel(group: Group): Finding {
  const { assessment, variables, bytes } = group;
  const { node } = assessment.node;
  const names = variables.map(({ variable }) => variable).sort();
  return {
    kind: 'intel-store',
    level: 'warning',
    certainty: 'likely',
    because: 'the objects in it were counted; bytes are estimated from its type',
    nodes: [node],
    subject: names.join(', '),
    what: `the indicators of Intel feeds take ${formatRange(bytes)} on ${node}${formatShareOf(group)}: ${names.join(' and ')}`,
    evidence: variables.map((variable) =>
      evidence(node, variable.variable, 'bytes', {
        last: variable.now.bytes.likely,
        detail: formatBounds(variable.now.bytes),
      }),
    ),
    advice: [
      {
        text: 'Load fewer indicators: leave out duplicates, old ones and fields nobody reads (meta data of every source is kept per indicator). The manager keeps all of it, and a second store for the workers (Intel::min_data_store).',
        command: null,
      },
      {
        text: 'Indicators that expire give their memory up again:',
        command: 'redef Intel::item_expiration = 7days;',
      },
    ],
  };
}
