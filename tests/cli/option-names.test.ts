/** Rooms below the command line speak of options, which become flags where they are printed. */

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { nameFlags, OPTIONS } from '../../src/cli/option-names.ts';
import { createProgram } from '../../src/cli/program.ts';
import { ROOT } from './run.ts';

const silent = { write: () => true };
const program = createProgram({ stdout: silent, stderr: silent, env: {} });

test('every option that errors name is a flag of some command', () => {
  const flags = program.commands.flatMap(({ options }) => options.map(({ long }) => long));
  for (const option of OPTIONS) expect(flags).toContain(nameFlags(`\`${option}\``));
});

test('other words in backticks stay as they are', () => {
  expect(nameFlags('see `foo` and `sensorColumn`, or `traces` FILE')).toBe(
    'see `foo` and --sensor-column, or --pcap FILE',
  );
});

test('no error of the inner rooms names a flag, but in a command to type', () => {
  const files = ['model/errors', 'app', 'store'].flatMap((room) => {
    const names = readdirSync(join(ROOT, 'src', room), { recursive: true, encoding: 'utf8' });
    return names.filter((name) => name.endsWith('.ts')).map((name) => join(ROOT, 'src', room, name));
  });
  expect(files.length).toBeGreaterThan(50);
  for (const file of files) {
    const texts = readFileSync(file, 'utf8').match(/'[^'\n]*'|`[^`\n]*`/g) ?? [];
    for (const text of texts) if (/ --[a-z]/.test(text)) expect(text, file).toMatch(/my-stats|use top/);
  }
});
