/** Completion in real shells. */

import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { needs } from '../support/needs.ts';
import { cleanEnv, PROGRAM, run } from './run.ts';

const COMMANDS = [
  'archive',
  'ask',
  'check',
  'completion',
  'connections',
  'diff',
  'doctor',
  'estimate',
  'explain',
  'export',
  'growth',
  'lab',
  'profile',
  'report',
  'runs',
  'serve',
  'sql',
  'top',
  'watch',
];
/** Would be carried out if a shell evaluated what it completes. */
const TRAP = 'evil$(touch trapped).log';

let folder = '';

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'my-stats-completion-'));
  symlinkSync(PROGRAM, join(folder, 'my-stats'));
  for (const name of ['my_stats.log', TRAP]) writeFileSync(join(folder, name), '');
  for (const shell of ['bash', 'zsh', 'fish']) {
    const script = execFileSync(process.execPath, [PROGRAM, 'completion', shell], { encoding: 'utf8' });
    writeFileSync(join(folder, `completion.${shell}`), script);
  }
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What is offered at the end of a line; file names are the shell's own, and so only marked by `FILES`. */
type Complete = (line: string) => Promise<string[]>;

function checkAll(complete: Complete): void {
  test.each<[string, readonly string[]]>([
    ['my-stats ', COMMANDS],
    ['my-stats t', ['top']],
    ['my-stats top --by ', ['module', 'node', 'package', 'script', 'sensor', 'type', 'variable']],
    ['my-stats top --by m', ['module']],
    ['my-stats top --sort ', ['entries', 'first', 'growth', 'last', 'max', 'mean', 'name', 'size', 'variables']],
    ['my-stats runs --color ', ['always', 'auto', 'never']],
    ['my-stats export --format ', ['csv', 'openmetrics', 'parquet', 'pprof', 'speedscope']],
    ['my-stats top --mod', ['--module']],
    ['my-stats sql --js', ['--json']],
    ['my-stats completion ', ['bash', 'fish', 'zsh']],
  ])('%s', async (line, offered) => {
    expect((await complete(line)).sort()).toEqual(offered);
  });

  test('nothing is offered for what nobody can guess', async () => {
    expect(await complete('my-stats top --module ')).toEqual([]);
  });
}

describe('bash', needs('bash'), () => {
  /** Calls the function as readline does, with the words broken at `=`. */
  async function complete(line: string): Promise<string[]> {
    const words = line.split(/(=)| /).filter((word) => word !== undefined && word !== '');
    if (/[ =]$/.test(line)) words.push('');
    const script = `
      source completion.bash
      compopt() { echo "compopt $*"; }
      COMP_WORDS=("$@") COMP_CWORD=$(($# - 1))
      _my_stats && for word in "\${COMPREPLY[@]}"; do echo "$word"; done`;
    const { stdout } = await run('bash', ['--norc', '-c', script, 'bash', ...words], { cwd: folder });
    return stdout.split('\n').filter((word) => word !== '' && word !== 'compopt +o default');
  }

  checkAll(complete);

  test.each([
    ['my-stats top --by=', ['module', 'node', 'package', 'script', 'sensor', 'type', 'variable']],
    ['my-stats top --by=v', ['variable']],
  ])('%s', async (line, offered) => {
    expect((await complete(line)).sort()).toEqual(offered);
  });

  test('sourcing it twice says nothing', async () => {
    const { code, stderr } = await run('bash', ['-c', 'source completion.bash; source completion.bash'], {
      cwd: folder,
    });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  });

  test('a file name is offered by readline, quoted, and never evaluated', needs('script'), async () => {
    const rc = join(folder, 'rc');
    writeFileSync(rc, `PS1='> '\nsource ${join(folder, 'completion.bash')}\nbind 'set bell-style none'\n`);
    chmodSync(rc, 0o644);
    // The line is typed into an interactive shell on a terminal of its own: Tab twice over the name, then printed.
    const keys = 'my-stats top ev\t\t\x01printf "%s\\n" \n';
    const { stdout } = await run('script', ['-qec', `bash --noprofile --rcfile ${rc} -i`, '/dev/null'], {
      cwd: folder,
      env: { TERM: 'dumb' },
      input: `${keys}exit\n`,
    });
    expect(stdout).toContain(TRAP);
    expect((await run('ls', [], { cwd: folder })).stdout).not.toContain('trapped\n');
  });
});

describe('fish', needs('fish'), () => {
  async function complete(line: string): Promise<string[]> {
    const script = 'source completion.fish; complete -C $argv[1]';
    const { stdout } = await run('fish', ['--no-config', '-c', script, line], { cwd: folder, env: { PATH: path() } });
    return stdout.split('\n').flatMap((offer) => offer.split('\t')[0] || []);
  }

  checkAll(complete);

  test('file names', async () => {
    expect(await complete('my-stats top my_')).toEqual(['my_stats.log']);
    expect(await complete('my-stats report -o my_')).toEqual(['my_stats.log']);
  });
});

describe('zsh', needs('zsh'), () => {
  /** zsh completes only in its line editor: one is run on a terminal of its own, and asked to list what it offers. */
  async function complete(line: string): Promise<string[]> {
    const script = `
      zmodload zsh/zpty
      zpty worker zsh -f -i
      zpty -w worker "PROMPT= RPROMPT=; stty -echo; cd \${(q)PWD}; autoload -U compinit; compinit -u -D; source ./completion.zsh"
      zpty -w worker 'compadd() {
        local -a offers
        builtin compadd -O offers "$@"
        [[ -n $offers ]] && print -rl -- "<offer>"\${^offers}"</offer>"
        builtin compadd "$@"
      }'
      zpty -w worker "report() print '<'done'>'; zle -N report; bindkey '^X^X' report"
      zpty -w worker "print '<'ready'>'"
      zpty -r worker out '*<ready>*'
      zpty -w -n worker "$1"$'\\t\\x18\\x18'
      zpty -r worker out '*<done>*'
      print -rn -- "$out"
      zpty -d worker`;
    const { stdout } = await run('zsh', ['-f', '-c', script, 'zsh', line], { cwd: folder, env: { PATH: path() } });
    return [...new Set(Array.from(stdout.matchAll(/<offer>([^\n]*?)=?<\/offer>/g), ([, offer]) => offer!))];
  }

  checkAll(complete);

  test('file names', async () => {
    expect(await complete('my-stats top my_')).toEqual(['my_stats.log']);
  });

  test('is found by compinit as a file of its own', async () => {
    const script = 'cp completion.zsh _my-stats; fpath=($PWD); autoload -U +X _my-stats && whence -w _my-stats';
    const { stdout } = await run('zsh', ['-f', '-c', script], { cwd: folder });
    expect(stdout).toBe('_my-stats: function\n');
  });
});

function path(): string {
  return `${folder}:${cleanEnv().PATH}`;
}
