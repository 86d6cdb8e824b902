/** Writes the manual pages, dist/man/my-stats.1 and one for each command, from the same table as `--help`. */

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { PROGRAM, root, withRequire } from './bundling.mjs';

const folder = join(root, 'dist', 'man');
mkdirSync(folder, { recursive: true });
const program = await loadProgram();
for (const command of [program, ...program.commands]) {
  const isWhole = command === program;
  writeFileSync(join(folder, `${nameOf(command)}.1`), isWhole ? overview(program) : page(command));
}

/** As it parses what a user types, with what it prints kept. */
async function loadProgram() {
  const { outputFiles } = await build({ ...PROGRAM, entryPoints: ['src/cli/program.ts'], outfile: 'program.mjs' });
  // Where it finds DuckDB, which it asks for as it is loaded.
  const place = mkdtempSync(join(root, 'node_modules', '.man-'));
  try {
    const file = join(place, 'program.mjs');
    const [{ text }] = outputFiles.filter(({ path }) => path.endsWith('.mjs'));
    writeFileSync(file, withRequire(text) ?? text);
    const { createProgram } = await import(pathToFileURL(file));
    const silent = { write: () => true };
    return createProgram({ stdout: silent, stderr: silent, env: {} });
  } finally {
    rmSync(place, { recursive: true });
  }
}

function nameOf(command) {
  return command === program ? 'my-stats' : `my-stats-${command.name()}`;
}

function overview(command) {
  let heading = '';
  const listed = command.commands.flatMap((one) => {
    const lines = entry(`my-stats ${one.name()}`, one.summary());
    if (one.helpGroup() === heading) return lines;
    heading = one.helpGroup();
    return [`.SS ${escapeRoff(heading.replace(/:$/, ''))}`, ...lines];
  });
  return [
    ...head(command, command.description()),
    '.SH SYNOPSIS',
    '.B my\\-stats\n.RI [ command ]\n.RI [ options ]\n.RI [ logs .\\|.\\|.]',
    '.SH DESCRIPTION',
    escapeRoff(command.description()),
    '.PP\nWithout a command it is my\\-stats\\-doctor(1).',
    '.SH COMMANDS',
    ...listed,
    ...optionsOf(command),
    ...footer(command),
    '.SH SEE ALSO',
    command.commands.map((one) => `.BR ${escapeRoff(nameOf(one))} (1)`).join(',\n'),
    '',
  ].join('\n');
}

function page(command) {
  const help = command.createHelp();
  const given = help
    .visibleArguments(command)
    .flatMap((one) => entry(help.argumentTerm(one), help.argumentDescription(one)));
  return [
    ...head(command, command.summary()),
    '.SH SYNOPSIS',
    `.B my\\-stats ${escapeRoff(command.name())}`,
    escapeRoff(command.usage()),
    '.SH DESCRIPTION',
    escapeRoff(command.description()),
    ...(given.length === 0 ? [] : ['.SH ARGUMENTS', ...given]),
    ...optionsOf(command),
    ...footer(command),
    '.SH SEE ALSO',
    '.BR my\\-stats (1)',
    '',
  ].join('\n');
}

function head(command, summary) {
  const name = nameOf(command);
  return [
    `.TH ${escapeRoff(name.toUpperCase())} 1 "" "my\\-stats ${program.version()}" "my\\-stats"`,
    '.SH NAME',
    `${escapeRoff(name)} \\- ${escapeRoff(summary.replace(/^F/, 'f').replace(/\.$/, ''))}`,
  ];
}

function optionsOf(command) {
  const help = command.createHelp();
  const all = help.visibleOptions(command);
  return ['.SH OPTIONS', ...all.flatMap((option) => entry(help.optionTerm(option), help.optionDescription(option)))];
}

function entry(term, description) {
  return ['.TP', `.B ${escapeRoff(term)}`, escapeRoff(description)];
}

/** What help says after the options: examples, and what more there is to know. */
function footer(command) {
  let text = '';
  command.configureOutput({ writeOut: (part) => (text += part) });
  command.outputHelp();
  const [, after] = text.split('\nExamples:\n');
  const [examples, ...more] = after.split('\n\n');
  return [
    '.SH EXAMPLES',
    `.nf\n${escapeRoff(examples.replace(/^ {2}/gm, ''))}\n.fi`,
    '.SH NOTES',
    more.map((paragraph) => escapeRoff(paragraph.trim())).join('\n.PP\n'),
  ];
}

/** As roff takes it for text: no line of it is a request, and a hyphen can be copied as it is typed. */
function escapeRoff(text) {
  return text
    .replaceAll('\\', '\\e')
    .replaceAll('-', '\\-')
    .replace(/^(?=[.'])/gm, '\\&');
}
