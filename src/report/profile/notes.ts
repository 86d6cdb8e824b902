/** What the reader of a profile must know besides its numbers. */

import type { ProfiledPackage, ProfileProcess, ProfileResult, ProfileVariable } from '../../model/answers/profile.ts';
import { formatSize } from '../../model/quantity.ts';
import { describeReading } from '../reading.ts';
import { visible } from '../text/sanitize.ts';
import { countThings, cutSentence, listNames, nameInSentence } from '../words.ts';
import { checkNotes } from './check.ts';
import { listFunctionNotes } from './functions.ts';

/** Below this, what 1,000 connections cost is a guess. */
const FEW_CONNECTIONS = 200;

export function profileNotes(result: ProfileResult): string[] {
  const { process, without, against, trace } = result;
  const notes: string[] = [];
  const said = new Set<string>();
  for (const run of [process, against, without]) {
    if (run === null) continue;
    // What every run says is said once.
    notes.push(...listProcessNotes({ ...run, messages: run.messages.filter((message) => !said.has(message)) }));
    for (const message of run.messages) said.add(message);
  }
  if (result.variables.some((v) => (v.perThousandConnections ?? 0) !== 0) && trace.connections < FEW_CONNECTIONS) {
    const connections = trace.connections === 1 ? '1 connection' : `${trace.connections} connections`;
    notes.push(`The trace has ${connections} only: what 1,000 would cost is extrapolated.`);
  }
  if (process.measurements < 3)
    notes.push(
      process.measurements === 1
        ? 'There was a single measurement: how the variables grew cannot be told.'
        : `There were ${process.measurements} measurements only: how the variables grew is hardly to be told.`,
    );
  notes.push(...listUnknownNotes(result.variables));
  for (const { script, line, text } of result.stores)
    notes.push(`${visible(script)}:${line} opens a store of Broker's, which no variable holds: ${visible(text)}`);
  notes.push(...listOriginNotes(result.variables), ...listExpiryNotes(result.variables));
  if (result.functions !== null) notes.push(...listFunctionNotes(result.functions));
  notes.push(...checkNotes(result), ...result.notes.map((note) => visible(note)), ...describeReading(result.reading));
  if (result.kept !== null) notes.push(`The logs of the runs are in ${visible(result.kept)}`);
  return notes;
}

function listProcessNotes({ label, interrupted, endedEarly, messages, lacks, printed }: ProfileProcess): string[] {
  const run = `The run ${visible(label)}`;
  const notes: string[] = [];
  if (interrupted) notes.push(`${run} was interrupted: the numbers are those up to then.`);
  if (endedEarly)
    notes.push(`${run} was ended by a script before the end of the trace: the numbers are those up to then.`);
  if (printed > 0) notes.push(`${run} printed ${formatSize(printed, 'bytes')} to standard output, not shown here.`);
  if (lacks.length > 0) {
    const files = listNames(lacks, 4);
    notes.push(
      `${run} lacks ${files}: what the scripts would hold of it is not in the numbers. --cwd names its folder.`,
    );
  }
  if (messages.length > 0) {
    notes.push(`${run} said:`);
    for (const message of messages) notes.push(cutSentence(`  ${message}`));
  }
  return notes;
}

function listUnknownNotes(variables: readonly ProfileVariable[]): string[] {
  const unknown = variables.filter(({ present, peak }) => present && peak === null).map((v) => v.variable);
  return unknown.length === 0 ? [] : [`Of a size that is not known, and not in the total: ${listNames(unknown, 4)}.`];
}

/** What must be known of a package's numbers where it is one row among those of others. */
export function listPackageNotes({ name, profile }: ProfiledPackage): string[] {
  if (profile === null) return [];
  const { process, variables, kept, notes } = profile;
  const messages = process.messages.length;
  return [
    ...listProcessNotes({ ...process, label: `of ${name}`, messages: [], printed: 0 }),
    ...listUnknownNotes(variables).map((note) => `${nameInSentence(name)}: ${note}`),
    ...(messages === 0
      ? []
      : [`${nameInSentence(name)}: ${countThings(messages, 'message')} of Zeek, which a profile of it alone shows.`]),
    ...notes.map((note) => `${nameInSentence(name)}: ${visible(note)}`),
    ...(kept === null ? [] : [`The logs of the runs of ${nameInSentence(name)} are in ${visible(kept)}`]),
  ];
}

function listOriginNotes(variables: readonly ProfileVariable[]): string[] {
  const names = (origin: ProfileVariable['origin']) =>
    variables.filter((v) => v.origin === origin).map((v) => v.variable);
  const loaded = names('loaded');
  const other = names('other');
  const notes: string[] = [];
  if (loaded.length > 0)
    notes.push(`Declared in scripts that the package makes Zeek load, not in its own: ${listNames(loaded, 4)}.`);
  if (other.length > 0)
    notes.push(
      `There without the package as well, and larger with it; only what it adds is counted: ${listNames(other, 4)}.`,
    );
  return notes;
}

function listExpiryNotes(variables: readonly ProfileVariable[]): string[] {
  const lost = variables.flatMap(({ variable, expiry, replaced, present }) => {
    if (!present || expiry === null || replaced === null) return [];
    const where = `${visible(replaced.script)}:${replaced.line}`;
    const what =
      replaced.expiry === 'lost'
        ? `which is lost where ${where} assigns it as a whole`
        : `but where ${where} assigns it as a whole, what counts from then on is the expiry of that value, if it has one`;
    return [`${nameInSentence(variable)} declares ${visible(expiry)}, ${what}.`];
  });
  const changed = variables
    .filter(({ present, before, expiry }) => present && before !== null && before.expiry !== expiry)
    .map((v) => `${nameInSentence(v.variable)}: ${said(v.before!.expiry)} before, ${said(v.expiry)} now.`);
  return [...lost, ...changed];
}

function said(expiry: string | null): string {
  return expiry === null ? 'no declared expiry' : visible(expiry);
}
