/** `my-stats export`: sizes in formats that other tools read. */

import type { InventoryOptions } from '../../app/inventory.ts';
import type { InventoryResult } from '../../model/answers/inventory.ts';
import { binaryOnTerminal, conflictingOptions } from '../../model/errors/catalogue.ts';
import type { Reading } from '../../model/logged/reading.ts';
import { declareCommand, declareOption } from '../command.ts';
import { AT_OR_SPAN, LOGS, NAMES, PACKAGES, SCRIPTS, SOURCE } from '../options.ts';
import { print, tell, withProgress } from '../write.ts';

const FORMATS = ['pprof', 'speedscope', 'openmetrics', 'csv', 'parquet'] as const;
type Format = (typeof FORMATS)[number];

export const exportCommand = declareCommand({
  name: 'export',
  summary: 'sizes in formats that other tools read',
  description: 'Writes sizes in formats that other tools read. docs/commands/export.md says what each contains.',
  arguments: { paths: LOGS },
  options: {
    format: declareOption('--format <format>', 'what to write', { choices: FORMATS, isRequired: true }),
    output: declareOption('-o, --output <file>', 'write to this file instead of standard output'),
    ...NAMES,
    ...SCRIPTS,
    ...PACKAGES,
    ...AT_OR_SPAN,
    since: declareOption('--since <time>', 'all rows from this time on (csv and parquet)'),
    until: declareOption('--until <time>', 'all rows up to this time (csv and parquet)'),
    ...SOURCE,
  },
  examples: [
    ['my-stats export --format pprof -o now.pb.gz LOGS', 'then: go tool pprof -http : now.pb.gz'],
    [
      'my-stats export --format pprof --at -2h -o before.pb.gz LOGS',
      'then: go tool pprof -diff_base before.pb.gz now.pb.gz',
    ],
    ['my-stats export --format openmetrics -o metrics.txt LOGS', 'for Prometheus'],
    ['my-stats export --format parquet --since -1d -o day.parquet LOGS', 'all rows of a day'],
  ],
  more: `
Formats:
  pprof        the snapshot: package, module and variable as the stack
  speedscope   the same, per node, for https://www.speedscope.app
  openmetrics  the snapshot and what is judged of it, as gauges
  csv          every row of the logs, or of --since and --until; with --at those
  parquet      of the snapshot

The snapshot is the last complete run of every node, up to --at.
`,
  async run(asked, context) {
    const { format, output, since, until } = asked;
    const withRows = format === 'csv' || format === 'parquet';
    if (!withRows && (since ?? until) !== undefined)
      throw conflictingOptions(`${format} holds one time`, 'Give --at instead of --since and --until');
    if (output === undefined && context.stdout.isTTY && (format === 'pprof' || format === 'parquet'))
      throw binaryOnTerminal(format);
    const { planOutput, planTemporary } = await import('../../app/source/output.ts');
    const file = output === undefined ? null : await planOutput(output, asked);
    if (withRows) {
      const [{ writeRows }, { csvText }] = await Promise.all([
        import('../../app/rows.ts'),
        import('../../report/tables/delimited.ts'),
      ]);
      const nameText = format === 'csv' ? csvText : (name: string) => name;
      const rows = { ...asked, format, nameText };
      const target = file ?? planTemporary();
      const { reading } = await withProgress(context, (progress) => writeRows({ ...rows, ...progress }, target));
      await tell(context, reading, []);
      if (file === null) for await (const chunk of target.content()) await print(context, chunk);
    } else {
      const { content, reading, inventory } = await withProgress(context, (progress) =>
        makeContent(format, { ...asked, ...progress }),
      );
      const { stateNotes } = await import('../../report/export/values.ts');
      await tell(context, reading, stateNotes(inventory));
      if (file === null) await print(context, content);
      else file.write(content);
    }
  },
});

interface Exported {
  readonly content: string | Uint8Array;
  readonly inventory: InventoryResult;
  readonly reading: Reading;
}

async function makeContent(format: Exclude<Format, 'csv' | 'parquet'>, options: InventoryOptions): Promise<Exported> {
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
    const { writeInventoryPprof: inventoryPprof } = await import('../../report/export/pprof.ts');
    // Loaded here: every command starts through this file, and few need it.
    const { gzipSync } = await import('node:zlib');
    return { content: gzipSync(inventoryPprof(result), { level: 9 }), ...exported };
  }
  const { writeInventorySpeedscope: inventorySpeedscope } = await import('../../report/export/speedscope.ts');
  return { content: inventorySpeedscope(result), ...exported };
}
