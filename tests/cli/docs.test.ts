/**
 * What the documentation shows is what the program does: tables of options and columns, and the output of commands.
 *
 * UPDATE_DOCS=1 writes into the documents what is compared otherwise.
 */

import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from 'commander';
import { describe, expect, test } from 'vitest';
import { TABLES } from '../../src/cli/commands/sql.ts';
import { createProgram } from '../../src/cli/program.ts';
import { FINDING_KINDS } from '../../src/model/answers/doctor.ts';
import {
  FINDING_METRIC,
  GAUGE_METRICS,
  type Metric,
  MODULE_METRICS,
  NODE_METRICS,
  SKIPPED_METRIC,
  VARIABLE_METRICS,
} from '../../src/model/metrics.ts';
import { connectionsReport } from '../../src/report/answers/connections.ts';
import { diffReport } from '../../src/report/answers/diff.ts';
import { doctorReport } from '../../src/report/answers/doctor.ts';
import { explainReport } from '../../src/report/answers/explain.ts';
import { growthReport } from '../../src/report/answers/growth.ts';
import { runsReport } from '../../src/report/answers/runs.ts';
import { topReport } from '../../src/report/answers/top.ts';
import { checkReport } from '../../src/report/check/check.ts';
import type { Report } from '../../src/report/output.ts';
import { CHECK } from '../report/check-samples.ts';
import { CONNECTIONS } from '../report/connection-samples.ts';
import { DIFF } from '../report/diff-samples.ts';
import { DOCTOR } from '../report/doctor-samples.ts';
import { EXPLAINED } from '../report/explain-samples.ts';
import { GROWTH } from '../report/growth-samples.ts';
import { BY_MODULE, RUNS } from '../report/samples.ts';
import { cleanEnv, ROOT, run } from './run.ts';

const DOCUMENTS = [
  'README.md',
  'docs/first-look.md',
  'docs/fleets.md',
  ...readdirSync(join(ROOT, 'docs/commands')).map((name) => `docs/commands/${name}`),
];
const silent = { write: () => true };
const program = createProgram({ stdout: silent, stderr: silent, env: cleanEnv() });
const screen = { width: null, color: false };

function optionTable(command: Command): string {
  const help = command.createHelp();
  const rows = help.visibleOptions(command).map((option) => {
    return [`\`${help.optionTerm(option)}\``, help.optionDescription(option).replaceAll('|', '\\|')];
  });
  return markdownTable(['option', 'does'], rows);
}

function columnTable(csv: string): string {
  return csv
    .split('\n')[0]!
    .split(',')
    .map((name) => `\`${name}\``)
    .join(', ');
}

function tablesTable(): string {
  const rows = Object.entries(TABLES).map(([name, columns]) => {
    return [`\`${name}\``, columns.map((column) => `\`${column}\``).join(', ')];
  });
  return markdownTable(['table', 'columns'], rows);
}

function metricsTable(labels: string): string {
  const rows = metricsOf(METRICS_OF[labels]!).map(({ name, help }) => [`\`${name}\``, help]);
  return markdownTable(['metric', 'meaning'], rows);
}

/** Metrics by whose labels they have. */
const METRICS_OF: Record<string, object> = {
  variable: VARIABLE_METRICS,
  module: MODULE_METRICS,
  node: { ...NODE_METRICS, ...GAUGE_METRICS },
  other: { FINDING_METRIC, SKIPPED_METRIC },
};

function metricsOf(declared: object): Metric[] {
  return Object.values(declared).flatMap((one) => ('name' in one ? [one as Metric] : metricsOf(one)));
}

/** Aligned, as the formatter wants it. */
function markdownTable(headings: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = headings.map((heading, i) => Math.max(heading.length, ...rows.map((row) => row[i]!.length)));
  const line = (cells: readonly string[]) => `| ${cells.map((cell, i) => cell.padEnd(widths[i]!)).join(' | ')} |`;
  return [line(headings), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n');
}

const CSV: Record<string, Report> = {
  top: topReport(false)(BY_MODULE, 'csv', screen),
  runs: runsReport(RUNS, 'csv', screen),
  check: checkReport(CHECK, 'csv', screen, false),
  diff: diffReport(DIFF, 'csv', screen),
  growth: growthReport(false)(GROWTH, 'csv', screen),
  explain: explainReport(EXPLAINED, 'csv', screen),
  connections: connectionsReport(CONNECTIONS, 'csv', screen),
  doctor: doctorReport({ all: true, finding: null, logs: [] })(DOCTOR, 'csv', screen),
};

/** `<!-- name argument -->` … `<!-- /name -->` */
const GENERATED: Record<string, (argument: string) => string> = {
  options: (name) => optionTable(program.commands.find((command) => command.name() === name)!),
  columns: (name) => columnTable(CSV[name]!.text),
  tables: tablesTable,
  metrics: metricsTable,
};

function generate(text: string): string {
  return text.replace(
    /<!-- (options|columns|tables|metrics)(?: (\w+))? -->\n[\s\S]*?<!-- \/\1 -->/g,
    (_, kind, argument) => {
      const opening = `<!-- ${kind}${argument === undefined ? '' : ` ${argument}`} -->`;
      return `${opening}\n\n${GENERATED[kind]!(argument ?? '')}\n\n<!-- /${kind} -->`;
    },
  );
}

const CONSOLE = /```console\n\$ ([^\n]*)\n([\s\S]*?)```/g;

function shown(text: string): { command: string; output: string }[] {
  return Array.from(text.matchAll(CONSOLE), ([, command, output]) => ({ command: command!, output: output! }));
}

/** The command as its document writes it, with the program of this folder, in its folder. */
async function outputOf(command: string): Promise<string> {
  const script = `my-stats() { "$NODE" bin/my-stats "$@"; }; exec 2>&1; ${command.replace(/\bbin\/my-stats\b/g, 'my-stats')}`;
  const { code, stdout } = await run('bash', ['-c', script], { env: { NODE: process.execPath } });
  expect(code).toBe(0);
  return stdout;
}

describe.each(DOCUMENTS)('%s', (path) => {
  const file = join(ROOT, path);

  test('tables are those of the program', () => {
    const text = readFileSync(file, 'utf8');
    if (process.env.UPDATE_DOCS) writeFileSync(file, generate(text));
    else expect(text).toBe(generate(text));
  });

  // A page may have a dozen commands.
  test('shows what its commands print', { timeout: 120_000 }, async () => {
    for (const { command, output } of shown(readFileSync(file, 'utf8'))) {
      const real = await outputOf(command);
      if (process.env.UPDATE_DOCS) {
        const text = readFileSync(file, 'utf8');
        writeFileSync(file, text.split(`$ ${command}\n${output}\`\`\``).join(`$ ${command}\n${real}\`\`\``));
      } else expect(output, command).toBe(real);
    }
  });
});

test('every command has its page', () => {
  expect(DOCUMENTS).toEqual(
    expect.arrayContaining(program.commands.map((command) => `docs/commands/${command.name()}.md`)),
  );
});

test.each(FINDING_KINDS)('doctor.md says when there is a finding %s', (kind) => {
  expect(readFileSync(join(ROOT, 'docs/commands/doctor.md'), 'utf8')).toContain(`\n| \`${kind}\` `);
});
