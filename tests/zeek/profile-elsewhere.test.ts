/** What `my-stats profile` says of memory that is in no variable, on a real Zeek. */

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { makeTrace } from '../../examples/make-pcap.mjs';
import { needs } from '../support/needs.ts';
import { expectClean, folder, profile, SLOW, script } from './profiles.ts';

const FIELDS = `module Heavy;
export { type State: record { texts: vector of string; }; }
redef record connection += { heavy: State &optional; };
redef record Conn::Info += { heavy_words: count &log &default=0; };
event Heavy::later() { }
event zeek_init() { Broker::create_master("heavy"); }
event new_connection(c: connection)
  {
  local texts: vector of string = vector();
  local i = 0;
  while ( i < 200 ) { texts[i] = fmt("a text of some length, number %05d of %s", i, c$uid); ++i; }
  c$heavy = State($texts=texts);
  schedule 1hr { Heavy::later() };
  }
`;

describe('profile', { ...SLOW, ...needs('zeek') }, () => {
  test('tells what live connections hold of it, timers, the fields it adds and the stores it opens', async () => {
    const trace = join(folder, 'many.pcap');
    writeFileSync(trace, makeTrace({ minutes: 0.5, lookups: 300 }));
    const file = script('heavy.zeek', FIELDS);
    const { code, stdout, stderr } = await profile([file, '--pcap', trace, '--json']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const result = JSON.parse(stdout);
    expect(result.variables).toEqual([]);
    expect(result.added_fields).toEqual([
      { record: 'connection', field: 'heavy', type: 'State', script: 'heavy.zeek', line: 3 },
      { record: 'Conn::Info', field: 'heavy_words', type: 'count', script: 'heavy.zeek', line: 4 },
    ]);
    expect(result.broker_stores).toEqual([{ text: 'Broker::create_master("heavy")', script: 'heavy.zeek', line: 6 }]);
    const { with: run, without } = result;
    expect(run.live_connections).toBeGreaterThan(50);
    expect(run.live_connections).toBe(without.live_connections);
    expect(run.peak_timers - without.peak_timers).toBeGreaterThan(350);
    // 200 texts of 60 characters: some 30 kB each, and none of it was freed.
    const each = result.outside_variables_bytes / run.live_connections;
    expect(each).toBeGreaterThan(20_000);
    expect(each).toBeLessThan(60_000);
    expectClean();
  });
});
