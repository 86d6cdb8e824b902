/** The verdicts of `doctor` on clusters of which the truth is known, because they are made up. Real ones: tests/incidents. */

import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { doctor } from '../../src/app/doctor.ts';
import { explain } from '../../src/app/explain.ts';
import { top } from '../../src/app/top.ts';
import { temporaryFolder } from '../store/logs.ts';
import { CLUSTER, DAY, HOST_BYTES, highWater, hostSet, noise, plainNode, rhythm } from '../support/made-clusters.ts';
import { BOOT, type MadeNode, madeLogs } from '../support/made-logs.ts';

const folder = temporaryFolder();
let made = 0;

function examine(lives: readonly MadeNode[], options: Parameters<typeof madeLogs>[2] = {}) {
  made++;
  const paths = [madeLogs(join(folder, String(made)), lives, options)];
  return doctor({ paths, strict: true, nodes: [], scripts: [], since: null, until: null });
}

async function found(lives: readonly MadeNode[], options: Parameters<typeof madeLogs>[2] = {}) {
  const { findings } = await examine(lives, options);
  return findings.map(({ kind, subject, nodes, level }) => ({ kind, subject, nodes, level }));
}

const cluster = (runs: number, interval: number, sort: Parameters<typeof plainNode>[3] = {}) =>
  CLUSTER.map((node, i) => plainNode(node, runs, interval, { seed: i, ...sort }));

/** Replaces one node of a cluster. */
function withNode(lives: readonly MadeNode[], node: string, change: (life: MadeNode) => Partial<MadeNode>) {
  return lives.map((life) => (life.node === node ? { ...life, ...change(life) } : life));
}

const MB = 1e6;

describe('nothing is found in', () => {
  test.each([1, 2, 3, 4, 5, 6])('a steady cluster with noise (%i)', async (seed) => {
    expect(await found(cluster(240, 60, { seed }))).toEqual([]);
  });

  test.each([0.1, 0.3, 1])('a cluster that warms up within %f of the time', async (pace) => {
    const warm = (age: number) => 1 - Math.exp(-age / (pace * 120 * 60));
    const lives = cluster(360, 60, { extra: (age) => 60 * MB * warm(age) }).map((life) => ({
      ...life,
      variables: [...life.variables, hostSet('Site::hosts', (age) => 60_000 * warm(age))],
    }));
    expect(await found(lives)).toEqual([]);
  });

  test.each([0.75, 1, 1.5, 3])('a daily rhythm of %f days', async (days) => {
    const runs = Math.round((days * DAY) / 120);
    const lives = cluster(runs, 120, {
      connections: rhythm(4000),
      extra: (age) => 40 * MB * (rhythm(1)(age) - 0.1),
    }).map((life) => ({
      ...life,
      variables: [...life.variables, hostSet('Site::hosts', rhythm(300_000))],
    }));
    expect(await found(lives)).toEqual([]);
  });

  test('a restart', async () => {
    const first = cluster(120, 60).map((life) => ({ ...life, exits: true }));
    const second = cluster(60, 60).map((life) => ({ ...life, boot: BOOT + 121 * 60 }));
    expect(await found([...first, ...second])).toEqual([]);
  });

  test('a table that is emptied now and then, and its memory used again', async () => {
    const saw = (age: number) => 400_000 * ((age / 1800) % 1);
    const resident = highWater();
    const lives = withNode(cluster(240, 60), 'worker-1', (life) => ({
      gauges: (age) => ({ ...life.gauges(age), resident_memory: resident(126 * MB + saw(age) * HOST_BYTES) }),
      variables: [...life.variables, hostSet('Site::batch', saw)],
    }));
    expect(await found(lives)).toEqual([]);
  });

  test('entries that are younger than their declared expiry', async () => {
    const lives = withNode(cluster(600, 60), 'worker-1', (life) => ({
      variables: [...life.variables, hostSet('Known::hosts', (age) => 5 * age)],
    }));
    expect(await found(lives)).toEqual([]);
  });

  test('what grows with the traffic', async () => {
    const traffic = (age: number) => 500 + age / 20;
    const lives = cluster(240, 60, { connections: traffic }).map((life) => ({
      ...life,
      variables: [...life.variables, hostSet('Site::hosts', (age) => 100 * traffic(age))],
    }));
    expect(await found(lives)).toEqual([]);
  });
});

describe('found is', () => {
  test('a set whose declared expiry is not in effect, on the workers', async () => {
    const hosts = (age: number) => age / 2;
    const leaky = (life: MadeNode): Partial<MadeNode> => {
      const resident = highWater();
      return {
        gauges: (age) => ({ ...life.gauges(age), resident_memory: resident(180 * MB + hosts(age) * HOST_BYTES) }),
        variables: [...life.variables, hostSet('Known::hosts', hosts)],
      };
    };
    const lives = withNode(withNode(cluster(2160, 120), 'worker-1', leaky), 'worker-2', leaky);
    const { findings, nodes } = await examine(lives);
    expect(findings.map(({ kind, subject, level, nodes }) => ({ kind, subject, level, nodes }))).toEqual([
      { kind: 'expiry-ineffective', subject: 'Known::hosts', level: 'problem', nodes: ['worker-1', 'worker-2'] },
    ]);
    expect(findings[0]!.what).toContain('declares &create_expire=1day and still grows');
    expect(nodes.map(({ course }) => course)).toEqual([
      'steady',
      'steady',
      'steady',
      'grows-in-variables',
      'grows-in-variables',
    ]);
  });

  test.each([0, 0.5])('growth of a variable without expiry, with noise of %f of an hour of it', async (share) => {
    const random = noise(7);
    const hosts = (age: number) => Math.max(400, 10 * age + share * 36_000 * random());
    const resident = highWater();
    const lives = withNode(cluster(480, 60), 'manager', (life) => ({
      gauges: (age) => ({ ...life.gauges(age), resident_memory: resident(126 * MB + hosts(age) * HOST_BYTES) }),
      variables: [...life.variables, hostSet('Site::seen', hosts)],
    }));
    expect(await found(lives)).toEqual([
      { kind: 'variable-grows', subject: 'Site::seen', level: 'problem', nodes: ['manager'] },
    ]);
  });

  test('memory that grows outside scripts, by the role of the node', async () => {
    const resident = highWater();
    const lives = withNode(cluster(480, 60), 'logger-1', (life) => ({
      gauges: (age) => ({ ...life.gauges(age), resident_memory: resident(126 * MB + 4000 * age) }),
    }));
    const { findings, nodes } = await examine(lives);
    expect(findings).toHaveLength(1);
    expect(findings[0]).toMatchObject({
      kind: 'outside-scripts',
      nodes: ['logger-1'],
      level: 'problem',
      certainty: 'certain',
    });
    const advice = findings[0]!.advice.map(({ text, command }) => `${text} ${command}`).join('\n');
    expect(advice).toMatch(/msgthread_pending[\s\S]*libjemalloc[\s\S]*jeprof[\s\S]*heaptrack/);
    expect(nodes[0]!.account!.unexplained.low).toBeGreaterThan(90 * MB);
  });

  test('memory a variable gave up and the allocator kept', async () => {
    const entries = (age: number) => (age < 3600 ? 600_000 : 10);
    const resident = highWater();
    const lives = withNode(cluster(240, 60), 'manager', (life) => ({
      gauges: (age) => ({ ...life.gauges(age), resident_memory: resident(126 * MB + entries(age) * HOST_BYTES) }),
      variables: [...life.variables, hostSet('Feed::entries', entries)],
    }));
    const { findings, nodes } = await examine(lives);
    expect(findings).toHaveLength(1);
    expect(findings[0]).toMatchObject({ kind: 'memory-retained', subject: 'Feed::entries', nodes: ['manager'] });
    expect(findings[0]!.what).toContain('which is no leak in scripts');
    expect(nodes[1]!.course).toBe('retained');
  });

  test('nothing, where the memory a variable gave up went back', async () => {
    const entries = (age: number) => (age < 3600 ? 600_000 : 10);
    const lives = withNode(cluster(240, 60), 'manager', (life) => ({
      gauges: (age) => ({ ...life.gauges(age), resident_memory: 126 * MB + entries(age) * HOST_BYTES }),
      variables: [...life.variables, hostSet('Feed::entries', entries)],
    }));
    expect(await found(lives)).toEqual([]);
  });

  test('memory that was written to swap space as kept, since it did not go back', async () => {
    const entries = (age: number) => (age < 3600 ? 600_000 : 10);
    const lives = withNode(cluster(240, 60), 'manager', (life) => ({
      gauges: (age) => ({
        ...life.gauges(age),
        resident_memory: 126 * MB + entries(age) * HOST_BYTES,
        swapped_memory: (600_000 - entries(age)) * HOST_BYTES,
      }),
      variables: [...life.variables, hostSet('Feed::entries', entries)],
    }));
    expect(await found(lives)).toMatchObject([{ kind: 'memory-retained', subject: 'Feed::entries' }]);
  });

  test('one connection that collects entries, with its uid and rate', async () => {
    const entries = (age: number) => 30_000 + 40 * age;
    const lives = withNode(cluster(60, 60), 'worker-2', () => ({
      connections: [
        {
          field: 'dce_rpc_backing',
          type: 'table[count] of DCE_RPC::BackingState',
          uid: 'CHhAvVGS1DHFjwGM9',
          service: ['dce_rpc'],
          began: -20 * DAY,
          at: entries,
        },
        { field: 'http_state.pending', type: 'table[count] of HTTP::Info', uid: 'Cother', at: () => 150 },
      ],
    }));
    const { findings } = await examine(lives);
    expect(findings).toHaveLength(1);
    expect(findings[0]).toMatchObject({
      kind: 'connection-grows',
      subject: 'dce_rpc_backing',
      nodes: ['worker-2'],
      level: 'problem',
    });
    expect(findings[0]!.what).toMatch(/CHhAvVGS1DHFjwGM9 \(dce_rpc\), 20 days old/);
    expect(findings[0]!.evidence[0]).toMatchObject({ first: 30_400, last: 172_000, perHour: 144_000 });
  });

  test.each([
    [[5400], 'warning', /rose at once on manager, at 2026-11-24T01:30/],
    [[3600, 7200, 9000], 'warning', /rose in 3 steps on manager, the last at 2026-11-24T02:30/],
  ] as const)('a table that rose at once and stayed, at %j s', async (steps, level, says) => {
    const entries = (age: number) => 5000 + (steps.filter((at) => age > at).length * 2_000_000) / steps.length;
    const resident = highWater();
    const lives = withNode(cluster(240, 60), 'manager', (life) => ({
      gauges: (age) => ({ ...life.gauges(age), resident_memory: resident(126 * MB + entries(age) * HOST_BYTES) }),
      variables: [...life.variables, hostSet('Feed::entries', entries)],
    }));
    const { findings } = await examine(lives);
    expect(findings.map(({ kind, nodes, subject, level }) => ({ kind, nodes, subject, level }))).toEqual([
      { kind: 'variable-stepped', nodes: ['manager'], subject: 'Feed::entries', level },
    ]);
    expect(findings[0]!.what).toMatch(says);
    expect(findings[0]!.what).toMatch(/% of the process, now 2.0[01] M entries/);
  });

  test('nothing, where a table is filled again as it was before a restart', async () => {
    const entries = (age: number) => (age < 5400 ? 5000 : 2_000_000);
    const feed = (life: MadeNode) => ({ variables: [...life.variables, hostSet('Feed::entries', entries)] });
    const first = withNode(cluster(240, 60), 'manager', feed).map((life) => ({ ...life, exits: true }));
    const second = withNode(cluster(180, 60), 'manager', feed).map((life) => ({ ...life, boot: BOOT + 241 * 60 }));
    expect(await found([...first, ...second])).toEqual([]);
  });

  test('no growth, where a table grew until it became too small to be logged', async () => {
    const seen = hostSet('Site::seen', (age) => 400 + 10 * age);
    const lives = withNode(cluster(240, 60), 'manager', (life) => ({
      variables: [...life.variables, { ...seen, at: (age: number) => (age < 12_000 ? seen.at(age) : null) }],
    }));
    expect(await found(lives)).toEqual([
      { kind: 'memory-retained', subject: 'Site::seen', level: 'note', nodes: ['manager'] },
    ]);
  });

  test('growth in a log of six columns, whose unit nobody knows', async () => {
    const lives = withNode(cluster(240, 60), 'manager', (life) => ({
      variables: [...life.variables, hostSet('Site::seen', (age) => 400 + 10 * age)],
    }));
    const without = ['my_stats_node', 'my_stats_variable'] as const;
    const { findings } = await examine(lives, { without, columnsWithout: ['unit', 'entries'] });
    expect(findings.map(({ kind, nodes, subject, level }) => ({ kind, nodes, subject, level }))).toEqual([
      { kind: 'variable-grows', subject: 'Site::seen', level: 'warning', nodes: ['manager'] },
      { kind: 'node-log-missing', subject: null, level: 'note', nodes: CLUSTER },
    ]);
    expect(findings[0]!.what).toMatch(/in a straight line .* in a unit that the log does not tell$/);
    expect(JSON.stringify(findings[0])).not.toMatch(/"unit":"bytes"/);
  });

  test('Intel stores that are a large part of the manager', async () => {
    const store = (name: string, size: number, entries: number) => ({
      name,
      type: 'record { host_data: table[addr] of Intel::MetaDataTable; string_data: table[string,enum Intel::Type] of Intel::MetaDataTable; }',
      at: () => ({ size, entries }),
    });
    const lives = withNode(cluster(60, 60), 'manager', (life) => ({
      gauges: (age) => ({ ...life.gauges(age), resident_memory: 900 * MB }),
      variables: [
        ...life.variables,
        { ...store('Intel::data_store', 9_000_000, 3), at: () => ({ size: 9_000_000 }) },
        { ...store('Intel::min_data_store', 3_000_000, 3), at: () => ({ size: 3_000_000 }) },
      ],
    }));
    const { findings } = await examine(lives);
    expect(findings.map(({ kind, nodes, subject }) => ({ kind, nodes, subject }))).toEqual([
      { kind: 'intel-store', nodes: ['manager'], subject: 'Intel::data_store, Intel::min_data_store' },
    ]);
    expect(findings[0]!.what).toMatch(/% of the process/);
  });

  test('measuring that takes longer and longer, because of patterns as keys', async () => {
    const lives = withNode(cluster(120, 60), 'worker-1', (life) => ({
      gauges: (age) => ({ ...life.gauges(age), duration: 0.1 + age / 4000 }),
      variables: [
        ...life.variables,
        { name: 'Site::by_pattern', type: 'table[pattern] of string', at: () => ({ size: 2000, entries: 500 }) },
      ],
    }));
    expect(await found(lives)).toEqual([
      { kind: 'measuring-cost-rises', subject: 'Site::by_pattern', level: 'warning', nodes: ['worker-1'] },
    ]);
  });

  test('slots of a table that had more entries, in which every answer counts them', async () => {
    const kept = { ...hostSet('Site::kept', () => 20_000), mostEntries: 900_000 };
    const full = { ...hostSet('Site::full', () => 900_000), mostEntries: 900_000 };
    const lives = withNode(cluster(60, 60), 'worker-1', (life) => ({
      gauges: (age) => ({ ...life.gauges(age), resident_memory: 330 * MB }),
      variables: [...life.variables, kept, full],
    }));
    const paths = [madeLogs(join(folder, 'slots'), lives)];
    const { findings } = await doctor({ paths, strict: true });
    expect(findings.map(({ kind, subject, nodes, level }) => ({ kind, subject, nodes, level }))).toEqual([
      { kind: 'kept-slots', subject: 'Site::kept', level: 'note', nodes: ['worker-1'] },
    ]);
    // 2^21 + 21 slots of 32 bytes are held, 2^15 + 15 would do.
    expect(findings[0]!.evidence[0]!.last).toBeCloseTo(32 * (2 ** 21 - 2 ** 15), -4);
    const { sections } = await top({ paths, by: 'variable', unit: 'bytes' });
    const { bytes } = sections[0]!.rows.find(({ group }) => group === 'Site::kept')!;
    const { nodes } = await explain({ paths, variable: 'Site::kept' });
    expect(bytes!.likely).toBeGreaterThan(32 * 2 ** 21);
    expect(nodes[0]!.bytes).toEqual(bytes);
  });

  test('a table that grows, which did not have the slots yet that it has in the end', async () => {
    const paths = ['fixtures/collector-8.0.10-contents'];
    const filters = { variable: ['HostTracker::seen'], node: ['manager'] };
    const early = (await top({ paths, filters, by: 'variable', at: '2026-12-01T04:58:10Z' })).sections[0]!.rows[0]!;
    // 4,000 entries: 8,192 slots and some of 32 bytes, and about 110 bytes for each entry; later it has 262,162 slots.
    expect(early.bytes!.likely / (8205 * 32 + 4000 * 110)).toBeCloseTo(1, 1);
    const { findings } = await doctor({ paths, nodes: ['manager'] });
    const grows = findings.find(({ subject }) => subject === 'HostTracker::seen')!;
    const [, bytes] = grows.evidence;
    expect(bytes!.first! / (4101 * 32 + 2000 * 110)).toBeCloseTo(1, 1);
    const [, likely, least, most] = grows.what.match(/grew by ([\d.]+) MB \(([\d.]+) MB to ([\d.]+) MB\)/)!;
    expect(Number(likely)).toBeGreaterThan(Number(least));
    expect(Number(likely)).toBeLessThan(Number(most));
  });

  test('the same constant patterns in every process', async () => {
    const lives = cluster(60, 60, { extra: () => 204 * MB }).map((life) => ({
      ...life,
      variables: [
        ...life.variables,
        { name: 'DomainTLD::tlds', type: 'pattern', unit: 'characters', at: () => ({ size: 120_000 }) },
      ],
    }));
    expect(await found(lives)).toEqual([
      { kind: 'repeated-constant', subject: 'DomainTLD', level: 'warning', nodes: CLUSTER },
    ]);
  });

  test.each([
    ['events_pending', 50],
    ['peer_messages_queued', 10],
    ['threads', 0.05],
    ['reassembly_bytes', 20_000],
  ] as const)('a queue that grows: %s', async (gauge, perSecond) => {
    const lives = withNode(cluster(120, 60), 'worker-1', (life) => ({
      gauges: (age) => ({ ...life.gauges(age), [gauge]: perSecond * age }),
    }));
    expect((await found(lives)).map(({ kind, subject, nodes }) => [kind, subject, nodes])).toEqual([
      ['queue-grows', gauge, ['worker-1']],
    ]);
  });

  test.each([false, true])(
    'timers that are never due, also where a run was under way at the end (%s)',
    async (underWay) => {
      const end = 10 + 118 * 60;
      const lives = withNode(cluster(120, 60), 'worker-1', (life) => ({
        exits: true,
        gauges: (age) => {
          const isEnding = age > end || (underWay && age === end);
          return {
            ...life.gauges(age),
            timers: isEnding ? 0 : 1000 + 20 * age,
            resident_memory: 126 * MB + 4000 * age + (isEnding ? 40 * MB : 0),
          };
        },
      }));
      const { findings } = await examine(lives);
      expect(findings.map(({ kind, nodes }) => ({ kind, nodes }))).toEqual([
        { kind: 'queue-grows', nodes: ['worker-1'] },
      ]);
    },
  );

  test('a node that went without a word, not one that said goodbye', async () => {
    const gone = withNode(cluster(120, 60), 'worker-1', () => ({ runs: 60 }));
    expect(await found(gone)).toEqual([{ kind: 'node-silent', subject: null, level: 'warning', nodes: ['worker-1'] }]);
    expect(await found(withNode(gone, 'worker-1', () => ({ exits: true })))).toEqual([]);
  });

  test('a variable whose type no log tells, in bytes that are called a guess', async () => {
    const lives = withNode(cluster(240, 60), 'worker-1', (life) => ({
      variables: [...life.variables, hostSet('Site::hosts', (age) => 20 * age)],
    }));
    const because = async (options?: Parameters<typeof examine>[1]) => {
      const { findings } = await examine(lives, options);
      return findings.find(({ subject }) => subject === 'Site::hosts')!.because;
    };
    expect(await because()).toContain('estimated from its type');
    expect(await because({ without: ['my_stats_variable'] })).toContain('no log tells its type');
  });

  test('a table whose entries do not become more, while what is in them does', async () => {
    const lives = withNode(cluster(240, 60), 'worker-1', (life) => ({
      gauges: (age) => ({ ...life.gauges(age), resident_memory: 126 * MB + 500 * age }),
      variables: [
        ...life.variables,
        {
          name: 'Site::inside',
          type: 'table[addr] of set[string]',
          script: 'site/inside.zeek',
          at: (age: number) => ({ size: 1500 + Math.round(8 * age), entries: 500 }),
        },
      ],
    }));
    const { findings } = await examine(lives);
    expect(findings.map(({ kind, subject }) => ({ kind, subject }))).toEqual([
      { kind: 'variable-grows', subject: 'Site::inside' },
    ]);
    const { evidence, advice } = findings[0]!;
    expect(evidence.find(({ unit }) => unit === 'count')).toMatchObject({
      what: 'Site::inside',
      detail: 'objects, with all that is in its entries',
    });
    expect(advice[0]!.text).toContain('it has 500 entries, which do not become more');
    expect(advice.map(({ command }) => command).join()).not.toContain('&create_expire');
  });

  describe('a process that is started again and again', () => {
    /** Lives of ten minutes, too short for a trend, with a minute between them. */
    const lives = (count: number, change: (life: MadeNode, i: number) => Partial<MadeNode> = () => ({})) =>
      Array.from({ length: count }, (_, i) => {
        const life = { ...plainNode('worker-1', 10, 60, { seed: i }), boot: BOOT + i * 11 * 60 };
        return { ...life, ...change(life, i) };
      });
    const filling = (life: MadeNode): Partial<MadeNode> => ({
      gauges: (age) => ({ ...life.gauges(age), resident_memory: 126 * MB + 1000 * age * HOST_BYTES }),
      variables: [...life.variables, hostSet('Site::hosts', (age) => 1000 * age)],
    });

    test('since a variable fills its memory', async () => {
      const { findings } = await examine(lives(5, filling));
      expect(findings.map(({ kind, subject, level, certainty }) => ({ kind, subject, level, certainty }))).toEqual([
        { kind: 'variable-grows', subject: 'Site::hosts', level: 'problem', certainty: 'certain' },
        { kind: 'node-restarts', subject: 'Site::hosts', level: 'problem', certainty: 'certain' },
      ]);
      expect(findings[1]!.what).toMatch(
        /^worker-1 ended 4 times without saying so and was started again, after 9 min as a rule, its memory at \d+ MB from \d+ MB at its start; Site::hosts grew each time$/,
      );
    });

    test('for another reason than memory', async () => {
      expect(await found(lives(5))).toEqual([
        { kind: 'node-restarts', subject: null, level: 'warning', nodes: ['worker-1'] },
      ]);
    });

    test('not where it says goodbye, is no longer, or was a few times only', async () => {
      expect(await found(lives(5, () => ({ exits: true })))).toEqual([]);
      const sinceThen = { ...plainNode('worker-1', 15 * 60, 60), boot: BOOT + 6 * 11 * 60 };
      expect(await found([...lives(5), sinceThen])).toEqual([]);
      expect(await found(lives(3))).toEqual([]);
    });
  });

  describe('a node unlike its equals', () => {
    const workers = (change: (life: MadeNode) => Partial<MadeNode>, nodes: readonly string[]) =>
      nodes.map((node, i) => {
        const life = plainNode(node, 120, 60, { seed: i });
        return { ...life, ...(i === 1 ? change(life) : {}) };
      });
    const holds = (life: MadeNode): Partial<MadeNode> => ({
      gauges: (age) => ({ ...life.gauges(age), resident_memory: 450 * MB }),
      variables: [...life.variables, hostSet('Site::flows', () => 2_500_000)],
    });

    test.each([
      ['of a cluster', ['worker-1', 'worker-2', 'worker-3', 'worker-4'], 'worker-2'],
      ['of several sensors', ['zeek@north', 'zeek@south', 'zeek@west'], 'zeek@south'],
    ])('%s, in a variable and in its memory', async (_, nodes, odd) => {
      const lives = workers(holds, nodes);
      const all = await found(lives);
      expect(all).toEqual([
        { kind: 'unlike-equals', subject: 'Site::flows', level: 'warning', nodes: [odd] },
        { kind: 'unlike-equals', subject: null, level: 'warning', nodes: [odd] },
      ]);
    });

    test('not by what is next to nothing of a process, or with a single other', async () => {
      const little = (life: MadeNode): Partial<MadeNode> => ({
        variables: [...life.variables, hostSet('Site::flows', () => 60_000)],
      });
      expect(await found(workers(little, ['worker-1', 'worker-2', 'worker-3']))).toEqual([]);
      expect(await found(workers(holds, ['worker-1', 'worker-2']))).toEqual([]);
    });
  });

  test('versions that are mixed', async () => {
    const lives = withNode(cluster(60, 60), 'worker-1', () => ({ version: '7.0.11' }));
    expect((await found(lives)).map(({ kind }) => kind)).toEqual(['versions-mixed']);
  });

  test('a log of the nodes that is missing', async () => {
    const { findings, nodes } = await examine(cluster(60, 60), { without: ['my_stats_node'] });
    expect(findings.map(({ kind, level }) => [kind, level])).toEqual([['node-log-missing', 'note']]);
    expect(nodes.every(({ course }) => course === 'not-enough-data')).toBe(true);
  });
});

describe('it says that it cannot tell', () => {
  test('where there are too few runs, and what is needed', async () => {
    const { findings, nodes } = await examine(cluster(5, 60));
    expect(findings).toEqual([]);
    expect(nodes[0]).toMatchObject({ course: 'not-enough-data' });
    expect(nodes[0]!.sentence).toMatch(/5 of the 8 runs it takes to tell; 3 min more/);
  });

  test('where the ranges are wider than the growth', async () => {
    const resident = highWater();
    const entries = (age: number) => age;
    const lives = withNode(cluster(240, 60), 'worker-1', (life) => ({
      gauges: (age) => ({ ...life.gauges(age), resident_memory: resident(126 * MB + 2000 * age) }),
      variables: [
        ...life.variables,
        { name: 'Site::odd', at: (age: number) => ({ size: 8 * entries(age), entries: entries(age) }) },
      ],
    }));
    const { nodes, findings } = await examine(lives);
    expect(nodes.find(({ node }) => node === 'worker-1')!.course).toBe('grows-unjudged');
    expect(findings.map(({ kind }) => kind)).toContain('cannot-be-judged');
  });
});
