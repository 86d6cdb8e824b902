/** `my-stats archive`: history as Parquet. */

import { conflictingOptions } from '../../model/errors/catalogue.ts';
import { declareArgument, declareOption } from '../command.ts';
import { COLOR, OUTPUT, SENSOR_COLUMN, STRICT } from '../options.ts';
import { declareQuestion } from '../question.ts';

export const archiveCommand = declareQuestion({
  name: 'archive',
  summary: 'history in Parquet, for years and for other engines',
  description:
    'Adds logs that nobody writes to any more to an archive in Parquet, divided by sensor and day, each once. Such a folder ' +
    'is read like logs, by every command and by other engines. docs/commands/archive.md says more.',
  arguments: {
    paths: declareArgument('<paths...>', 'logs, folders of logs or globs, and last the folder of the archive'),
  },
  options: {
    sensor: declareOption('--sensor <name>', 'what the sensor is called, where the logs do not say', {
      preset: 'zeek',
    }),
    compact: declareOption('--compact <time>', 'keep one run an hour of the days before this time, such as 30d'),
    ...SENSOR_COLUMN,
    ...STRICT,
    json: OUTPUT.json,
    ...COLOR,
  },
  examples: [
    ['my-stats archive /opt/zeek/logs /var/lib/my-stats', 'what is new since the last time'],
    ['my-stats archive --compact 30d /var/lib/my-stats', 'one run an hour of what is older than a month'],
    ['my-stats growth --since -90d /var/lib/my-stats', 'how a quarter went'],
  ],
  read({ paths, compact }) {
    const logs = paths.slice(0, -1);
    if (logs.length === 0 && compact === undefined)
      throw conflictingOptions('there is only one path', 'Give the logs, and last the folder of the archive');
    return { paths: logs, folder: paths.at(-1)! };
  },
  ask: async (asked) => (await import('../../app/archive.ts')).archive(asked),
  report: async () => (await import('../../report/answers/archive.ts')).archiveReport,
});
