import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { findExpiry } from '../../src/attribution/declaration.ts';
import { readScript, type ScriptFacts } from '../../src/attribution/script.ts';
import { decodeScript } from '../../src/attribution/script-text.ts';

/** `NAME@LINE: TYPE = VALUE ATTRIBUTES`, parts that are not there left out. */
function told({ declarations }: ScriptFacts): string[] {
  return declarations.map(({ keyword, variable, line, type, value, attributes }) => {
    const parts = [type === null ? '' : `: ${type}`, value === null ? '' : `= ${value}`, ...attributes];
    return [`${keyword} ${variable}@${line}`, ...parts.filter((part) => part !== '')].join(' ');
  });
}

const PACKAGE = `##! Counts logins that fail, by host: 100 % of "them" / all.
@load base/frameworks/notice
@load ./extra # more

module LoginWatch;

export {
	redef enum Notice::Type += { Brute_Force, ## one host, many failures
	};

	## What is known of a host. { not a brace
	type Info: record {
		first: time &log;
		users: set[string] &default=set();   # { neither this
		note: string &optional &default="a;b}";
	};

	type Key: string;

	const threshold = 20 &redef;
	option quiet: bool = F;

	## By host.
	global hosts: table[addr] of Info &create_expire=1day
	    &expire_func=function(t: table[addr] of Info, a: addr): interval { hosts_gone = hosts_gone + 1; return 0secs; } &redef;

	global words = /pass(word)?/ | /log[in]+;/i &redef;
	global ports: set[port] = { 22/tcp, 3389/tcp } &redef;
	global nets = { 10.0.0.0/8, [fd00::]/8 };
	global log_failure: event(h: addr, n: count &default=1);
	global pending: table[string] of set[addr] &read_expire = 5 mins &default=function(s: string): set[addr] { return set(); };
	}

global hosts_gone: count = 0;
@if ( Version::number >= 60000 )
global seen: set[addr] &backend=Broker::MEMORY;
@else
global seen: set[addr] &broker_store="seen" &write_expire=1hr;
@endif

function ratio(a: count, b: count): double
	{
	local hosts: table[addr] of Info;
	hosts = table();
	return b == 0 ? 0.0 : a / b; # /
	}

@ifdef ( Site::local_nets )
event login_failure(c: connection, user: string)
	{
@else
event login_failure(c: connection)
	{
@endif
	if ( |pending| / 2 > threshold )
		pending = table();
	else
		seen = set();
	switch ( user ) {
	case "root":
		LoginWatch::hosts = copy(hosts);
		break;
	}
	local n: count = 1;
	n = 2;
	hosts[c$id$orig_h] = Info($first=network_time(), $users=set());
	}

module GLOBAL;

global watch_hook: hook(a: addr);
redef LoginWatch::hosts &create_expire = 10min;
redef LoginWatch::threshold = 30;
const ::limit: count &redef;
`;

describe('a script as packages have them', () => {
  const facts = readScript('packages/login-watch/main.zeek', PACKAGE);

  test('declares variables with types, values and attributes', async () => {
    expect(facts.problems).toEqual([]);
    await expect(`${told(facts).join('\n')}\n`).toMatchFileSnapshot('../golden/script-declarations.txt');
  });

  test('tells expiry in the words of the script', () => {
    const of = (name: string) => facts.declarations.filter(({ variable }) => variable === name).map(findExpiry);
    expect(of('LoginWatch::pending')).toEqual(['&read_expire=5 mins']);
    expect(of('LoginWatch::seen')).toEqual([null, '&write_expire=1hr']);
    expect(of('LoginWatch::hosts')[0]).toMatch(/^&create_expire=1day &expire_func=function\(.*…$/);
  });

  test('declares types', () => {
    expect(facts.types.map(({ name, line }) => `${name}@${line}`)).toEqual([
      'LoginWatch::Info@12',
      'LoginWatch::Key@18',
    ]);
    expect(facts.types[0]!.type).toBe(
      'record { first: time &log; users: set[string] &default=set(); note: string &optional &default="a;b}"; }',
    );
  });

  test('gives tables another value as a whole: not locals, and not their entries', () => {
    expect(facts.assignments.map(({ module, name, line, text }) => `${module} ${name}@${line} ${text}`)).toEqual([
      'LoginWatch pending@56 pending = table();',
      'LoginWatch seen@58 seen = set();',
      'LoginWatch LoginWatch::hosts@61 LoginWatch::hosts = copy(hosts);',
    ]);
  });
});

describe('scripts with errors', () => {
  test.each([
    ['an open bracket', 'global a: set[addr] = { 1.2.3.4\nglobal b: count;', ['A::a', 'A::b']],
    ['an open function', 'function f() { if ( T ) {\nglobal b: count;', ['A::b']],
    ['an open export block', 'export { global a: count;\nglobal b: count;', ['A::a', 'A::b']],
    ['a bracket too many', 'global a: count; }\n) global b: count;', ['A::a', 'A::b']],
    ['no semicolon', 'global a: count\nglobal b: count;', ['A::a', 'A::b']],
    ['an open string', 'global a = "x;\nglobal b: count;', ['A::a', 'A::b']],
    ['an open pattern', 'global a = /x;\nglobal b: count;', ['A::a', 'A::b']],
    ['no name', 'global : count;\nglobal b: count;', ['A::b']],
    ['a name that is none', 'global 1x;\nglobal b: count;', ['A::b']],
    ['conditions that do not match', '@else\n@endif\n@if ( x\nglobal a: count;\nglobal b: count;', ['A::b']],
    ['only a word', 'global', []],
    ['nothing', '', []],
  ])('%s', (_, text, names) => {
    const { declarations, problems } = readScript('x.zeek', `module A;\n${text}`);
    expect(declarations.map(({ variable }) => variable)).toEqual(names);
    if (text !== '') expect(problems.length).toBeGreaterThan(0);
  });

  test('any text is read, and what is declared before it is found', () => {
    const pieces = fc.array(
      fc.oneof(
        fc.constantFrom(
          ...['{', '}', '(', ')', '[', ']', ';', ':', '=', ',', '@if (', '@if', '@else', '@endif', 'export', 'module'],
          ...['global', 'redef', 'type', 'const', 'function', 'local', 'x', 'A::b', '&redef', '"', '/', '|', '\n', '#'],
        ),
        fc.string({ unit: 'binary', maxLength: 4 }),
      ),
      { maxLength: 80 },
    );
    fc.assert(
      fc.property(pieces, (list) => {
        const { declarations } = readScript('x.zeek', `global first: count;\n${list.join(' ')}`);
        expect(declarations[0]).toMatchObject({ variable: 'first', line: 1 });
      }),
      { numRuns: 1000 },
    );
  });

  test.each([
    ['branches within brackets', '@if (T)\n(((', '@else\n}'],
    ['declarations without end', 'global a: set[', ''],
    ['assignments without end', 'x = y = ', ''],
    ['brackets', '(', ''],
    ['braces', '{', '}'],
    ['conditions', '@if (', ''],
    ['attributes', '&redef=', ''],
  ])('%s by the hundred thousand take a moment', (_, before, after) => {
    const started = performance.now();
    readScript('x.zeek', before.repeat(100_000) + after.repeat(100_000));
    // Quadratic time would be minutes.
    expect(performance.now() - started).toBeLessThan(10_000);
  });
});

describe('bytes of a script', () => {
  const text = 'global größe: count;';

  test.each([
    ['UTF-8', Buffer.from(text), text, null],
    ['a byte order mark', Buffer.from(`\ufeff${text}`), text, /byte order mark/],
    ['Latin-1', Buffer.from(text, 'latin1'), text, /Latin-1/],
    ['UTF-16', Buffer.from(`\ufeff${text}`, 'utf16le'), text, /UTF-16/],
    ['UTF-16 without a mark', Buffer.from('global a: count;', 'utf16le'), 'global a: count;', /UTF-16/],
    ['UTF-16, high byte first', Buffer.from(`\ufeff${text}`, 'utf16le').swap16(), text, /UTF-16/],
    ['NUL bytes', Buffer.from('global\0 a;'), 'global\0 a;', /NUL/],
    ['no bytes', Buffer.alloc(0), '', null],
  ])('%s', (_, bytes, expected, note) => {
    const source = decodeScript(bytes);
    expect(source.text).toBe(expected);
    if (note === null) expect(source.note).toBeNull();
    else expect(source.note).toMatch(note);
  });

  test('any bytes are some text', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 64 }), (bytes) => {
        expect(typeof decodeScript(bytes).text).toBe('string');
      }),
    );
  });
});
