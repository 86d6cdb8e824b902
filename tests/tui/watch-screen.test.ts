import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { watched } from '../../src/app/watch.ts';
import type { Finding } from '../../src/model/answers/doctor.ts';
import { createPaint } from '../../src/report/text/paint.ts';
import { measureWidth } from '../../src/report/text/width.ts';
import { memoryStrip } from '../../src/tui/memory-strip.ts';
import { FIRST_VIEW, type ViewState } from '../../src/tui/view-state.ts';
import { clicked, watchScreen } from '../../src/tui/watch-screen.ts';
import { DOCTOR } from '../report/doctor-samples.ts';
import { END, FRAME } from './watch-samples.ts';

function draw(
  state: ViewState,
  width: number,
  height: number,
  more: { now?: number; problem?: string; color?: boolean } = {},
) {
  const { now = END + 4, problem = null, color = false } = more;
  const scene = {
    frame: FRAME,
    answer: watched(FRAME, state.view),
    state,
    width,
    height,
    now,
    every: 5,
    problem,
    findings: FINDINGS,
    verdicts: [],
  };
  return watchScreen(scene, createPaint(color));
}

const FINDINGS: readonly Finding[] = [
  {
    ...{ kind: 'variable-grows', level: 'problem', certainty: 'certain', because: 'it rises' },
    ...{ nodes: ['worker-1'], subject: 'HostTracker::seen', what: 'HostTracker::seen grows', advice: [] },
    evidence: [
      {
        node: 'worker-1',
        what: 'HostTracker::seen',
        unit: 'bytes',
        first: 1e6,
        last: 9e6,
        perHour: 88e6,
        detail: null,
      },
    ],
  },
];

const looking = (view: Partial<ViewState['view']>, more: Partial<ViewState> = {}): ViewState => {
  return { ...FIRST_VIEW, view: { ...FIRST_VIEW.view, ...view }, ...more };
};

const STATES: Record<string, ViewState> = {
  modules: FIRST_VIEW,
  nodes: looking({ by: 'node', within: [{ by: 'module', group: 'HostTracker' }] }),
  entries: looking({ by: 'variable', unit: 'entries', sort: 'growth' }, { selected: 'SessionCache::sessions' }),
  typing: looking({ by: 'variable', text: 'shr' }, { isTyping: true }),
  nothing: looking({ text: 'no such name' }),
  help: looking({}, { showsHelp: true }),
  findings: looking({}, { showsFindings: true }),
  paused: looking({ by: 'type' }, { isPaused: true }),
};

describe.each(Object.entries(STATES))('%s', (name, state) => {
  test.each([60, 80, 120])('%i columns', async (width) => {
    const lines = draw(state, width, 16);
    await expect(`${lines.join('\n')}\n`).toMatchFileSnapshot(`../golden/watch-${name}-${width}.txt`);
  });
});

test('in colour, the line under the cursor is inverse, and a note is a warning', async () => {
  const lines = draw(looking({}, { selected: 'SessionCache' }), 100, 14, { color: true });
  await expect(`${lines.join('\n')}\n`).toMatchFileSnapshot('../golden/watch-color.txt');
});

test('logs that end long ago and a look that failed are said', () => {
  const text = draw(FIRST_VIEW, 200, 20, {
    now: END + 3600,
    problem: 'logs: no such file or folder. Check the path.',
  }).join('\n');
  expect(text).toContain('No node has reported for 60 min.');
  expect(text).toContain('logs: no such file or folder. Check the path.');
});

test('where there is less room than groups, the cursor is on the screen, and what part is shown is said', () => {
  const lines = draw(looking({ by: 'variable' }, { selected: 'A\x1b[2J::\u202Egnp' }), 100, 10);
  expect(lines.filter((line) => line.startsWith('› '))).toHaveLength(1);
  expect(lines.join('\n')).toMatch(/ 4 to 5 of 5$/m);
});

test.each([
  ['beside', 140, 24],
  ['below', 90, 36],
])('what is known of the group under the cursor stands %s the table', async (place, width, height) => {
  const lines = draw(looking({ by: 'variable' }, { selected: 'HostTracker::seen' }), width, height);
  await expect(`${lines.join('\n')}\n`).toMatchFileSnapshot(`../golden/watch-pane-${place}.txt`);
});

test('memory is full when doctor says so, once that is known, and not at the rate of the window', () => {
  const known = DOCTOR.nodes[0]!;
  const held = {
    node: known.node,
    limit: 8e9,
    points: [
      { ts: END - 600, bytes: 400e6 },
      { ts: END, bytes: 500e6 },
    ],
  };
  expect(memoryStrip([held], [], 100)).toMatch(/500 MB of 8\.00 GB, full in 13 h$/);
  const steady = { ...known, course: 'steady' } as const;
  expect(memoryStrip([held], [steady], 100)).toMatch(/500 MB of 8\.00 GB$/);
});

test('a click selects, one on a heading sorts, and another turns the order round', () => {
  const state = looking({ by: 'variable' });
  const lines = draw(state, 120, 20);
  const scene = (now: ViewState) => ({
    ...{ frame: FRAME, answer: watched(FRAME, now.view), state: now, width: 120, height: 20, now: END + 4 },
    ...{ every: 5, problem: null, findings: null, verdicts: [] },
  });
  const row = lines.findIndex((line) => line.includes('HostTracker::seen'));
  expect(clicked(scene(state), 4, row).selected).toBe('HostTracker::seen');
  const headings = lines.findIndex((line) => line.includes('per hour'));
  const click = (now: ViewState) => clicked(scene(now), lines[headings]!.indexOf('entries') + 2, headings);
  expect(click(state).view).toMatchObject({ sort: 'entries', isReversed: false });
  expect(click(click(state)).view).toMatchObject({ sort: 'entries', isReversed: true });
  expect(clicked(scene(state), 4, 0)).toBe(state);
  expect(clicked(scene(state), 4, 19)).toBe(state);
});

test('it always fits, and nothing from a log gets through that is no text', () => {
  const states = fc.constantFrom(...Object.values(STATES));
  const size = fc.record({ width: fc.integer({ min: 1, max: 300 }), height: fc.integer({ min: 1, max: 70 }) });
  fc.assert(
    fc.property(states, size, (state, { width, height }) => {
      const lines = draw(state, width, height);
      expect(lines).toHaveLength(height);
      for (const line of lines) {
        expect(measureWidth(line)).toBeLessThanOrEqual(width);
        expect(line).not.toMatch(/\p{Cc}|\p{Cf}/u);
      }
    }),
  );
});
