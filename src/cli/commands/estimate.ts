/** `my-stats estimate`: what a structure weighs, from the size model alone. */

import { readFile } from 'node:fs/promises';
import { InvalidArgumentError } from 'commander';
import { conflictingOptions, missingPath, unreadablePath } from '../../model/errors/catalogue.ts';
import { USUAL_SHAPE } from '../../model/size-estimate.ts';
import { declareArgument, declareOption } from '../command.ts';
import { OUTPUT } from '../options.ts';
import { declareQuestion } from '../question.ts';

const NUMBER = { parse: parseNumber } as const;

export const estimateCommand = declareQuestion({
  name: 'estimate',
  summary: 'how much memory a value of a type takes',
  description:
    'Estimates the bytes that a value of a type takes in a Zeek process: the least, the most likely and the most. ' +
    'No logs are read.',
  arguments: { type: declareArgument('<type>', 'a type as Zeek writes it, in quotes') },
  options: {
    entries: declareOption('--entries <number>', 'elements of the table, set or vector', NUMBER),
    footprint: declareOption('--footprint <number>', 'number of objects that Zeek counts for it', NUMBER),
    characters: declareOption('--characters <number>', 'length of a string, or of the text of a pattern', NUMBER),
    patternText: declareOption(
      '--text <file>',
      'the text of a pattern, as between the slashes in a script: its states are counted',
    ),
    peakEntries: declareOption('--peak <number>', 'the most elements it ever had (default: as many as now)', NUMBER),
    scripts: declareOption('--script <file>', 'a script that declares types named in it', { isRepeated: true }),
    zeek: declareOption(
      '--zeek <version>',
      'the version of Zeek, such as 8.0 (default: any); with --measure, the Zeek to run, as in profile',
    ),
    measure: declareOption('--measure', 'also fill one in a real Zeek, and show what that takes'),
    stringLength: declareOption(
      '--string-length <number>',
      'with --measure, characters of every string (default: 15)',
      NUMBER,
    ),
    innerEntries: declareOption(
      '--inner-entries <number>',
      'with --measure, elements of every container inside (default: 4)',
      NUMBER,
    ),
    ...OUTPUT,
  },
  examples: [
    ["my-stats estimate 'table[addr] of set[string]' --entries 1e6", 'what a million entries take'],
    [
      "my-stats estimate 'set[string]' --entries 20000 --footprint 220000",
      'with the number of objects that Zeek counts',
    ],
    [
      "my-stats estimate 'table[conn_id] of Foo::State' --entries 50k --script foo.zeek",
      'a type that a script declares',
    ],
    ["my-stats estimate 'set[string]' --entries 1e6 --measure", 'compared with what a real Zeek takes'],
    ['my-stats estimate pattern --text domains.txt', 'a pattern, by the states of its text'],
  ],
  more: `
The type is one that Zeek prints, as in my_stats_variable.log, or one that a
script declares. A NUMBER may be written as 20000, 2e4 or 20k (k, M, G).

The footprint is what val_footprint() counts in Zeek. Without it nothing is
known about the contents of strings and of containers inside; the answer says
what it assumes.
`,
  async ask(asked, { interrupts }) {
    const { entries, footprint, characters, patternText: textFile, peakEntries = entries, zeek } = asked;
    const { stringLength, innerEntries } = asked;
    const paths = asked.scripts ?? [];
    const texts = await Promise.all(paths.map(readTextFrom));
    if (asked.measure) {
      if ([footprint, characters, textFile, asked.peakEntries].some((value) => value !== undefined))
        throw conflictingOptions(
          '--measure finds out by itself what is in it',
          'Leave --footprint, --peak, --characters and --text out',
        );
      const { measure } = await import('../../app/profiling/estimate-measure.ts');
      return measure({
        ...asked,
        peakEntries,
        signal: interrupts?.take(),
        scripts: texts.map((text, i) => ({ path: paths[i]!, text })),
        shape: {
          stringLength: refuseMoreThan(stringLength ?? USUAL_SHAPE.stringLength, 65_536),
          innerEntries: refuseMoreThan(innerEntries ?? USUAL_SHAPE.innerEntries, 64),
        },
      });
    }
    if (stringLength !== undefined || innerEntries !== undefined)
      throw conflictingOptions('--string-length and --inner-entries are of --measure', 'Add --measure');
    if (zeek !== undefined) checkVersion(zeek);
    if (textFile !== undefined && characters !== undefined)
      throw conflictingOptions('--text says how long the text is', 'Leave --characters out');
    const patternText = textFile === undefined ? null : await readTextFrom(textFile);
    const { estimate } = await import('../../app/estimate.ts');
    return estimate({ ...asked, patternText, peakEntries, zeekVersion: zeek, scripts: texts });
  },
  report: async () => (await import('../../report/answers/estimate.ts')).estimateReport,
});

const PREFIXES: Readonly<Record<string, number>> = { '': 1, k: 1e3, M: 1e6, G: 1e9 };

/** `20000`, `2e4`, `1.5M`; a whole number from 0 in the end. */
function parseNumber(text: string): number {
  const [, digits = '', prefix = ''] = /^(\d{1,15}(?:\.\d{1,9})?(?:[eE]\+?\d{1,2})?)([kMG]?)$/.exec(text) ?? [];
  const value = Number(digits) * PREFIXES[prefix]!;
  if (digits === '' || !Number.isSafeInteger(value))
    throw new InvalidArgumentError('Give a whole number from 0, such as 20000, 2e4 or 20k.');
  return value;
}

function checkVersion(text: string): void {
  if (!/^\d{1,3}(?:\.\d{1,3}){0,2}(?:-[\w.-]+)?$/.test(text))
    throw conflictingOptions(`--zeek ${text} is no version`, 'Give a version such as 8.0 or 8.0.10.');
}

function refuseMoreThan(value: number, most: number): number {
  if (value > most) throw conflictingOptions(`${value} is more than values are made with`, `Give at most ${most}`);
  return value;
}

/** @throws ExpectedError where it cannot be read */
async function readTextFrom(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw code === 'ENOENT' ? missingPath(file) : unreadablePath(file, code ?? 'unknown');
  }
}
