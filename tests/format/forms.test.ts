/** Logs in the forms in which people have them say the same as the log as Zeek wrote it. */

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Form, findForms, undoForms } from '../../src/format/forms/forms.ts';
import { readLog } from './read-log.ts';

const COLUMNS = [
  'ts',
  'run',
  'node',
  'module_name',
  'variable',
  'size',
  'unit',
  'entries',
  'method',
  'measured_entries',
];
const TYPES = 'time count string string string count string count string count'.split(' ');
const NODES = ['worker-1', 'worker-2'];
/** `"ünüsual, \"one\""`, so that every way of quoting is needed. */
const VARIABLES = ['Known::hosts', 'SSL::root_certs', 'Odd::ünüsual, "one"'];
const ROWS = [1, 2, 3].flatMap((run) =>
  NODES.flatMap((node, n) =>
    VARIABLES.map((variable, v) => ({
      ts: 1_795_500_000.125 + run * 60 + n / 2,
      run,
      node,
      module_name: variable.split('::')[0]!,
      variable,
      size: 1000 * run + v,
      unit: 'objects',
      ...(v === 1 ? {} : { entries: 10 * run }),
      method: 'exact',
      measured_entries: 10 * run,
    })),
  ),
);
type Row = Record<string, string | number>;

const cells = (row: Row) =>
  COLUMNS.map((name) =>
    row[name] === undefined ? '-' : name === 'ts' ? (row.ts as number).toFixed(6) : String(row[name]),
  );
const tsvRows = ROWS.map((row) => cells(row).join('\t'));
const HEADER = [
  '#separator \\x09',
  '#set_separator\t,',
  '#empty_field\t(empty)',
  '#unset_field\t-',
  '#path\tmy_stats',
  `#fields\t${COLUMNS.join('\t')}`,
  `#types\t${TYPES.join('\t')}`,
];
const TSV = [...HEADER, ...tsvRows].map((line) => `${line}\n`).join('');
const lines = (rows: readonly unknown[]) => rows.map((row) => `${JSON.stringify(row)}\n`).join('');
const named = ROWS.map((row) => ({ _path: 'my_stats', ...row }));
const texts = (row: Row) => Object.fromEntries(Object.entries(row).map(([name, value]) => [name, String(value)]));
const ofKibana = (ts: number) => {
  const [, day, month, year, time] = /^\w+, 0?(\d+) (\w+) (\d+) (.*) GMT$/.exec(new Date(ts * 1000).toUTCString())!;
  return `${month} ${day}, ${year} @ ${time}.${String(Math.round((ts % 1) * 1000)).padStart(3, '0')}`;
};
const under = (prefix: string, row: Row) =>
  Object.fromEntries(Object.entries(row).map(([name, value]) => [prefix + name, value]));
const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;
const swapped = (text: string) => Buffer.from(text, 'utf16le').swap16();
const csv = (names: readonly string[], rows: readonly (readonly string[])[]) =>
  [names, ...rows].map((row) => `${row.map(quoted).join(',')}\r\n`).join('');
const ofShipper = (message: string) => ({
  '@timestamp': '2026-11-24T06:00:00Z',
  message,
  log: { file: { path: '/opt/zeek/logs/current/my_stats.log' }, offset: 7 },
});

const FORMS: readonly [string, string | Uint8Array][] = [
  ['a byte order mark', `\ufeff${TSV}`],
  ['a byte order mark before JSON', `\ufeff${lines(ROWS)}`],
  ['CR LF', TSV.replaceAll('\n', '\r\n')],
  ['CR LF in JSON', lines(ROWS).replaceAll('\n', '\r\n')],
  ['CR LF from the middle on', TSV.slice(0, 900) + TSV.slice(900).replaceAll('\n', '\r\n')],
  ['CR LF up to the middle', TSV.slice(0, 900).replaceAll('\n', '\r\n') + TSV.slice(900)],
  ['CR LF made of CR LF', TSV.replaceAll('\n', '\r\r\n')],
  [
    'parts that begin with a byte order mark each',
    `\ufeff${[...HEADER, ...tsvRows.slice(0, 7)].join('\n')}\n\ufeff${[...HEADER, ...tsvRows.slice(7)].join('\n')}\n`,
  ],
  ['UTF-16, little end first', Buffer.from(`\ufeff${TSV}`, 'utf16le')],
  ['UTF-16, big end first', swapped(`\ufeff${TSV}`)],
  ['UTF-16 without a mark', Buffer.from(TSV, 'utf16le')],
  ['zero bytes before it', `${'\0'.repeat(5000)}${TSV}`],
  ['a zero byte at the end of every line', TSV.replaceAll('\n', '\n\0')],
  ['a separator at the end of every row', TSV.replace(/^(\d.*)$/gm, '$1\t')],
  ['a separator at the end of every line', TSV.replaceAll('\n', '\t\n')],
  ['a separator at the end of the header only', TSV.replace(/^(#(?:fields|types).*)$/gm, '$1\t')],
  [
    'columns without names',
    TSV.replaceAll('\tnode', '\t\tnode')
      .replaceAll('count\tstring\tstring', 'count\t\tstring\tstring')
      .replaceAll(/^(\S+\t\d+)\t(worker)/gm, '$1\t\t$2'),
  ],
  ['no header', `${tsvRows.join('\n')}\n`],
  ['no header, with a column that is new', `${tsvRows.map((row) => `${row}\t17`).join('\n')}\n`],
  [
    'no header, with columns that are new from the middle on',
    `${tsvRows.map((row, i) => (i < 7 ? row.split('\t').slice(0, 8).join('\t') : row)).join('\n')}\n`,
  ],
  ['a bare line of names', `${COLUMNS.join('\t')}\n${tsvRows.join('\n')}\n`],
  [
    'times as zeek-cut -d writes them',
    TSV.replace(/^(\d+\.\d+)/gm, (ts) => new Date(Number(ts) * 1000).toISOString()).replace('\ttime', '\tstring'),
  ],
  ['milliseconds', lines(ROWS.map((row) => ({ ...row, ts: row.ts * 1000 })))],
  ['nanoseconds', lines(ROWS.map((row) => ({ ...row, ts: row.ts * 1e9 })))],
  [
    'a zone',
    lines(
      ROWS.map((row) => ({ ...row, ts: new Date(row.ts * 1000 + 3_600_000).toISOString().replace('Z', '+01:00') })),
    ),
  ],
  [
    'a zone in hours',
    lines(ROWS.map((row) => ({ ...row, ts: new Date(row.ts * 1000 - 18_000_000).toISOString().replace('Z', '-05') }))),
  ],
  ["old Macs' line ends", TSV.replaceAll('\n', '\r')],
  ['numbers as texts', lines(ROWS.map(texts))],
  ['an array', JSON.stringify(ROWS)],
  ['an array over several lines', JSON.stringify(ROWS, null, 2)],
  ['an array a line', ROWS.map((row) => `[${JSON.stringify(row)}]\n`).join('')],
  ['objects over several lines', ROWS.map((row) => `${JSON.stringify(row, null, 4)}\n`).join('')],
  ['objects side by side', ROWS.map((row) => JSON.stringify(row)).join('')],
  [
    'the answer of Elasticsearch',
    JSON.stringify({
      took: 3,
      hits: { total: { value: 18 }, hits: named.map((row) => ({ _index: 'zeek', _source: row })) },
    }),
  ],
  [
    'the answer of Splunk',
    JSON.stringify({ preview: false, fields: [{ name: 'ts' }], results: ROWS.map(texts) }, null, 1),
  ],
  [
    "Elasticsearch's documents",
    lines(ROWS.map((row) => ({ _index: 'zeek', _id: 'x', _source: { '@path': 'my_stats', ...row } }))),
  ],
  [
    "Splunk's results",
    lines(named.map((row) => ({ preview: false, offset: 1, result: { _raw: JSON.stringify(row), _time: '2026' } }))),
  ],
  ['JSON in the message of a shipper', lines(ROWS.map((row) => ofShipper(JSON.stringify(row))))],
  ['TSV in the message of a shipper', lines(tsvRows.map(ofShipper))],
  ['TSV with its header in the messages of a shipper', lines(TSV.trimEnd().split('\n').map(ofShipper))],
  [
    'ECS',
    lines(
      ROWS.map(({ ts, ...row }) => ({
        '@timestamp': ts,
        event: { dataset: 'zeek.my_stats' },
        zeek: { my_stats: row },
      })),
    ),
  ],
  ['flat ECS', lines(ROWS.map(({ ts, ...row }) => ({ '@timestamp': ts, ...under('zeek.my_stats.', row) })))],
  [
    "an event of Splunk's collector",
    lines(ROWS.map((row) => ({ time: row.ts, sourcetype: 'zeek:my_stats', event: row }))),
  ],
  [
    'what kcat prints, with the tags of the Kafka writer',
    lines(ROWS.map((row) => ({ topic: 'zeek', ts: 1795500000125, payload: JSON.stringify({ my_stats: row }) }))),
  ],
  ["journald's JSON", lines(named.map((row) => ({ _PID: '7', MESSAGE: JSON.stringify(row) })))],
  ["Humio's events", lines(ROWS.map((row) => ({ '@rawstring': JSON.stringify(row), '@timestamp': 1795500000125 })))],
  ["Malcolm's columns", lines(ROWS.map((row) => ({ host: { name: 'm' }, log_source: 'my_stats', zeek_cols: row })))],
  [
    'the fields of Elasticsearch, each a list',
    lines(
      ROWS.map((row) => ({
        _index: 'zeek',
        fields: Object.fromEntries(Object.entries(row).map(([name, value]) => [name, [value]])),
      })),
    ),
  ],
  [
    'JSON behind what syslog puts before it',
    named.map((row) => `<134>1 2026-11-24T06:00:00Z sensor zeek - - - ${JSON.stringify(row)}\n`).join(''),
  ],
  [
    'JSON behind labels',
    ROWS.map((row) => `2026-11-24T06:00:00Z {filename="my_stats.log"} ${JSON.stringify(row)}\n`).join(''),
  ],
  [
    'JSON behind a time and a tag',
    ROWS.map((row) => `2026-11-24T06:00:00Z\tzeek.my_stats\t${JSON.stringify(row)}\n`).join(''),
  ],
  [
    "CSV of a table with the shipper's time",
    csv(
      ['_time', ...COLUMNS.slice(1)],
      ROWS.map((row) =>
        cells(row).map((cell, i) =>
          i === 0 ? new Date(row.ts * 1000).toISOString().replace('Z', '+0000') : cell === '-' ? '' : cell,
        ),
      ),
    ),
  ],
  [
    "Splunk's CSV",
    csv(
      ['_raw', '_time', 'source'],
      named.map((row) => [JSON.stringify(row), '2026', 'my_stats.log']),
    ),
  ],
  [
    'CSV of a table',
    csv(
      COLUMNS,
      ROWS.map((row) => cells(row).map((cell) => (cell === '-' ? '' : cell))),
    ),
  ],
  [
    "Kibana's CSV",
    csv(
      ['_id', '@timestamp', ...COLUMNS.slice(1).map((name) => `zeek.my_stats.${name}`)],
      ROWS.map((row) => [
        'x',
        ofKibana(row.ts),
        ...COLUMNS.slice(1).map((name) => {
          const value = (row as Row)[name];
          return typeof value === 'number' ? value.toLocaleString('en-US') : (value ?? '');
        }),
      ]),
    ),
  ],
  [
    "Grafana's CSV",
    `sep=,\r\n${csv(
      ['Time', ...COLUMNS.slice(1)],
      ROWS.map((row) => [
        new Date(row.ts * 1000).toISOString().replace('T', ' ').replace('Z', ''),
        ...COLUMNS.slice(1).map((name) => String((row as Row)[name] ?? '')),
      ]),
    )}`,
  ],
  [
    'CSV with lines of a log',
    csv(
      ['timestamp', 'source', 'Line'],
      named.map((row) => ['2026', 'h', JSON.stringify(row)]),
    ),
  ],
  [
    'fields with bars between',
    [COLUMNS, ...ROWS.map((row) => cells(row).map((cell) => (cell === '-' ? '' : cell)))]
      .map((fields) => `${fields.map((field) => `"${field.replaceAll('"', '""')}"`).join('|')}\n`)
      .join(''),
  ],
  [
    'the answer of Loki',
    JSON.stringify(
      {
        status: 'success',
        data: {
          resultType: 'streams',
          result: [ROWS.slice(0, 7), ROWS.slice(7)].map((rows) => ({
            stream: { job: 'zeek', filename: '/logs/my_stats.log' },
            values: rows.map(({ ts, ...row }) => [String(Math.round(ts * 1e9)), JSON.stringify(row)]),
          })),
          stats: { summary: { values: [] } },
        },
      },
      null,
      1,
    ),
  ],
  [
    'logs of OpenTelemetry',
    lines(
      [ROWS.slice(0, 5), ROWS.slice(5)].map((rows) => ({
        resourceLogs: [
          {
            resource: { attributes: [{ key: 'host.name', value: { stringValue: 'h' } }] },
            scopeLogs: [rows.slice(0, 2), rows.slice(2)].map((some) => ({
              scope: {},
              logRecords: some.map(({ ts, ...row }) => ({
                timeUnixNano: String(Math.round(ts * 1e9)),
                body: { stringValue: JSON.stringify(row) },
              })),
            })),
          },
        ],
      })),
    ),
  ],
  ['two forms at once', Buffer.from(`\ufeff${JSON.stringify(ROWS, null, 2).replaceAll('\n', '\r\n')}`, 'utf16le')],
];

async function converted(bytes: Uint8Array, sizes: readonly number[]): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let at = 0;
  for (let i = 0; at < bytes.length; i++) {
    const size = sizes[i % sizes.length]!;
    chunks.push(bytes.slice(at, at + size));
    at += size;
  }
  async function* source() {
    yield* chunks;
  }
  const { forms } = findForms(bytes);
  const made: Uint8Array[] = [];
  for await (const chunk of undoForms(source(), forms)) made.push(Buffer.from(chunk));
  return Buffer.concat(made);
}

const expected = readLog(TSV).rows;

describe.each(FORMS)('%s', (_, content) => {
  const bytes = Buffer.from(content);

  test('gives the rows that Zeek wrote', async () => {
    const { rows, skipped } = readLog(await converted(bytes, [bytes.length]));
    expect(skipped).toEqual([]);
    expect(rows.map(({ ts, ...row }) => ({ ...row, ts: (ts as number).toFixed(5) }))).toEqual(
      expected.map(({ ts, ...row }) => ({ ...row, ts: (ts as number).toFixed(5) })),
    );
  });

  test('does so wherever it is cut', async () => {
    const whole = await converted(bytes, [bytes.length]);
    const sizes = fc.array(fc.integer({ min: 1, max: 3000 }), { minLength: 1, maxLength: 5 });
    await fc.assert(
      fc.asyncProperty(sizes, async (cuts) => {
        expect((await converted(bytes, cuts)).equals(whole)).toBe(true);
      }),
      { numRuns: 20 },
    );
  });
});

test('what stands on both sides of zero bytes is not one row', async () => {
  const torn = `${TSV}1795500300.125\t4\tworker-1\tSSL\tSSL::root_certs\t12\0\0\0\0${TSV}`;
  const { rows, skipped } = readLog(await converted(Buffer.from(torn), [100]));
  expect(rows).toHaveLength(2 * ROWS.length);
  expect(skipped).toEqual([expect.stringContaining('6 fields')]);
});

test('what is no row is counted, and where it stands is right', async () => {
  const rows = ROWS.map((row) => JSON.stringify(row, null, 1));
  const text = `[\n${rows[0]},\n{"ts": "un\nfinished",\n${rows[1]}\n]\n`;
  const { skipped } = readLog(await converted(Buffer.from(text), [17]));
  expect(skipped[0]).toMatch(/^1[2-5]: not JSON/);
});

test.each<[string, string, readonly Form[]]>([
  ['TSV', TSV, []],
  ['JSON', lines(ROWS), []],
  ['rows of several logs', lines([{ _path: 'conn', uid: 'C1', message: 'x' }, ...named]), []],
])('%s as Zeek writes it is read as it is', (_, text, forms) => {
  expect(findForms(Buffer.from(text)).forms).toEqual(forms);
});
