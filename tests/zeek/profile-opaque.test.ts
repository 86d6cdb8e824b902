/** `my-stats profile` of packages whose state is opaque values, on a real Zeek. */

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { needs } from '../support/needs.ts';
import { byName, expectClean, folder, profile, SLOW, script, TRACE } from './profiles.ts';

const FILTER = `module Filter;
const capacity = 5000000 &redef;
global links: opaque of bloomfilter;
global of_any_size: opaque of bloomfilter;
global never_made: opaque of bloomfilter;
global peers: table[addr] of opaque of cardinality;
function how_many(): count { return 2000; }
event zeek_init()
  {
  links = bloomfilter_basic_init(0.001, capacity);
  of_any_size = bloomfilter_basic_init(0.001, how_many());
  }
event new_connection(c: connection)
  {
  if ( c$id$orig_h !in peers )
    peers[c$id$orig_h] = hll_cardinality_init(0.05, 0.95);
  hll_cardinality_add(peers[c$id$orig_h], c$id$resp_h);
  }
`;

describe('profile', { ...SLOW, ...needs('zeek') }, () => {
  test('opaque values weigh what their arguments say; a budget on what nobody knows fails', async () => {
    const file = script('filter.zeek', FILTER);
    const budgets = join(folder, 'opaque.json');
    writeFileSync(
      budgets,
      JSON.stringify({
        variables: { 'Filter::links': '8 MB', 'Filter::of_any_size': '8 MB', 'Filter::peers': '1 GB' },
        modules: { Filter: '1 GB' },
      }),
    );
    const { code, stdout } = await profile([file, '--pcap', TRACE, '--check', '--budget', budgets, '--json']);
    const result = JSON.parse(stdout);
    const { 'Filter::links': links, 'Filter::of_any_size': unknown, 'Filter::peers': peers } = byName(result.variables);
    // 5,000,000 at 0.1 %: 71.9 million bits.
    expect(links!.peak!.likely).toBeGreaterThan(8.98e6);
    expect(links!.peak!.high).toBeLessThan(9.4e6);
    const added = result.with.resident_memory_bytes - result.without.resident_memory_bytes;
    expect(added).toBeGreaterThan(8e6);
    // 2,048 buckets each, and an entry around them.
    expect(peers!.peak!.likely / peers!.final_entries!).toBeGreaterThan(2_300);
    expect(peers!.peak!.likely / peers!.final_entries!).toBeLessThan(2_700);
    expect(unknown!.peak).toBeNull();
    expect(Object.keys(byName(result.variables))).not.toContain('Filter::never_made');
    const states = result.budgets.rows.map(({ name, state }: { name: string; state: string }) => [name, state]);
    expect(Object.fromEntries(states)).toEqual({
      'Filter::links': 'failed',
      'Filter::of_any_size': 'missing',
      'Filter::peers': 'kept',
      Filter: 'missing',
    });
    expect(code).toBe(1);
    expectClean();
  });
});
