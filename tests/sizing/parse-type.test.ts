/** Reading types: everything Zeek prints, and everything it does not. */

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ZeekType } from '../../src/model/zeek-type.ts';
import { parseType, printType } from '../../src/sizing/index.ts';
import { parseDeclaration } from '../../src/sizing/parse-type.ts';

const STRING: ZeekType = { kind: 'string' };
const COUNT: ZeekType = { kind: 'scalar', name: 'count', enumName: null };

describe('what Zeek prints', () => {
  test.each<[string, ZeekType]>([
    [
      'table[addr,port] of set[string]',
      {
        kind: 'table',
        keys: [{ kind: 'addr' }, { kind: 'scalar', name: 'port', enumName: null }],
        value: { kind: 'table', keys: [STRING], value: null },
      },
    ],
    ['vector of vector of count', { kind: 'vector', element: { kind: 'vector', element: COUNT } }],
    [
      'set[AllAnalyzers::Tag]',
      { kind: 'table', keys: [{ kind: 'named', name: 'AllAnalyzers::Tag', isRecord: false }], value: null },
    ],
    [
      'table[string,enum Intel::Type] of table[string] of record Intel::MetaData',
      {
        kind: 'table',
        keys: [STRING, { kind: 'scalar', name: 'enum', enumName: 'Intel::Type' }],
        value: { kind: 'table', keys: [STRING], value: { kind: 'named', name: 'Intel::MetaData', isRecord: true } },
      },
    ],
    [
      'record { a:string; b:count; }',
      {
        kind: 'record',
        fields: [
          { name: 'a', type: STRING, optional: false },
          { name: 'b', type: COUNT, optional: false },
        ],
      },
    ],
    ['record { }', { kind: 'record', fields: [] }],
    ['opaque of cardinality', { kind: 'opaque', of: 'cardinality' }],
    ['opaque', { kind: 'opaque', of: null }],
    ['func', { kind: 'function', flavor: 'function' }],
    [
      'table[string] of event(filter:string, pkt:pkt_hdr)',
      { kind: 'table', keys: [STRING], value: { kind: 'function', flavor: 'event' } },
    ],
    [
      'table[Log::Writer] of function(info:Log::RotationInfo) : bool',
      {
        kind: 'table',
        keys: [{ kind: 'named', name: 'Log::Writer', isRecord: false }],
        value: { kind: 'function', flavor: 'function' },
      },
    ],
    ['file of string', { kind: 'file' }],
    ['pattern', { kind: 'pattern' }],
    [
      ' table [ addr , port ] of set [ string ] ',
      {
        kind: 'table',
        keys: [{ kind: 'addr' }, { kind: 'scalar', name: 'port', enumName: null }],
        value: { kind: 'table', keys: [STRING], value: null },
      },
    ],
  ])('%s', (text, type) => {
    expect(parseType(text)).toEqual({ type, problems: [] });
  });

  test('a record of the log, with what may be absent', () => {
    const text = 'Foo::State{first: time; names: set[string]; note: string &optional; n: count &default=4 &log}';
    const { name, type, problems } = parseDeclaration(text)!;
    expect({ name, problems }).toEqual({ name: 'Foo::State', problems: [] });
    expect(type.kind === 'record' && type.fields.map((field) => [field.name, field.optional])).toEqual([
      ['first', false],
      ['names', false],
      ['note', true],
      ['n', true],
    ]);
  });

  test('attributes with brackets, separators and further attributes in them', () => {
    const { type } = parseType(
      'record { a: set[string] &default=set("x;y") &log; b: table[count] of F &default=[[1] = [$c=2]] &optional; }',
    );
    expect(type.kind === 'record' && type.fields.map(({ name }) => name)).toEqual(['a', 'b']);
  });
});

describe('what nobody prints', () => {
  test.each<[string, RegExp]>([
    ['', /cut off|at its end/],
    ['table[addr', /cut off/],
    ['table[addr] of', /at its end/],
    ['table', /what is in it/],
    ['set', /what follows set/],
    ['table[addr] of set[string] of count', /“of count” is left over/],
    ['[]', /“\[\]” is not a type/],
    ['record { a: ', /at its end/],
    ['record { 7: count; b: string }', /“7/],
    ['set[string count]', /no end of the keys/],
  ])('%j is understood as far as it goes, and the rest named', (text, problem) => {
    const { problems } = parseType(text);
    expect(problems.join('\n')).toMatch(problem);
  });

  test('is nested a hundred thousand deep', () => {
    const { problems } = parseType('vector of '.repeat(100_000));
    expect(problems[0]).toMatch(/nested too deep/);
    expect(parseType('set['.repeat(100_000)).problems.length).toBeLessThanOrEqual(5);
  });
});

const name = fc.constantFrom('Foo::Bar', 'conn_id', 'A', 'Very::Long_Name9');
const types: fc.Arbitrary<ZeekType> = fc.letrec<{ type: ZeekType }>((tie) => ({
  type: fc.oneof(
    { maxDepth: 5, withCrossShrink: true },
    fc.constantFrom<ZeekType>(
      { kind: 'addr' },
      { kind: 'subnet' },
      STRING,
      COUNT,
      { kind: 'pattern' },
      { kind: 'any' },
      { kind: 'file' },
      { kind: 'opaque', of: 'md5' },
      { kind: 'opaque', of: null },
      { kind: 'function', flavor: 'hook' },
    ),
    name.map((name): ZeekType => ({ kind: 'scalar', name: 'enum', enumName: name })),
    fc.record({ kind: fc.constant('named' as const), name, isRecord: fc.boolean() }),
    fc.record({
      kind: fc.constant('table' as const),
      keys: fc.array(tie('type'), { minLength: 1, maxLength: 3 }),
      value: fc.option(tie('type')),
    }),
    fc.record({ kind: fc.constant('vector' as const), element: tie('type') }),
    fc.record({
      kind: fc.constant('record' as const),
      fields: fc.array(fc.record({ name: fc.constantFrom('a', 'b_2'), type: tie('type'), optional: fc.boolean() }), {
        maxLength: 4,
      }),
    }),
  ),
})).type;

test('what is printed is read back as it was', () => {
  fc.assert(
    fc.property(types, (type) => {
      expect(parseType(printType(type))).toEqual({ type, problems: [] });
    }),
  );
});

const noise = fc.array(
  fc.constantFrom(
    'set',
    'table',
    '[',
    ']',
    ' of ',
    'record',
    '{',
    '}',
    ';',
    ':',
    ',',
    '&optional',
    '(',
    ')',
    'vector',
    'Foo::',
    'enum ',
    '\u0000',
    '💥',
    'opaque of ',
    'string',
    '::',
  ),
  { maxLength: 60 },
);

test('any text is read to the end without an exception', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        noise.map((parts) => parts.join('')),
      ),
      (text) => {
        const { type, problems } = parseType(text);
        expect(type.kind).toBeTypeOf('string');
        expect(problems.length).toBeLessThanOrEqual(5);
      },
    ),
  );
});

test('any text cut anywhere is read to the end', () => {
  fc.assert(
    fc.property(types, fc.nat(), (type, cut) => {
      const text = printType(type);
      expect(() => parseType(text.slice(0, cut % (text.length + 1)))).not.toThrow();
    }),
  );
});

describe('ten times the text takes about ten times the time', () => {
  test.each<[string, (n: number) => string]>([
    ['fields', (n) => `record {${' f: table[addr,port] of set[string] &default=set("a")  ;'.repeat(n)} }`],
    ['keys', (n) => `set[${'string,'.repeat(n)}count]`],
    ['depth', (n) => 'table[set['.repeat(n)],
    ['open brackets', (n) => `record { a: count &default=${'(['.repeat(n)}`],
    ['spaces', (n) => `${' '.repeat(20 * n)}set${' '.repeat(20 * n)}[`],
    ['colons', (n) => 'a::b::'.repeat(n)],
    ['nonsense', (n) => '}])'.repeat(n)],
  ])('%s', (_, textOf) => {
    const time = (n: number) => {
      const text = textOf(n);
      let best = Number.POSITIVE_INFINITY;
      for (let i = 0; i < 7; i++) {
        const start = process.cpuUsage();
        parseType(text);
        const { user, system } = process.cpuUsage(start);
        best = Math.min(best, (user + system) / 1000);
      }
      return best;
    };
    time(500);
    // Quadratic would be a hundred. Time of the processor, since the machine does other things as well.
    const ratio = time(20_000) / Math.max(time(2_000), 0.2);
    expect(ratio).toBeLessThan(50);
  });
});
