import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { WatchAnswer, WatchGroup } from '../../src/model/answers/watch.ts';
import { FIRST_VIEW, type Key, press, selectedIndex, type ViewState, type Wish } from '../../src/tui/view-state.ts';

const PAGE = 3;

function answerOf(names: readonly string[]): WatchAnswer {
  const groups = names.map((group): WatchGroup => {
    return {
      ...{ group, size: 1, bytes: null, share: 1 / names.length, change: null, perHour: null, history: [] },
      ...{ largestNode: { node: 'zeek', size: 1 }, entries: null, variables: 1, nodes: 1 },
    };
  });
  return { unit: 'bytes', units: ['bytes', 'objects', 'entries'], groups, total: null, hidden: 0 };
}

const LETTERS = answerOf(['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h']);
/** As Node names them: letters by themselves, others by their names. */
const key = (name: string): Key =>
  /^[a-z]$/.test(name) ? { name, sequence: name } : name.length === 1 ? { sequence: name } : { name };

function keys(names: string, from: ViewState = FIRST_VIEW, answer: WatchAnswer = LETTERS): [ViewState, Wish] {
  let [state, wish]: [ViewState, Wish] = [from, null];
  for (const name of names.split(' ')) [state, wish] = press(state, key(name), answer, PAGE);
  return [state, wish];
}
const pressed = (names: string, from?: ViewState) => keys(names, from)[0];

describe('the cursor', () => {
  test.each([
    ['down', 'b'],
    ['down down up', 'b'],
    ['up', 'a'],
    ['end', 'h'],
    ['end down', 'h'],
    ['pagedown', 'd'],
    ['end pageup', 'e'],
    ['j j k', 'b'],
    ['end home', 'a'],
  ])('%s', (names, selected) => {
    expect(pressed(names).selected).toBe(selected);
  });

  test('stays on its group when the order changes, and is on the first when that is gone', () => {
    const state = pressed('down down');
    expect(selectedIndex(state, answerOf(['c', 'b', 'a']))).toBe(0);
    expect(selectedIndex(state, answerOf(['a', 'b', 'c']))).toBe(2);
    expect(selectedIndex(state, answerOf(['x', 'y']))).toBe(0);
    expect(selectedIndex(state, null)).toBe(0);
  });
});

describe('going in and back', () => {
  test('a module is its variables, a variable its nodes, and there it ends', () => {
    const module = pressed('down enter');
    expect(module.view).toMatchObject({ by: 'variable', within: [{ by: 'module', group: 'b' }] });
    const variable = pressed('enter', module);
    expect(variable.view.by).toBe('node');
    expect(variable.view.within.map(({ by }) => by)).toEqual(['module', 'variable']);
    expect(pressed('enter', variable)).toEqual(variable);
  });

  test('a node is its modules, and these are its variables', () => {
    const node = pressed('n enter');
    expect(node.view).toMatchObject({ by: 'module', within: [{ by: 'node', group: 'a' }] });
    expect(pressed('enter', node).view).toMatchObject({ by: 'variable' });
    expect(pressed('enter enter enter', node)).toEqual(pressed('enter', node));
  });

  test.each(['p', 's', 't'])('%s: its groups are their variables', (pivot) => {
    expect(pressed(`${pivot} enter`).view.by).toBe('variable');
  });

  test('back is where one came from, with the cursor as it was; unit and order stay as they are now', () => {
    const state = pressed('down down enter u o escape');
    expect(state).toMatchObject({
      selected: 'c',
      path: [],
      view: { by: 'module', within: [], unit: 'objects', sort: 'growth' },
    });
    expect(pressed('escape', state)).toEqual(state);
  });

  test('with nothing to go into, nothing happens', () => {
    expect(press(FIRST_VIEW, key('enter'), answerOf([]), PAGE)[0]).toEqual(FIRST_VIEW);
    expect(press(FIRST_VIEW, key('enter'), null, PAGE)[0]).toEqual(FIRST_VIEW);
  });
});

describe('finding names', () => {
  const typing = pressed('/ m v q');

  test('keys are letters of the name', () => {
    expect(typing).toMatchObject({ isTyping: true, view: { text: 'mvq', by: 'module' } });
    expect(pressed('backspace', typing).view.text).toBe('mv');
  });

  test('enter keeps it, escape drops it, at once or later', () => {
    expect(pressed('enter', typing)).toMatchObject({ isTyping: false, view: { text: 'mvq' } });
    expect(pressed('escape', typing)).toMatchObject({ isTyping: false, view: { text: '' } });
    expect(pressed('enter escape', typing)).toMatchObject({ path: [], view: { text: '' } });
  });

  test('what is no character does not get in', () => {
    const state = press(typing, { sequence: '\x1b[200~', name: 'undefined' }, LETTERS, PAGE)[0];
    expect(state.view.text).toBe('mvq');
  });
});

test('orders and units come in turn', () => {
  const sorts = ['o', 'o o', 'o o o', 'o o o o o o o o'].map((names) => pressed(names).view.sort);
  expect(sorts).toEqual(['growth', 'entries', 'name', 'size']);
  expect(['O', 'O O', 'O o'].map((names) => pressed(names).view.isReversed)).toEqual([true, false, false]);
  expect(pressed('u').view.unit).toBe('objects');
});

test.each([
  [{ name: 'q', sequence: 'q' }, 'quit'],
  [{ name: 'c', ctrl: true, sequence: '\x03' }, 'quit'],
  [{ name: 'z', ctrl: true, sequence: '\x1a' }, 'stop'],
  [{ name: 'r', sequence: 'r' }, 'look'],
])('%j asks to %s', (one, wish) => {
  expect(press(FIRST_VIEW, one, LETTERS, PAGE)).toEqual([FIRST_VIEW, wish]);
});

test('while a name is typed, only ctrl-c quits', () => {
  const state = pressed('/');
  expect(press(state, { name: 'c', ctrl: true }, LETTERS, PAGE)[1]).toBe('quit');
  expect(press(state, key('q'), LETTERS, PAGE)[1]).toBeNull();
});

test('any keys in any order leave a state that the next key can start from', () => {
  const all = [
    ...['up', 'down', 'pageup', 'pagedown', 'home', 'end', 'enter', 'escape', 'backspace', 'left', 'right'],
    ...['m', 'v', 'n', 'p', 's', 't', 'u', 'o', 'O', 'f', '/', '?', ' ', 'é', 'constructor', '__proto__'],
  ];
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...all), { maxLength: 60 }), (names) => {
      let state = FIRST_VIEW;
      for (const name of names) {
        state = press(state, key(name), LETTERS, PAGE)[0];
        const pivots = state.view.within.map(({ by }) => by);
        expect(new Set(pivots).size).toBe(pivots.length);
        expect(selectedIndex(state, LETTERS)).toBeGreaterThanOrEqual(0);
        expect(['module', 'variable', 'node', 'package', 'script', 'type']).toContain(state.view.by);
      }
      for (let i = 0; i < 70; i++) state = press(state, key('escape'), LETTERS, PAGE)[0];
      expect(state).toMatchObject({ path: [], isTyping: false, view: { within: [], text: '' } });
    }),
  );
});
