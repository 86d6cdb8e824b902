/** Zeek's messages, as it writes them. */

import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  findFirstError,
  findMissingFiles,
  parseMessages,
  writeMessageLine,
  writeMessageLines,
} from '../../src/zeek/messages.ts';

test('a message has its level, its place and its text', () => {
  const stderr = [
    'error in ./main.zeek, line 3: syntax error, at or near "globa"',
    "fatal error in /opt/zeek/share/zeek/site/local.zeek, line 7: can't find no-such-package",
    '1700000000.123456 warning in /a b/c.zeek, lines 3-5: unused',
    '1700000000.123456 error in /p/main.zeek, line 12: no such index (Foo::t[x])',
    '1700000001.000000 expression error in r.zeek, line 2: no such index (rt[7])',
    '1700000002.000000 expression error in r.zeek, line 2: no such index (rt[7])',
    'error in addr and /p/types.zeek, line 2: type clash (addr and a)',
    'error in /opt/zeek/share/zeek/base/main.zeek, lines 230-322 and /p/x.zeek, lines 51-54: incompatible record types',
    'fatal error: problem with trace file x.pcap (bad dump file format)',
    '1700000600.000000 received termination signal',
    '',
  ].join('\n');
  expect(parseMessages(stderr)).toEqual([
    { level: 'error', places: [{ file: './main.zeek', line: 3 }], text: 'syntax error, at or near "globa"' },
    {
      level: 'fatal',
      places: [{ file: '/opt/zeek/share/zeek/site/local.zeek', line: 7 }],
      text: "can't find no-such-package",
    },
    { level: 'warning', places: [{ file: '/a b/c.zeek', line: 3 }], text: 'unused' },
    { level: 'error', places: [{ file: '/p/main.zeek', line: 12 }], text: 'no such index (Foo::t[x])' },
    { level: 'error', places: [{ file: 'r.zeek', line: 2 }], text: 'no such index (rt[7]) (2 times)' },
    { level: 'error', places: [{ file: '/p/types.zeek', line: 2 }], text: 'type clash (addr and a)' },
    {
      level: 'error',
      places: [
        { file: '/opt/zeek/share/zeek/base/main.zeek', line: 230 },
        { file: '/p/x.zeek', line: 51 },
      ],
      text: 'incompatible record types',
    },
    { level: 'fatal', places: [], text: 'problem with trace file x.pcap (bad dump file format)' },
  ]);
});

test('the first error is what Zeek stopped at, whatever it warned of before', () => {
  const messages = parseMessages(
    'warning in a.zeek, line 1: old\nerror in b.zeek, line 2: bad\nerror in b.zeek, line 9: so',
  );
  expect(writeMessageLine(findFirstError(messages)!)).toBe('b.zeek:2: bad');
  expect(findFirstError(parseMessages('warning in a.zeek, line 1: old'))).toBeNull();
});

test('errors come first, and what is said of many lines of a file is one', () => {
  const stderr = [
    'other',
    ...[1, 2, 3, 4, 5, 6].map((line) => `warning in a.zeek, line ${line}: old`),
    'error in b.zeek, line 9: bad',
  ];
  expect(writeMessageLines(parseMessages(stderr.join('\n')))).toEqual([
    'b.zeek:9: bad',
    'a.zeek:1, 2, 3, 4 and 2 more lines: old',
    'other',
  ]);
});

test('data files that cannot be opened are named once', () => {
  const stderr =
    '1700000000.8 warning: a/b.dat/Input::READER_ASCII: Init: cannot open a/b.dat\n' +
    '1700000001.8 warning: a/b.dat/Input::READER_ASCII: Init: cannot open a/b.dat\nwarning: c: cannot open d';
  expect(findMissingFiles(parseMessages(stderr))).toEqual(['a/b.dat']);
});

test('of two places, that of the package is told', () => {
  const [message] = parseMessages('error in /opt/base.zeek, lines 1-3 and /p/x.zeek, lines 51-54: no');
  expect(writeMessageLine(message!, (file) => file.startsWith('/p/'))).toBe('/p/x.zeek:51: no');
  expect(writeMessageLine(message!)).toBe('/opt/base.zeek:1: no');
});

test('any text is read in time that grows with its length', () => {
  const repeated = fc.constantFrom('error in ', ', line 1', 'a, line ', ': ').map((part) => part.repeat(20_000));
  fc.assert(
    fc.property(fc.oneof(fc.string(), repeated), (text) => {
      const start = performance.now();
      parseMessages(text);
      expect(performance.now() - start).toBeLessThan(1000);
    }),
  );
});
