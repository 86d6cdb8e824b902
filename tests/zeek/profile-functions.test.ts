/** `my-stats profile --functions` on a real Zeek. */

import { chmodSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { needs } from '../support/needs.ts';
import { expectClean, folder, profile, SLOW, script, TRACE } from './profiles.ts';

const SLOWEST = `module Slow;
global spell: function(n: count): string;
function spell(n: count): string
  {
  local text = "";
  local i = 0;
  while ( i < 20 ) { text = cat(text, n); ++i; }
  return text;
  }
event new_connection(c: connection) { spell(7); }
event connection_state_remove(c: connection) { }
`;

describe('profile --functions', { ...SLOW, ...needs('zeek') }, () => {
  test('tells calls and time of every function of the package, by who called it', async () => {
    const flames = join(folder, 'functions.json');
    const args = [script('slow.zeek', SLOWEST), '--pcap', TRACE, '--speedscope', flames, '--json'];
    const { code, stdout, stderr } = await profile(args);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const result = JSON.parse(stdout);
    const told = result.functions.map((row: Record<string, unknown>) => [row.function, row.kind, row.calls, row.line]);
    expect(told.slice(0, 3)).toEqual([
      ['new_connection', 'event', 400, 10],
      ['Slow::spell', 'function', 400, 3],
      ['connection_state_remove', 'event', 400, 11],
    ]);
    expect(told).toHaveLength(4);
    const { shared, profiles } = JSON.parse(readFileSync(flames, 'utf8'));
    const names = shared.frames.map(({ name }: { name: string }) => name);
    const stacks = profiles[0].samples.map((stack: number[]) => stack.map((frame) => names[frame]));
    expect(stacks).toContainEqual(['new_connection', 'Slow::spell']);
    // The profiler runs by itself: what the other runs took is as without it.
    expect(result.with.measurements).toBeGreaterThan(20);
    expectClean();
  });

  test('says in one line that a Zeek has no profiler, and runs nothing', async () => {
    const old = script('old-zeek', '#!/bin/sh\necho "usage: zeek [options] [file ...]"\n');
    chmodSync(old, 0o755);
    const { code, stderr } = await profile([
      script('slow.zeek', SLOWEST),
      '--pcap',
      TRACE,
      '--functions',
      '--zeek',
      old,
    ]);
    expect(code).toBe(2);
    expect(stderr).toMatch(/^my-stats: \S+old-zeek: .*no profiler of scripts.*\n$/);
    expectClean();
  });
});
