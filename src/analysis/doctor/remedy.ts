/** What to change where a variable is declared that grows without an end, and what it comes to then. */

import { type Declaration, stripModule } from '../../attribution/declaration.ts';
import type { Evidence, Finding, Remedy } from '../../model/answers/doctor.ts';
import type { Attribution } from '../../model/logged/description.ts';

const HOUR = 3600;
/** Lifetimes of entries, as Zeek writes them: the longest is proposed that leaves the process most of its memory. */
const LIFETIMES = [
  { text: '1day', seconds: 24 * HOUR },
  { text: '1hr', seconds: HOUR },
  { text: '10min', seconds: 600 },
  { text: '1min', seconds: 60 },
] as const;
/** The index of the longest that is proposed: who needs a day knows. */
const LONGEST = 1;
const MOST_OF_PROCESS = 0.5;

/** What is known of a variable besides how it went. */
interface DeclaredVariable {
  readonly attribution: Attribution;
  /** In Zeek's words; null where no log says. */
  readonly type: string | null;
  /** From a script at hand; null without one. */
  readonly declaration: Declaration | null;
}

/**
 * An expiry for a table or set to which entries come and from which none leave. As many are there in the end as come in
 * their lifetime, and each takes what one takes now.
 *
 * @returns null where that would not help, or where too little is known
 */
export function proposeRemedy({ kind, evidence, subject }: Finding, variable: DeclaredVariable): Remedy | null {
  const { attribution, declaration } = variable;
  const type = declaration?.type ?? variable.type;
  if (kind !== 'variable-grows' || subject === null || attribution.expiry !== null) return null;
  if (type === null || !/^(table|set)\b/.test(type)) return null;
  const counted = evidence.find(
    ({ what, unit, perHour }) => what === subject && unit === 'entries' && perHour !== null,
  );
  if (counted === undefined || !counted.last) return null;
  const weighed = evidence.find(
    ({ what, unit, node }) => what === subject && unit === 'bytes' && node === counted.node,
  );
  const entriesPerSecond = counted.perHour! / HOUR;
  const before = printDeclaration(subject, type, declaration);
  const bytes = weighed?.last ?? null;
  const resident = evidence.find(({ what, node }) => what === 'resident memory' && node === counted.node)?.last ?? null;
  const settles = LIFETIMES.map(({ seconds }) => settleAt(seconds, entriesPerSecond, counted, bytes));
  const fits = settles.findIndex((one, i) => {
    return i >= LONGEST && (one.bytes === null || resident === null || one.bytes <= MOST_OF_PROCESS * resident);
  });
  const place = fits < 0 ? LIFETIMES.length - 1 : fits;
  const expiry = `&create_expire=${LIFETIMES[place]!.text}`;
  return {
    script: attribution.script,
    line: attribution.line,
    before: `${before};`,
    after: `${before} ${expiry};`,
    expiry,
    entriesPerSecond,
    settles: [settles[place]!, settles[place - 1]!],
  };
}

function settleAt(seconds: number, perSecond: number, { last }: Evidence, bytes: number | null) {
  const entries = Math.round(perSecond * seconds);
  return { seconds, entries, bytes: bytes === null ? null : (entries * bytes) / last! };
}

function printDeclaration(variable: string, type: string, declaration: Declaration | null): string {
  const { keyword = 'global', value = null, attributes = [] } = declaration ?? {};
  return [
    `${keyword} ${stripModule(variable)}: ${type}`,
    ...(value === null ? [] : [`= ${value}`]),
    ...attributes,
  ].join(' ');
}
