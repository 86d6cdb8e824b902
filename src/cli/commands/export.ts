/** `my-stats export`: sizes in formats that other tools read. */

import { type Command, Option } from 'commander';
import type { InventoryOptions } from '../../app/source/options.ts';
import type { InventoryResult } from '../../model/answers/inventory.ts';
import { binaryOnTerminal, conflictingOptions } from '../../model/errors/catalogue.ts';
import type { Reading } from '../../model/logged/reading.ts';
import { print, tell, withProgress } from '../answer.ts';
import { addSourceOptions, helpFooter, readSource, type SourceFlags } from '../options.ts';
import { addNameOptions, addPackageOption, type NameFlags, type PackageFlags, readNames } from '../selection.ts';
import type { Surroundings } from '../surroundings.ts';

const FORMATS = ['pprof', 'speedscope', 'openmetrics', 'csv', 'parquet'] as const;
type Format = (typeof FORMATS)[number];

interface ExportFlags extends SourceFlags, NameFlags, PackageFlags {
  readonly format: Format;
  readonly output?: string;
  readonly at?: string;
  readonly since?: string;
  readonly until?: string;
}

const EXAMPLES = [
  ['my-stats export --format pprof -o now.pb.gz LOGS', 'then: go tool pprof -http : now.pb.gz'],
  [
    'my-stats export --format pprof --at -2h -o before.pb.gz LOGS',
    'then: go tool pprof -diff_base before.pb.gz now.pb.gz',
  ],
  ['my-stats export --format openmetrics -o metrics.txt LOGS', 'for Prometheus'],
  ['my-stats export --format parquet --since -1d -o day.parquet LOGS', 'all rows of a day'],
] as const;

const MORE = `
Formats:
  pprof        the snapshot: package, module and variable as the stack
  speedscope   the same, per node, for https://www.speedscope.app
  openmetrics  the snapshot and what is judged of it, as gauges
  csv          every row of the logs, or of --since and --until; with --at those
  parquet      of the snapshot

The snapshot is the last complete run of every node, up to --at.
`;

export function addExportCommand(program: Command, surroundings: Surroundings): void {
  const command = program
    .command('export')
    .summary('sizes in formats that other tools read')
    .description('Writes sizes in formats that other tools read. docs/commands/export.md says what each contains.')
    .addOption(new Option('--format <format>', 'what to write').choices(FORMATS).makeOptionMandatory())
    .option('-o, --output <file>', 'write to this file instead of standard output');
  addPackageOption(addNameOptions(command))
    .addOption(new Option('--at <time>', 'as it was at this time').conflicts(['since', 'until']))
    .option('--since <time>', 'all rows from this time on (csv and parquet)')
    .option('--until <time>', 'all rows up to this time (csv and parquet)');
  addSourceOptions(command)
    .addHelpText('after', helpFooter(EXAMPLES, MORE))
    .action(async (logs: string[], flags: ExportFlags) => {
      const { format, package: packages = [] } = flags;
      const { at = null, since = null, until = null } = flags;
      const options = { ...readSource(logs, flags), filters: readNames(flags), at };
      const withRows = format === 'csv' || format === 'parquet';
      if (!withRows && (since !== null || until !== null))
        throw conflictingOptions(`${format} holds one time`, 'Give --at instead of --since and --until');
      if (flags.output === undefined && surroundings.stdout.isTTY && (format === 'pprof' || format === 'parquet'))
        throw binaryOnTerminal(format);
      const { planOutput, temporaryOutput } = await import('../../app/source/output.ts');
      const file = flags.output === undefined ? null : await planOutput(flags.output, options);
      if (withRows) {
        const [{ writeRows }, { csvText }] = await Promise.all([
          import('../../app/rows.ts'),
          import('../../report/tables/delimited.ts'),
        ]);
        const nameText = format === 'csv' ? csvText : (name: string) => name;
        const rows = { ...options, packages, format, since, until, nameText };
        const target = file ?? temporaryOutput();
        const { reading } = await withProgress(surroundings, (progress) => writeRows({ ...rows, ...progress }, target));
        await tell(surroundings, reading, []);
        if (file === null) for await (const chunk of target.content()) await print(surroundings, chunk);
      } else {
        const { content, reading, inventory } = await withProgress(surroundings, (progress) =>
          contentOf(format, { ...options, packages, ...progress }),
        );
        const { stateNotes } = await import('../../report/export/notes.ts');
        await tell(surroundings, reading, stateNotes(inventory));
        if (file === null) await print(surroundings, content);
        else file.write(content);
      }
    });
}

interface Exported {
  readonly content: string | Uint8Array;
  readonly inventory: InventoryResult;
  readonly reading: Reading;
}

async function contentOf(format: Exclude<Format, 'csv' | 'parquet'>, options: InventoryOptions): Promise<Exported> {
  if (format === 'openmetrics') {
    const [{ metrics }, { openMetrics }] = await Promise.all([
      import('../../app/metrics.ts'),
      import('../../report/export/openmetrics.ts'),
    ]);
    const result = await metrics(options);
    return { content: openMetrics(result, { dated: true }), ...result };
  }
  const result = await (await import('../../app/inventory.ts')).inventory(options);
  const exported = { inventory: result, reading: result.reading };
  if (format === 'pprof') {
    const { inventoryPprof } = await import('../../report/export/pprof.ts');
    // Loaded here: every command starts through this file, and few need it.
    const { gzipSync } = await import('node:zlib');
    return { content: gzipSync(inventoryPprof(result), { level: 9 }), ...exported };
  }
  const { inventorySpeedscope } = await import('../../report/export/speedscope.ts');
  return { content: inventorySpeedscope(result), ...exported };
}
