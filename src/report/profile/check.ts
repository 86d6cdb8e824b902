/** What `profile --check` found, for people and for CI servers. */

import type { ProfileResult } from '../../model/answers/profile.ts';
import { judgedMarkdown, makeTestCase, type TestCase, writeJunit } from '../check/check.ts';
import { checkLines, checkSummary, checkWords, describeStale, hasFailed } from '../check/words.ts';
import type { ScreenText } from '../tables/screen.ts';
import { visible } from '../text/sanitize.ts';
import { nameInSentence } from '../words.ts';

type Checked = Pick<ProfileResult, 'failures' | 'budgets'>;

/** Null where nothing was checked. */
export function passes({ failures, budgets }: Checked): boolean | null {
  if (failures === null) return null;
  return failures.length === 0 && (budgets === null || !hasFailed(budgets));
}

export function checkOnScreen(result: Checked, text: ScreenText): void {
  const { failures, budgets } = result;
  if (failures === null) return;
  text.line('');
  if (budgets !== null) checkLines(text, budgets, false);
  for (const failure of failures) text.line(writeFailure(failure), text.paint.warning);
  if (passes(result)) text.line('check: fine');
}

function writeFailure({ variable, what }: NonNullable<Checked['failures']>[number]): string {
  return `check failed: ${variable === null ? '' : `${nameInSentence(variable)}: `}${visible(what)}`;
}

/** For outputs that have no place for it. */
export function checkAsides({ failures, budgets }: Checked): string[] {
  const told = budgets === null ? [] : budgets.rows.filter(({ state }) => state !== 'kept');
  return [
    ...told.map((row) => `${row.state}: ${nameInSentence(row.name)}: ${checkWords(row)}.`),
    ...(budgets === null ? [] : [checkSummary(budgets)]),
    ...(failures ?? []).map(writeFailure),
  ];
}

export function checkNotes({ budgets }: Checked): string[] {
  return budgets === null ? [] : describeStale(budgets);
}

/** @param escaped makes a text harmless, @param code a name */
export function checkInMarkdown(
  result: Checked,
  escaped: (text: string) => string,
  code: (text: string) => string,
): string[] {
  const { failures, budgets } = result;
  if (failures === null) return [];
  const lines = failures.map(({ variable, what }) => {
    return `- ${variable === null ? '' : `${code(visible(variable))}: `}${escaped(visible(what))}`;
  });
  return [
    passes(result) ? '**Check: fine.**' : '**Check failed.**',
    ...(lines.length > 0 ? [lines.join('\n')] : []),
    ...(budgets === null ? [] : [judgedMarkdown(budgets, false).join('\n')]),
  ];
}

/** One test case per limit, and one per variable that is compared with another version. */
export function profileJunit({ failures, budgets, variables, against, trace }: ProfileResult): string {
  const found = failures ?? [];
  const general = found
    .filter(({ variable }) => variable === null)
    .map(({ what }): TestCase => ({ subject: 'run', name: what, state: 'missing', said: what, place: null }));
  const compared = variables.flatMap(({ variable, present, script, line }): TestCase[] => {
    if (against === null || !present) return [];
    const said = found.filter((failure) => failure.variable === variable).map(({ what }) => `${variable}: ${what}`);
    return [
      {
        subject: 'variable',
        name: `variable ${variable}: compared with ${against.label}`,
        state: said.length > 0 ? 'failed' : 'kept',
        said: said.join('; '),
        place: script === null || line === null ? null : { file: script, line },
      },
    ];
  });
  return writeJunit([...general, ...(budgets?.rows ?? []).map(makeTestCase), ...compared], trace.last);
}
