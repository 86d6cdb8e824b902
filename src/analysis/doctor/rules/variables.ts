/** Variables that grow without an end in sight, and those whose declared expiry should end it. */

import { qualifyName, stripModule } from '../../../attribution/declaration.ts';
import type { Advice, Certainty, Finding } from '../../../model/answers/doctor.ts';
import { formatCount } from '../../../model/quantity.ts';
import { formatDuration } from '../../../model/time.ts';
import { type Assessment, countDaysToDouble, type GrowingVariable } from '../assessment.ts';
import { growsInside, type ObservedVariable } from '../observed-variable.ts';
import { EFFECT } from '../thresholds.ts';
import {
  describeRise,
  describeSteadiness,
  formatBytesRate,
  formatCountRate,
  formatNodes,
  formatRange,
  quoteForShell,
} from '../words.ts';
import { listResidentEvidence, type Rule, type RuleInput } from './rule.ts';
import { adviseLook, describeOf, groupByVariable, listVariableEvidence, type OnNode } from './variable-evidence.ts';

type Growth = GrowingVariable & OnNode;

export const growingVariables: Rule = (input) => {
  const growths = input.assessments.flatMap((assessment) =>
    assessment.growing.map((one): Growth => ({ ...one, assessment })),
  );
  return groupByVariable(growths).map((list) => describeGrowing(list, input));
};

/** With a trace, runs are at the packets' time and the process started at the clock's: the first run must do. */
function findStart({ node }: Assessment): number {
  const first = node.ts[0] ?? 0;
  return node.boot === null ? first : Math.min(node.boot, first);
}

function describeGrowing(list: readonly Growth[], input: RuleInput): Finding {
  const worst = list[0]!;
  const { variable, trend, bytesPerSecond, assessment } = worst;
  const { expiryFails } = variable.judged;
  const nodes = list.map(({ assessment: { node } }) => node.node);
  const days = countDaysToDouble(bytesPerSecond, assessment.node);
  const change = formatRange(variable.change);
  const most = nodes.length > 1 ? ` on ${assessment.node.node}` : '';
  const grew = describeRise(trend, change, formatBytesRate(bytesPerSecond), most);
  const what = describeGrowth(nodes, variable, grew);
  const isProblem = days !== null && days < EFFECT.problemDays;
  return {
    kind: expiryFails ? 'expiry-ineffective' : 'variable-grows',
    level: expiryFails || isProblem ? 'problem' : 'warning',
    nodes,
    subject: variable.variable,
    what: days === null ? what : `${what}, which doubles the process in ${formatDuration(days * 86_400)}`,
    ...judgeCertainty(worst),
    evidence: list.flatMap((growth) => [
      ...listVariableEvidence(growth.variable, growth.assessment),
      ...listResidentEvidence(growth.assessment),
    ]),
    advice: advise(worst, input),
  };
}

/** @param grew by how much, how and in which time */
function describeGrowth(nodes: readonly string[], { variable, judged }: ObservedVariable, grew: string): string {
  if (!judged.expiryFails) return `${variable} grows without an end in sight ${formatNodes(nodes)}: ${grew}`;
  return `${variable} declares ${judged.expiry!.text} and still grows ${formatNodes(nodes)}: its expiry is not in effect; ${grew}`;
}

function judgeCertainty({ trend, assessment, variable }: Growth): { certainty: Certainty; because: string } {
  const { resident } = assessment.node;
  const past = variable.judged.expiryFails
    ? `, until ${formatDuration(trend.to - findStart(assessment))} after the process started`
    : '';
  if (resident === null)
    return {
      certainty: 'likely',
      because: `${describeSteadiness(trend)}${past}; memory was not logged`,
    };
  const share = variable.change.low / Math.max(1, resident.change);
  if (resident.kind === 'growing' && share >= EFFECT.judged && !trend.isOfEarlierLife)
    return { certainty: 'certain', because: `${describeSteadiness(trend)}${past}, and memory with it` };
  const weighed =
    variable.now.method === 'assumed'
      ? 'no log tells its type, so what it takes in bytes is a guess'
      : 'what it takes in bytes is estimated from its type';
  return { certainty: 'likely', because: `${describeSteadiness(trend)}${past}; ${weighed}` };
}

function advise({ variable, assessment }: Growth, { attributor, assignments }: RuleInput): Advice[] {
  const name = variable.variable;
  const look = adviseLook(variable, attributor);
  const { expiry, expiryFails, measure, trend } = variable.judged;
  if (expiryFails && expiry !== null) {
    const used = expiry.kind === 'create' ? [] : [adviseUse(name, expiry.kind)];
    const asked = adviseExpireFunction(name, attributor.attribute(describeOf(variable)).expiry);
    return [...asked, ...used, ...adviseReplacement(name, assignments), look];
  }
  const entries = variable.entries[variable.lastPoint]!;
  if (growsInside(variable))
    return [
      {
        text: `Look for what adds to the values of its entries and never removes: it has ${formatCount(entries)} entries, which do not become more, so an expiry of them does not help. Limit what each of them holds, or give the table or set inside a time of its own.`,
        command: `grep -rn ${quoteForShell(`${stripModule(name)}\\[`)} SCRIPTS`,
      },
      look,
    ];
  const rate = measure === 'entries' && trend.perHour !== null ? trend.perHour.likely / 3600 : null;
  const pace = rate === null ? '' : ` It has ${formatCount(entries)} entries, ${formatCountRate(rate)} more.`;
  return [
    {
      text: `Give its entries a time to leave, or delete them where their owner goes.${pace}`,
      command: `&create_expire=1day, or &write_expire, where ${name} is declared`,
    },
    ...adviseDeclaration(name, variable, assessment, attributor),
    look,
  ];
}

/** Zeek tells of attributes from this version on. */
const TELLS_ATTRIBUTES = 9;

/** Where neither logs nor scripts tell what is declared, it may have an expiry that does not take effect. */
function adviseDeclaration(
  name: string,
  variable: ObservedVariable,
  { node: { zeekVersion } }: Assessment,
  attributor: RuleInput['attributor'],
): Advice[] {
  const isTold = zeekVersion !== null && Number.parseInt(zeekVersion, 10) >= TELLS_ATTRIBUTES;
  if (isTold || attributor.attribute(describeOf(variable)).line !== null) return [];
  return [
    {
      text: 'Look at its declaration first, which these logs do not tell (Zeek 9.0 does), or give doctor the scripts. Where it has an expiry, see why that is not in effect: an &expire_func that gives entries more time, or an assignment of a new value.',
      command: `grep -rnE ${quoteForShell(`(global|const|option) +(\\w+::)*${stripModule(name)}\\b`)} SCRIPTS`,
    },
  ];
}

/** What decides at the end of an entry's time how much longer it stays. */
function adviseExpireFunction(name: string, declared: string | null): Advice[] {
  const called = /&expire_func ?= ?([\w:]+)/.exec(declared ?? '')?.[1];
  if (called === undefined) return [];
  const isWrittenThere = called === 'function';
  return [
    {
      text: `See what ${isWrittenThere ? 'the function of its &expire_func' : `${called}(), its &expire_func,`} returns: when the time of an entry is over, it stays for as much longer as that says, and leaves where that is 0 sec or less.`,
      command: `grep -rn -A 8 ${quoteForShell(isWrittenThere ? `${stripModule(name)}.*&expire_func` : `function ${stripModule(called)}\\b`)} SCRIPTS`,
    },
  ];
}

/** What keeps entries young. */
function adviseUse(name: string, kind: 'read' | 'write'): Advice {
  const [what, instead] =
    kind === 'read'
      ? [
          'Every look at an entry starts its time anew, also that of a loop over all of them',
          '&create_expire or &write_expire',
        ]
      : ['Every assignment to an entry starts its time anew', '&create_expire'];
  return {
    text: `Look for what does it with all entries again and again. ${what}; ${instead} would let it end.`,
    command: `grep -rn ${quoteForShell(`${stripModule(name)}`)} SCRIPTS`,
  };
}

/** What takes the attributes away: a statement in a script at hand, or a search for one. */
function adviseReplacement(name: string, assignments: RuleInput['assignments']): Advice[] {
  const cure = 'Empty it with clear_table() instead, or repeat the attributes.';
  const found = assignments.filter((one) => {
    return qualifyName(one.name, one.module) === name || qualifyName(one.name, 'GLOBAL') === name;
  });
  if (found.length > 0)
    return found.map(({ script, line, text }) => ({
      text: `${script}:${line} assigns a new value to it, which has none of the attributes that were declared. ${cure}`,
      command: text,
    }));
  return [
    {
      text: `Look for an assignment of a new table or set to ${name} (doctor finds it where it is given the scripts): the attributes are those of the value, and a new value has none. ${cure}`,
      command: `grep -rn ${quoteForShell(`${stripModule(name)} *=`)} SCRIPTS`,
    },
  ];
}

/** In what the log counts, where it does not say what that is: the origin's six columns. */
export const growingCounts: Rule = (input) => {
  const all = input.assessments.flatMap((assessment) =>
    assessment.growingCounts.map((one): Growth => ({ ...one, assessment })),
  );
  return groupByVariable(all).map((list) => describeCounts(list, input));
};

function describeCounts(list: readonly Growth[], { attributor }: RuleInput): Finding {
  const { variable, trend, assessment } = list[0]!;
  const { expiryFails } = variable.judged;
  const nodes = list.map((one) => one.assessment.node.node);
  const most = nodes.length > 1 ? ` on ${assessment.node.node}` : '';
  const grew = describeRise(trend, formatCount(trend.change), formatCountRate(trend.slope), most);
  return {
    kind: expiryFails ? 'expiry-ineffective' : 'variable-grows',
    level: 'warning',
    certainty: 'likely',
    because: `${describeSteadiness(trend)}; how many bytes that is cannot be told`,
    nodes,
    subject: variable.variable,
    what: `${describeGrowth(nodes, variable, grew)}, in a unit that the log does not tell`,
    evidence: list.flatMap((one) => [
      ...listVariableEvidence(one.variable, one.assessment),
      ...listResidentEvidence(one.assessment),
    ]),
    advice: [
      {
        text: 'The collector of this project also logs the unit, entries and types, from which bytes follow.',
        command: null,
      },
      adviseLook(variable, attributor),
    ],
  };
}
