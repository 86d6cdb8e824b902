/** `my-stats estimate`: what a structure weighs, from the size model alone. */

import { readFile } from 'node:fs/promises';
import { type Command, InvalidArgumentError } from 'commander';
import { missingPath, unreadablePath } from '../../model/errors.ts';
import { answer } from '../answer.ts';
import { addOutputOptions, helpFooter, type OutputFlags } from '../options.ts';
import type { Surroundings } from '../surroundings.ts';

interface EstimateFlags extends OutputFlags {
  readonly entries?: number;
  readonly footprint?: number;
  readonly characters?: number;
  readonly peak?: number;
  readonly script?: readonly string[];
  readonly zeek?: string;
}

const EXAMPLES = [
  ["my-stats estimate 'table[addr] of set[string]' --entries 1e6", 'what a million of them take'],
  ["my-stats estimate 'set[string]' --entries 20000 --footprint 220000", 'with the objects that Zeek counts'],
  [
    "my-stats estimate 'table[conn_id] of Foo::State' --entries 50k --script foo.zeek",
    'of a type that a script declares',
  ],
  ['my-stats estimate pattern --characters 131703', 'a pattern, by the length of its text'],
] as const;

const MORE = `
The type is one that Zeek prints, as in my_stats_variable.log, or one that a
script declares. A NUMBER may be written as 20000, 2e4 or 20k (k, M, G).

The footprint is what val_footprint() counts in Zeek. Without it nothing is
known of what is in strings and in containers inside: the answer says what it
assumes.
`;

export function addEstimateCommand(program: Command, surroundings: Surroundings): void {
  const command = program
    .command('estimate')
    .summary('what a structure of a type weighs')
    .description(
      'Estimates the bytes that a value of a type takes in a Zeek process: the least, the most likely and the most. ' +
        'No logs are read.',
    )
    .argument('<type>', "a type in Zeek's words, in quotes")
    .option('--entries <number>', 'elements of the table, set or vector', parseNumber)
    .option('--footprint <number>', 'objects that Zeek counts for it', parseNumber)
    .option('--characters <number>', 'length of a string, or of the text of a pattern', parseNumber)
    .option('--peak <number>', 'the most elements it ever had (default: as many as now)', parseNumber)
    .option(
      '--script <file>',
      'a script that declares types it names',
      (file: string, before: readonly string[] = []) => [...before, file],
    )
    .option('--zeek <version>', 'the version of Zeek, such as 8.0 (default: any)', parseVersion);
  addOutputOptions(command)
    .addHelpText('after', helpFooter(EXAMPLES, MORE))
    .action(async (type: string, flags: EstimateFlags) => {
      const [{ estimate }, { estimateReport }] = await Promise.all([
        import('../../app/estimate.ts'),
        import('../../report/estimate.ts'),
      ]);
      const { entries = null, footprint = null, characters = null, peak = entries, zeek = null, script = [] } = flags;
      const scripts = await Promise.all(script.map(readScript));
      const options = { type, entries, footprint, characters, peakEntries: peak, zeekVersion: zeek, scripts };
      await answer(surroundings, flags, () => estimate(options), estimateReport);
    });
}

const PREFIXES: Readonly<Record<string, number>> = { '': 1, k: 1e3, M: 1e6, G: 1e9 };

/** `20000`, `2e4`, `1.5M`; a whole number from 0 in the end. */
function parseNumber(text: string): number {
  const [, digits = '', prefix = ''] = /^(\d{1,15}(?:\.\d{1,9})?(?:[eE]\+?\d{1,2})?)([kMG]?)$/.exec(text) ?? [];
  const value = Number(digits) * PREFIXES[prefix]!;
  if (digits === '' || !Number.isSafeInteger(value))
    throw new InvalidArgumentError('Give a whole number from 0, such as 20000, 2e4 or 20k.');
  return value;
}

function parseVersion(text: string): string {
  if (!/^\d{1,3}(?:\.\d{1,3}){0,2}(?:-[\w.-]+)?$/.test(text))
    throw new InvalidArgumentError('Give a version such as 8.0 or 8.0.10.');
  return text;
}

/** @throws ExpectedError where it cannot be read */
async function readScript(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw code === 'ENOENT' ? missingPath(file) : unreadablePath(file, code ?? 'unknown');
  }
}
