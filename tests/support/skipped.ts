/** Names, at the end of a run, the tests that were skipped and what they need. */

import type { Reporter, TestCase, TestModule, TestSuite, Vitest } from 'vitest/node';

/** Set by `.ci/run`: a test may be skipped only for the lack of what is named here. */
const ALLOWED = process.env.MY_STATS_SKIP_ONLY_WITHOUT;

export class SkippedTests implements Reporter {
  #isWhole = true;

  onInit({ config }: Vitest): void {
    // Asked for by name, vitest counts all others as skipped.
    this.#isWhole = config.testNamePattern === undefined;
  }

  onTestRunEnd(modules: readonly TestModule[]): void {
    if (!this.#isWhole) return;
    const byNeed = new Map<string, TestCase[]>();
    for (const test of modules.flatMap(({ children }) => [...children.allTests('skipped')])) {
      const need = neededBy(test);
      byNeed.set(need, [...(byNeed.get(need) ?? []), test]);
    }
    for (const [need, tests] of byNeed) {
      const files = [...new Set(tests.map(({ module }) => module.relativeModuleId))].join(', ');
      const why = need === '' ? 'for no reason that is told' : `without ${need}`;
      console.log(`Skipped ${why}: ${tests.length} ${tests.length === 1 ? 'test' : 'tests'} (${files})`);
    }
    if (ALLOWED === undefined || [...byNeed.keys()].every((need) => need.startsWith(ALLOWED))) return;
    console.log(`Here tests may be skipped only without ${ALLOWED}.`);
    process.exitCode = 1;
  }
}

/** What is missing, as the outermost suite says, or one within it, or the test; nothing where none does. */
function neededBy(test: TestCase): string {
  let needed = '';
  for (let one: TestCase | TestSuite | TestModule = test; one.type !== 'module'; one = one.parent)
    needed = one.meta().needs ?? needed;
  return needed;
}
