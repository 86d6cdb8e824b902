import { describe, expect, test } from 'vitest';
import { inspect } from '../../src/format/inspect.ts';
import { fieldsOf, HEADER } from './read-log.ts';

describe('what a file is', () => {
  test.each([
    ['', null],
    ['hello\nworld\n', null],
    ['{"a":1}\n', 'unknown'],
    [`${HEADER}${fieldsOf(['ts', 'run', 'variable', 'size'])}`, 'my_stats'],
    ['#separator \\x09\n#path\tconn\n#fields\tts\tuid\n', 'unknown'],
    ['{"ts":1,"node":"a","message":"m"}\n', 'cluster'],
    ['{"ts":1,"run":1,"boot":1,"duration":0.1}\n', 'my_stats_node'],
    ['{"_path":"my_stats","x":1}\n', 'my_stats'],
    ['nohup: ignoring input\n{"_path":"my_stats","x":1}\n', 'my_stats'],
    ['host::x\t5\n1795500000.125000\t1\ta\tM\tM::x\t5\n', 'my_stats'],
    [`==> my_stats.log <==\n${HEADER}${fieldsOf(['ts', 'run', 'variable', 'size'])}1.0\t1\tM::x\t5\n`, 'my_stats'],
    ['{"name":"sensor"}\n', 'loaded_scripts'],
    ['{"host":{"name":"sensor"}}\n', 'unknown'],
  ])('%j', (text, kind) => {
    const found = inspect(Buffer.from(text), 'f');
    expect(found === null ? null : (found.kind?.name ?? 'unknown')).toBe(kind);
  });
});
