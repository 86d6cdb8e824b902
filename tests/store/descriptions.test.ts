import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { LogStore } from '../../src/store/log-store.ts';
import { temporaryFolder, tsv } from './logs.ts';

const HEADER = `#separator \\x09
#set_separator\t,
#empty_field\t(empty)
#unset_field\t-
#path\tmy_stats_variable
#fields\tts\tnode\tboot\tmodule_name\tvariable\tvar_type\tscript\texpiry\trecord_fields
#types\ttime\tstring\ttime\tstring\tstring\tstring\tstring\tstring\tvector[string]
`;

const ROWS = [
  'worker-1\t100.5\tA\tA::seen\ttable[addr,port] of A::Info\tsite/a.zeek\t&create_expire=1.0 day\tA::Info{x: set[string]; y: table[addr\\x2cport] of count},B{z: string}',
  'worker-1\t100.5\tA\tA::bare\tset[string]\t-\t-\t-',
  'worker-1\t200.5\tA\tA::seen\ttable[addr] of A::Info\tsite/a.zeek\t-\t(empty)',
  'worker-2\t100.5\tA\tA::seen\ttable[addr] of count\tother/a.zeek\t-\t-',
];

function logs(rows = ROWS.map((row) => `1795491842.077795\t${row}`)): string {
  const place = temporaryFolder();
  const samples = ['worker-1', 'worker-2', 'worker-3'].map((node) => {
    return { ts: 1795491844, run: 1, node, variable: 'A::seen', size: 2000, unit: 'objects', entries: 500 };
  });
  writeFileSync(join(place, 'my_stats.log'), tsv(samples));
  writeFileSync(join(place, 'my_stats_variable.log'), `${HEADER}${rows.map((row) => `${row}\n`).join('')}`);
  return place;
}

async function knowledgeOf(place: string) {
  return (await (await LogStore.open([place])).knowledge()).knowledge;
}

describe('descriptions of variables', () => {
  it('are the last of the node, or those of another node', async () => {
    const knowledge = await knowledgeOf(logs());
    const { descriptions } = knowledge;
    expect(descriptions.of('worker-1', 'A::seen')).toMatchObject({
      type: 'table[addr] of A::Info',
      recordFields: [],
    });
    expect(descriptions.of('worker-2', 'A::seen')).toMatchObject({ type: 'table[addr] of count', expiry: null });
    expect(descriptions.of('worker-3', 'A::bare')).toMatchObject({ type: 'set[string]', script: null });
    expect(descriptions.of('worker-1', 'A::unheard')).toBeNull();
  });

  it('keep what stands between the separators of a list, escaped ones included', async () => {
    const knowledge = await knowledgeOf(logs([`1795491842.0\t${ROWS[0]}`]));
    expect(knowledge.descriptions.of('worker-1', 'A::seen')).toMatchObject({
      type: 'table[addr,port] of A::Info',
      expiry: '&create_expire=1.0 day',
      recordFields: ['A::Info{x: set[string]; y: table[addr,port] of count}', 'B{z: string}'],
    });
  });

  it('are read from JSON as from TSV', async () => {
    const place = logs([]);
    const row = {
      ts: 1,
      node: 'worker-1',
      boot: 1,
      variable: 'A::seen',
      var_type: 'set[A]',
      record_fields: ['A{x: count}'],
    };
    writeFileSync(
      join(place, 'my_stats_variable.log'),
      `${JSON.stringify(row)}\n${JSON.stringify({ ...row, record_fields: 7 })}\n`,
    );
    const { knowledge, reading } = await (await LogStore.open([place])).knowledge();
    expect(knowledge.descriptions.of('worker-1', 'A::seen')).toMatchObject({
      type: 'set[A]',
      moduleName: 'A',
      recordFields: ['A{x: count}'],
    });
    expect(reading.examples).toEqual([
      { file: join(place, 'my_stats_variable.log'), line: 2, reason: 'record_fields is not a list' },
    ]);
  });

  it('of a real cluster name the versions of its nodes', async () => {
    const knowledge = await knowledgeOf('fixtures/collector-8.0.10-cluster');
    expect([...knowledge.zeekVersions.values()]).toEqual(Array(5).fill('8.0.10'));
    expect(knowledge.descriptions.of('worker-1', 'SSL::ec_curves')?.script).toMatch(/protocols\/ssl\/consts\.zeek$/);
  });
});
