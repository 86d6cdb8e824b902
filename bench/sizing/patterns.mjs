/**
 * What patterns take, of many kinds and in each of the ways in which they come about, on the Zeek that is on the PATH, and
 * what the collector counts in them, as tab-separated values.
 *
 * usage: node bench/sizing/patterns.mjs >fixtures/sizing/zeek-VERSION-patterns.tsv        Needs cc.
 *
 * The bytes are mallinfo2() before and after, without the cache that each thread keeps of freed chunks.
 */

import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { HELD_OUT, MADE_WITH } from './pattern-kinds.mjs';

const SIZES = [1, 20, 400];
const WAYS = ['literal', 'added', 'at run time'];
const pathOf = (name) => fileURLToPath(new URL(name, import.meta.url));

/** Declares the patterns, with the heap before and after each, and prints a row of each. */
function scriptOf(sets) {
  const declarations = [];
  const rows = [];
  for (const [set, kinds] of Object.entries(sets))
    for (const [kind, make] of Object.entries(kinds))
      for (const n of SIZES)
        for (const way of WAYS) {
          const id = rows.length;
          const text = make(n);
          const isLater = way === 'at run time';
          declarations.push(`global before${id} = getpid();`);
          if (way === 'literal') declarations.push(`const pattern${id} = /${text}/;`);
          if (way === 'added')
            declarations.push(`const pattern${id} = /first/ &redef;`, `redef pattern${id} += /${text}/;`);
          if (isLater) declarations.push(`global pattern${id}: pattern;`);
          declarations.push(`global after${id} = getpid();`);
          const made = isLater
            ? `local t${id} = "${text.replace(/[\\"]/g, '\\$&')}"; before${id} = getpid(); ` +
              `pattern${id} = string_to_pattern(t${id}, F); after${id} = getpid(); `
            : '';
          rows.push(`${made}row("${set}\\t${kind}\\t${way}\\t${n}", pattern${id}, after${id} - before${id});`);
        }
  return `@load ${pathOf('../../scripts/values/pattern.zeek')}
module my_stats;
global rows = open("patterns.tsv");
function row(what: string, value: pattern, bytes: int)
\t{
\topen_pattern(value);
\tcount_pattern(double_to_time(1e10));
\tlocal found = close_pattern();
\tprint rows, fmt("%s\\t%d\\t%d\\t%s\\t%d\\t%d\\n", what, found$states, found$classes, found$is_sum, |cat(value)|, bytes);
\t}
${declarations.join('\n')}
event zeek_init()
\t{
\tenable_raw_output(rows);
${rows.join('\n')}
\tclose(rows);
\t}
`;
}

const work = mkdtempSync(join(tmpdir(), 'patterns-'));
try {
  execFileSync('cc', ['-shared', '-fPIC', '-O2', '-o', join(work, 'heap.so'), pathOf('heap.c')]);
  writeFileSync(join(work, 'patterns.zeek'), scriptOf({ 'made with': MADE_WITH, 'held out': HELD_OUT }));
  execFileSync('zeek', ['-b', 'patterns.zeek'], {
    cwd: work,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, LD_PRELOAD: join(work, 'heap.so'), GLIBC_TUNABLES: 'glibc.malloc.tcache_count=0' },
  });
  const version = execFileSync('zeek', ['--version'], { encoding: 'utf8' }).trim().replace(/^.* /, 'zeek ');
  const header = ['set', 'kind', 'way', 'n', 'states', 'classes', 'is_sum', 'characters', 'bytes'].join('\t');
  process.stdout.write(`# ${version}\n${header}\n${readFileSync(join(work, 'patterns.tsv'), 'utf8')}`);
} finally {
  rmSync(work, { recursive: true });
}
