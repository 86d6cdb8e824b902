/**
 * Runs `my-stats profile` over packages, and holds what it says against the allocator's own figure with the package and
 * without it.
 *
 * node bench/packages.mjs TRACE PACKAGE... > table.md
 *
 * Packages are folders, fetched beforehand; what follows a `=` is given with --load, as in `PACKAGE=NEEDED,OTHER`. Needs a
 * build, Zeek 7 or later and a C compiler: bench/sizing/heap.c makes getpid() answer the bytes in use. Every package is one
 * row; one that cannot be run is a row with the reason. All that is written goes to a temporary folder.
 */

import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
/** Between two processes, this much either way is noise. */
const NOISE = 500_000;
/** Seconds before the end of the trace: connections are open then. */
const BEFORE_END = 1.5;

const [trace, ...wishes] = process.argv.slice(2);
if (wishes.length === 0) {
  console.error('usage: node bench/packages.mjs TRACE PACKAGE[=NEEDED,…]...');
  process.exit(2);
}
const work = mkdtempSync(join(tmpdir(), 'my-stats-bench-'));
process.on('exit', () => rmSync(work, { recursive: true, force: true }));
const heap = join(work, 'heap.so');
execFileSync('cc', ['-shared', '-fPIC', '-O2', '-o', heap, join(ROOT, 'bench/sizing/heap.c')]);
const searchPath = /file search path \(([^\n]*)\)/.exec(spawnSync('zeek', ['--help'], { encoding: 'utf8' }).stdout)[1];

console.log('| package | variables | between | elsewhere | sum | truth | off | |');
console.log('| --- | --: | --: | --: | --: | --: | --: | --- |');
const measured = [];
for (const wish of wishes) {
  const [path, needed] = wish.split('=');
  const row = measure(
    resolve(path),
    (needed ?? '')
      .split(',')
      .filter(Boolean)
      .map((load) => resolve(load)),
  );
  if (row.reason === null) measured.push(row);
  console.log(lineOf(row));
}
summarize(measured);

function measure(path, loads) {
  const name = basename(path);
  const temporary = mkdtempSync(join(work, `${name}-`));
  const args = ['profile', path, '--pcap', trace, '--json', '--keep', '--timeout', '300'];
  const done = spawnSync(
    process.execPath,
    [join(ROOT, 'bin/my-stats'), ...args, ...loads.flatMap((load) => ['--load', load])],
    { encoding: 'utf8', env: { ...process.env, TMPDIR: temporary }, maxBuffer: 1 << 28 },
  );
  if (done.status !== 0) return { name, reason: reasonIn(done.stderr) };
  const result = JSON.parse(done.stdout);
  const run = join(temporary, readdirSync(temporary)[0]);
  const at = result.trace.last.epoch - BEFORE_END;
  const scripts = loads.map(scriptsOf);
  const [withIt, without] = [
    heapOf([...scripts, scriptsOf(path)], at, join(run, 'with'), join(run, 'with-packages')),
    heapOf(scripts, at, join(run, 'without'), join(run, 'without-packages')),
  ];
  rmSync(temporary, { recursive: true });
  if (withIt === null || without === null)
    return { name, reason: 'Zeek does not get to the end without the collector' };
  const { low, likely, high } = result.total.final;
  const outside = result.outside_variables_bytes;
  return { name, reason: null, low, likely, high, outside, truth: withIt - without, notes: notesOf(result) };
}

/** Bytes in use shortly before the end, in the folder of a run, where the package's data files are; null where it fails. */
function heapOf(scripts, at, folder, links) {
  const script = join(work, 'heap.zeek');
  writeFileSync(
    script,
    `module Bench;
global tick: event();
event Bench::tick()
  {
  if ( network_time() >= double_to_time(${at}) ) print fmt("HEAP %d", getpid());
  else schedule 100msec { Bench::tick() };
  }
event zeek_init() { schedule 100msec { Bench::tick() }; }
`,
  );
  const done = spawnSync('zeek', ['-C', '-D', '-r', resolve(trace), ...scripts, script], {
    cwd: folder,
    encoding: 'utf8',
    env: { ...process.env, LD_PRELOAD: heap, ZEEKPATH: ['.', links, searchPath].join(':') },
    maxBuffer: 1 << 28,
  });
  const told = /^HEAP (\d+)$/m.exec(done.stdout);
  return told === null ? null : Number(told[1]);
}

function scriptsOf(path) {
  const meta = ['zkg.meta', 'bro-pkg.meta'].map((name) => join(path, name)).find((file) => existsSync(file));
  const folder = meta === undefined ? null : /^script_dir\s*[=:]\s*(\S+)/m.exec(readFileSync(meta, 'utf8'));
  return folder === null ? path : join(path, folder[1]);
}

function notesOf({ variables, with: run }) {
  const unknown = variables.filter(({ present, peak }) => present && peak === null).length;
  return [
    unknown > 0 ? `${unknown} of unknown size` : '',
    run.missing_files.length > 0 ? `lacks ${run.missing_files.length} data files` : '',
  ].filter(Boolean);
}

/** `--keep` says where the logs are, too. */
function reasonIn(stderr) {
  const lines = stderr.split('\n').map((line) => line.replace(/^my-stats: /, ''));
  return lines.find((line) => line !== '' && !line.startsWith('what Zeek wrote')) ?? 'it says nothing';
}

function lineOf({ name, reason, low, likely, high, outside, truth, notes }) {
  if (reason !== null) return `| ${name} | | | | | | | ${reason.replaceAll(ROOT, '').replaceAll('|', '\\|')} |`;
  const sum = likely + outside;
  return `| ${name} | ${mega(likely)} | ${mega(low)} – ${mega(high)} | ${mega(outside)} | ${mega(sum)} | ${mega(truth)} | ${mega(sum - truth)} | ${notes.join(', ')} |`;
}

function mega(bytes) {
  return (bytes / 1e6).toFixed(2);
}

function summarize(rows) {
  const off = (row) => Math.abs(row.likely + row.outside - row.truth);
  const large = rows.filter(({ truth }) => truth > 2 * NOISE);
  const within = rows.filter((row) => {
    const { low, high, outside, truth } = row;
    return truth >= low + outside - NOISE && truth <= high + outside + NOISE;
  });
  const errors = large.map((row) => off(row) / row.truth).sort((a, b) => a - b);
  const median = errors.length === 0 ? 'none' : `${(100 * errors[Math.floor(errors.length / 2)]).toFixed(1)} %`;
  console.log(
    `\n${rows.length} packages ran; the truth is within the range and half a megabyte in ${within.length}. Median error of the ${large.length} that take more than a megabyte: ${median}.`,
  );
}
