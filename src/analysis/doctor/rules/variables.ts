/** Variables that grow without an end in sight, and those whose declared expiry should end it. */

import { qualifiedName } from '../../../attribution/declaration.ts';
import type { Advice, Certainty, Finding } from '../../../model/answers/doctor.ts';
import { formatCount } from '../../../model/quantity.ts';
import { formatDuration } from '../../../model/time.ts';
import { daysToDouble, type GrowingVariable, type Picture } from '../picture.ts';
import { EFFECT } from '../thresholds.ts';
import { growsInside, type VariableCase } from '../variable-case.ts';
import { bytesRate, countRate, growthWords, onNodes, rangeText, shellWord, steadiness } from '../words.ts';
import { byVariable } from './by-variable.ts';
import { type Rule, residentEvidence, type Ward } from './rule.ts';
import { evidenceOfVariable, lookAdvice } from './variable-evidence.ts';

interface Growth extends GrowingVariable {
  readonly picture: Picture;
}

export const growingVariables: Rule = (ward) => {
  const growths = ward.pictures.flatMap((picture) => picture.growing.map((one): Growth => ({ ...one, picture })));
  return byVariable(growths).map((list) => findingOf(list, ward));
};

/** With a trace, runs are at the packets' time and the process started at the clock's: the first run must do. */
function startOf({ node }: Picture): number {
  const first = node.ts[0] ?? 0;
  return node.boot === null ? first : Math.min(node.boot, first);
}

function findingOf(list: readonly Growth[], ward: Ward): Finding {
  const worst = list[0]!;
  const { variable, trend, bytesPerSecond, picture } = worst;
  const { expiryFails } = variable.judged;
  const nodes = list.map(({ picture: { node } }) => node.node);
  const days = daysToDouble(bytesPerSecond, picture.node);
  const change = rangeText(variable.change);
  const most = nodes.length > 1 ? ` on ${picture.node.node}` : '';
  const grew = growthWords(trend, change, bytesRate(bytesPerSecond), most);
  const what = growsOn(nodes, variable, grew);
  const isProblem = days !== null && days < EFFECT.problemDays;
  return {
    kind: expiryFails ? 'expiry-ineffective' : 'variable-grows',
    level: expiryFails || isProblem ? 'problem' : 'warning',
    nodes,
    subject: variable.variable,
    what: days === null ? what : `${what}, which doubles the process in ${formatDuration(days * 86_400)}`,
    ...certaintyOf(worst),
    evidence: list.flatMap((growth) => [
      ...evidenceOfVariable(growth.variable, growth.picture),
      ...residentEvidence(growth.picture),
    ]),
    advice: adviceOf(worst, ward),
  };
}

/** @param grew by how much, how and in which time */
export function growsOn(nodes: readonly string[], { variable, judged }: VariableCase, grew: string): string {
  if (!judged.expiryFails) return `${variable} grows without an end in sight ${onNodes(nodes)}: ${grew}`;
  return `${variable} declares ${judged.expiry!.text} and still grows ${onNodes(nodes)}: its expiry is not in effect; ${grew}`;
}

function certaintyOf({ trend, picture, variable }: Growth): { certainty: Certainty; because: string } {
  const { resident } = picture.node;
  const past = variable.judged.expiryFails
    ? `, until ${formatDuration(trend.to - startOf(picture))} after the process started`
    : '';
  if (resident === null)
    return {
      certainty: 'likely',
      because: `${steadiness(trend)}${past}; memory was not logged`,
    };
  const share = variable.change.low / Math.max(1, resident.change);
  if (resident.kind === 'growing' && share >= EFFECT.judged && !trend.isOfEarlierLife)
    return { certainty: 'certain', because: `${steadiness(trend)}${past}, and memory with it` };
  const weighed =
    variable.now.method === 'assumed'
      ? 'no log tells its type, so what it takes in bytes is a guess'
      : 'what it takes in bytes is estimated from its type';
  return { certainty: 'likely', because: `${steadiness(trend)}${past}; ${weighed}` };
}

function adviceOf({ variable }: Growth, { attributor, assignments }: Ward): Advice[] {
  const name = variable.variable;
  const look = lookAdvice(variable, attributor);
  const { expiry, expiryFails, measure, trend } = variable.judged;
  if (expiryFails && expiry !== null) {
    const used = expiry.kind === 'create' ? [] : [usedAdvice(name, expiry.kind)];
    return [...used, ...replacementAdvice(name, assignments), look];
  }
  const entries = variable.entries[variable.lastPoint]!;
  if (growsInside(variable))
    return [
      {
        text: `Look for what adds to the values of its entries and never removes: it has ${formatCount(entries)} entries, which do not become more, so an expiry of them does not help. Limit what each of them holds, or give the table or set inside a time of its own.`,
        command: `grep -rn ${shellWord(`${shortName(name)}\\[`)} SCRIPTS`,
      },
      look,
    ];
  const rate = measure === 'entries' && trend.perHour !== null ? trend.perHour.likely / 3600 : null;
  const pace = rate === null ? '' : ` It has ${formatCount(entries)} entries, ${countRate(rate)} more.`;
  return [
    {
      text: `Give its entries a time to leave, or delete them where their owner goes.${pace}`,
      command: `&create_expire=1day, or &write_expire, where ${name} is declared`,
    },
    look,
  ];
}

/** What keeps entries young. */
function usedAdvice(name: string, kind: 'read' | 'write'): Advice {
  const [what, instead] =
    kind === 'read'
      ? [
          'Every look at an entry starts its time anew, also that of a loop over all of them',
          '&create_expire or &write_expire',
        ]
      : ['Every assignment to an entry starts its time anew', '&create_expire'];
  return {
    text: `Look for what does it with all entries again and again. ${what}; ${instead} would let it end.`,
    command: `grep -rn ${shellWord(`${shortName(name)}`)} SCRIPTS`,
  };
}

/** What takes the attributes away: a statement in a script at hand, or a search for one. */
function replacementAdvice(name: string, assignments: Ward['assignments']): Advice[] {
  const cure = 'Empty it with clear_table() instead, or repeat the attributes.';
  const found = assignments.filter((one) => {
    return qualifiedName(one.name, one.module) === name || qualifiedName(one.name, 'GLOBAL') === name;
  });
  if (found.length > 0)
    return found.map(({ script, line, text }) => ({
      text: `${script}:${line} assigns a new value to it, which has none of the attributes that were declared. ${cure}`,
      command: text,
    }));
  return [
    {
      text: `Look for an assignment of a new table or set to ${name} (doctor finds it where it is given the scripts): the attributes are those of the value, and a new value has none. ${cure}`,
      command: `grep -rn ${shellWord(`${shortName(name)} *=`)} SCRIPTS`,
    },
  ];
}

function shortName(variable: string): string {
  return variable.slice(variable.lastIndexOf('::') + (variable.includes('::') ? 2 : 0));
}
