/** Rooms below the command line speak of options, which become flags where they are printed. */

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { COMMANDS } from '../../src/cli/commands.ts';
import { nameFlags } from '../../src/cli/failure.ts';
import { ROOT } from './run.ts';

const ROOMS = ['model/errors', 'app', 'store'];
const FILES = ROOMS.flatMap((room) => {
  const names = readdirSync(join(ROOT, 'src', room), { recursive: true, encoding: 'utf8' });
  return names.filter((name) => name.endsWith('.ts')).map((name) => join(ROOT, 'src', room, name));
});

test('every option that errors name becomes a flag', () => {
  const named = FILES.flatMap((file) => {
    const texts = readFileSync(file, 'utf8').match(/'[^'\n]*`[a-zA-Z]+`[^'\n]*'|\\`[a-zA-Z]+\\`/g) ?? [];
    return texts.flatMap((text) => Array.from(text.matchAll(/`([a-zA-Z]+)\\?`/g), ([, name]) => name!));
  });
  expect(named).toEqual(expect.arrayContaining(['since', 'until', 'traces', 'patternText', 'sensorColumn']));
  for (const name of named) expect(nameFlags(`\`${name}\``, COMMANDS, null), name).toMatch(/^--[a-z-]+$/);
});

test('other words in backticks stay as they are', () => {
  expect(nameFlags('see `foo` and `sensorColumn`, or `traces` FILE', COMMANDS, null)).toBe(
    'see `foo` and --sensor-column, or --pcap FILE',
  );
});

test('an option is called as by the command that was given', () => {
  expect(nameFlags('give `scripts`', COMMANDS, 'estimate')).toBe('give --script');
  expect(nameFlags('give `scripts`', COMMANDS, 'top')).toBe('give --scripts');
});

test('no error of the inner rooms names a flag, but in a command to type', () => {
  expect(FILES.length).toBeGreaterThan(50);
  for (const file of FILES) {
    const texts = readFileSync(file, 'utf8').match(/'[^'\n]*'|`[^`\n]*`/g) ?? [];
    for (const text of texts) if (/ --[a-z]/.test(text)) expect(text, file).toMatch(/my-stats|use top/);
  }
});
