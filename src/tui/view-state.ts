/** How one looks at what is watched, and what keys do to that. */

import type { TopPivot } from '../model/answers/top.ts';
import type { WatchAnswer, WatchSort, WatchView } from '../model/answers/watch.ts';

/** A key as Node's readline names it. */
export interface Key {
  readonly name?: string | undefined;
  /** The characters it sends. */
  readonly sequence?: string | undefined;
  readonly ctrl?: boolean | undefined;
  readonly shift?: boolean | undefined;
}

interface Place {
  readonly view: WatchView;
  /** The group that the cursor is on; null for the first. */
  readonly selected: string | null;
}

export interface ViewState extends Place {
  /** Where one came from, the last one last. */
  readonly path: readonly Place[];
  /** Whether keys go into the text that names must have. */
  readonly isTyping: boolean;
  readonly showsHelp: boolean;
  readonly showsFindings: boolean;
  readonly isPaused: boolean;
}

/** What a key asks for besides another view. */
export type Wish = 'quit' | 'look' | 'stop' | 'findings' | null;

export const FIRST_VIEW: ViewState = {
  view: { by: 'module', unit: null, within: [], text: '', sort: 'size', isReversed: false },
  selected: null,
  path: [],
  isTyping: false,
  showsHelp: false,
  showsFindings: false,
  isPaused: false,
};

const PIVOT_KEYS: Readonly<Record<string, TopPivot>> = {
  m: 'module',
  v: 'variable',
  n: 'node',
  p: 'package',
  s: 'script',
  t: 'type',
};
const SORTS: readonly WatchSort[] = ['size', 'growth', 'entries', 'name', 'change', 'variables', 'node', 'resident'];
const LONGEST_TEXT = 200;

/**
 * @param answer what is shown now
 * @param page groups that the screen has room for
 */
export function press(state: ViewState, key: Key, answer: WatchAnswer | null, page: number): [ViewState, Wish] {
  if (key.ctrl)
    return [state, key.name === 'c' ? 'quit' : key.name === 'z' ? 'stop' : key.name === 'l' ? 'look' : null];
  if (state.isTyping) return [typed(state, key), null];
  if (state.showsHelp) return [{ ...state, showsHelp: false }, key.name === 'q' ? 'quit' : null];
  if (state.showsFindings && key.name !== 'q') return [{ ...state, showsFindings: false }, null];
  if (key.name === 'q') return [state, 'quit'];
  if (key.sequence === 'f') return [{ ...state, showsFindings: true }, 'findings'];
  if (key.name === 'r') return [state, 'look'];
  return [changed(state, key, answer, page), null];
}

function changed(state: ViewState, key: Key, answer: WatchAnswer | null, page: number): ViewState {
  const pivot = key.name === undefined ? undefined : PIVOT_KEYS[key.name];
  if (pivot !== undefined && Object.hasOwn(PIVOT_KEYS, key.name!)) return looking(state, { by: pivot });
  switch (key.sequence) {
    case '?':
      return { ...state, showsHelp: true };
    case '/':
      return { ...state, isTyping: true };
    case ' ':
      return { ...state, isPaused: !state.isPaused };
    case 'o':
      return sortedBy(state, after(SORTS, state.view.sort));
    case 'O':
      return sortedBy(state, state.view.sort);
    case 'u':
      return answer === null ? state : looking(state, { unit: after(answer.units, answer.unit) });
    default:
      return moved(state, key, answer, page);
  }
}

function moved(state: ViewState, { name, sequence }: Key, answer: WatchAnswer | null, page: number): ViewState {
  const groups = answer?.groups ?? [];
  const at = selectedIndex(state, answer);
  const to = (index: number): ViewState => {
    const group = groups[Math.max(0, Math.min(groups.length - 1, index))];
    return group === undefined ? state : { ...state, selected: group.group };
  };
  switch (name === undefined || name === '' ? sequence : name) {
    case 'up':
    case 'k':
      return to(at - 1);
    case 'down':
    case 'j':
      return to(at + 1);
    case 'pageup':
      return to(at - page);
    case 'pagedown':
      return to(at + page);
    case 'home':
      return to(0);
    case 'end':
      return to(groups.length - 1);
    case 'return':
    case 'enter':
    case 'right':
    case 'l':
      return into(state, groups[at]?.group);
    case 'escape':
    case 'backspace':
    case 'left':
    case 'h':
      return goBack(state);
    default:
      return state;
  }
}

/** Where the cursor is among the groups: on the one it was on, or where that is gone on the first. */
export function selectedIndex({ selected }: Pick<ViewState, 'selected'>, answer: WatchAnswer | null): number {
  return Math.max(0, answer?.groups.findIndex(({ group }) => group === selected) ?? 0);
}

/** By a column; by the one it is by already, the other way round. */
export function sortedBy(state: ViewState, sort: WatchSort): ViewState {
  const { view } = state;
  return looking(state, { sort, isReversed: sort === view.sort && !view.isReversed });
}

/** Goes to a variable, from wherever one is. */
export function goTo(state: ViewState, variable: string): ViewState {
  const { view, selected, path } = state;
  const within = [{ by: 'variable', group: variable }] as const;
  return {
    ...state,
    view: { ...view, within, by: 'node', text: '' },
    selected: null,
    path: [...path, { view, selected }],
    showsFindings: false,
  };
}

function looking(state: ViewState, change: Partial<WatchView>): ViewState {
  return { ...state, view: { ...state.view, ...change } };
}

/** Goes into a group: it is what everything then is part of, and its parts are what is shown. */
function into(state: ViewState, group: string | undefined): ViewState {
  const { view, selected, path } = state;
  if (group === undefined) return state;
  const within = [...view.within.filter(({ by }) => by !== view.by), { by: view.by, group }];
  const inside = new Set(within.map(({ by }) => by));
  if (inside.has('variable') && inside.has('node')) return state;
  const by = inside.has('variable') ? 'node' : inside.size === 1 && inside.has('node') ? 'module' : 'variable';
  return { ...state, view: { ...view, within, by, text: '' }, selected: null, path: [...path, { view, selected }] };
}

function goBack(state: ViewState): ViewState {
  if (state.view.text !== '') return looking(state, { text: '' });
  const last = state.path.at(-1);
  if (last === undefined) return state;
  // How one looks stays; only where one is changes.
  const { unit, sort, isReversed } = state.view;
  return {
    ...state,
    view: { ...last.view, unit, sort, isReversed },
    selected: last.selected,
    path: state.path.slice(0, -1),
  };
}

function typed(state: ViewState, { name, sequence = '' }: Key): ViewState {
  const { text } = state.view;
  if (name === 'return' || name === 'enter') return { ...state, isTyping: false };
  if (name === 'escape') return { ...looking(state, { text: '' }), isTyping: false };
  if (name === 'backspace') return looking(state, { text: Array.from(text).slice(0, -1).join('') });
  if (/^\P{C}+$/u.test(sequence) && text.length < LONGEST_TEXT) return looking(state, { text: text + sequence });
  return state;
}

function after<One>(list: readonly One[], one: One): One {
  return list[(list.indexOf(one) + 1) % list.length] ?? one;
}
