/** The terminal view as lines of text: a function of what is watched, how, and how large the terminal is. */

import type { WatchAnswer, WatchFrame, WatchGroup, WatchUnit } from '../model/answers/watch.ts';
import { patience, usualInterval } from '../model/logged/liveness.ts';
import { formatEstimate } from '../model/quantity.ts';
import { formatDuration, formatTime } from '../model/time.ts';
import { type Column, hasHeading, textOf } from '../report/tables/column.ts';
import { layOut, type TableRow } from '../report/tables/layout.ts';
import type { Paint } from '../report/text/paint.ts';
import { visible, visibleName } from '../report/text/sanitize.ts';
import { sparkline } from '../report/text/sparkline.ts';
import { padEnd, truncateMiddle, widthOf } from '../report/text/width.ts';
import { formatChange } from '../report/words.ts';
import { selectedIndex, type ViewState } from './view-state.ts';

export interface WatchScene {
  readonly frame: WatchFrame;
  readonly answer: WatchAnswer;
  readonly state: ViewState;
  /** Columns and lines of the terminal. */
  readonly width: number;
  readonly height: number;
  /** Seconds since the epoch. */
  readonly now: number;
  /** Seconds between two looks. */
  readonly every: number;
  /** Why the last look failed, if it did: what is shown is older then. */
  readonly problem: string | null;
}

const HELP = [
  'up, down, page up, page down, home, end   move the cursor',
  'enter                                     go into a module, variable, node, …',
  'escape                                    back',
  'm v n p s t                               by module, variable, node, package, script, type',
  'u                                         another unit: bytes, objects, characters, entries',
  'o                                         another order: by size, growth, entries, name',
  '/                                         only names with a text; escape ends that',
  'space                                     stop reading, and go on',
  'r                                         read now',
  'q                                         quit',
];
/** What is left out first where there is no room stands last. */
const KEYS = [
  '? help',
  'q quit',
  'enter into',
  'esc back',
  'm v n p s t group',
  '/ find',
  'u unit',
  'o order',
  'space pause',
];
const MOST_NOTES = 3;
/** Title, what is shown, headings, total, keys. */
const FRAME_LINES = 6;

/** With less there is no telling one number from another. */
const LEAST_WIDTH = 40;
const LEAST_HEIGHT = 8;
const A_DAY = 86_400;

/** Groups that there is room for. */
export function pageOf(scene: Pick<WatchScene, 'frame' | 'problem' | 'height' | 'now'>): number {
  return Math.max(1, scene.height - FRAME_LINES - notesOf(scene).length);
}

/** @returns `height` lines, none wider than `width` */
export function watchScreen(scene: WatchScene, paint: Paint): string[] {
  const { answer, state, width, height } = scene;
  if (width < LEAST_WIDTH || height < LEAST_HEIGHT) return tooSmall(width, height);
  const cut = (text: string) => truncateMiddle(text, width);
  const head = [paint.title(cut(titleOf(scene))), paint.faint(cut(subjectOf(scene)))];
  const notes = notesOf(scene).map((note) => paint.warning(cut(note)));
  const body = state.showsHelp ? HELP.map(cut) : bodyOf(scene, paint);
  const foot = paint.faint(cut(state.isTyping ? `only names with: ${visible(state.view.text)}▁` : keysWithin(width)));
  const room = Math.max(0, height - head.length - notes.length - 1);
  const lines = [...head, ...body.slice(0, room)];
  while (lines.length < head.length + room) lines.push('');
  if (answer.groups.length === 0 && !state.showsHelp) lines[head.length + 1] = cut(nothingOf(scene));
  return [...lines, ...notes, foot].slice(0, height);
}

function tooSmall(width: number, height: number): string[] {
  const line = truncateMiddle('too small; q quits', width);
  return Array.from({ length: height }, (_, i) => (i === 0 ? line : ''));
}

function titleOf({ frame, state, now, every, width }: WatchScene): string {
  const nodes = frame.nodes.length === 1 ? '1 node' : `${frame.nodes.length} nodes`;
  const age = Math.max(0, now - frame.end);
  const time = formatTime(frame.end);
  const last = `last run ${age < A_DAY ? time.slice(time.indexOf('T') + 1) : time}, ${formatDuration(Math.round(age))} ago`;
  const left = `my_stats  ${nodes}  ${last}`;
  const right = state.isPaused ? 'paused' : `every ${formatDuration(every)}`;
  const room = width - widthOf(right) - 2;
  return widthOf(left) > room ? left : `${padEnd(left, room)}  ${right}`;
}

function keysWithin(width: number): string {
  let line = '';
  for (const key of KEYS) {
    const longer = line === '' ? key : `${line}  ${key}`;
    if (widthOf(longer) > width) break;
    line = longer;
  }
  return line;
}

function subjectOf({ answer, state: { view, isTyping } }: WatchScene): string {
  const where = view.within.map(({ by, group }) => `${by === 'node' ? 'on' : by} ${visibleName(group)}`);
  const found = view.text === '' || isTyping ? [] : [`names with ${visible(view.text)}`];
  const order = view.sort === 'size' ? [] : [`order: ${view.sort}`];
  return [`by ${view.by}, ${unitName(answer.unit)}`, ...where, ...found, ...order].join(' · ');
}

function unitName(unit: WatchUnit): string {
  if (unit === 'bytes') return 'bytes (≈ is estimated)';
  return unit === 'unknown' ? 'in a unit the log does not name' : visibleName(unit);
}

function nothingOf({ answer, state }: WatchScene): string {
  return state.view.text !== '' && answer.hidden > 0 ? 'No name has that in it.' : 'No sizes were logged.';
}

function notesOf({ frame, problem, now }: Pick<WatchScene, 'frame' | 'problem' | 'now'>): string[] {
  const { stopped, reading, end } = frame;
  const silent = now - end > patience(intervalOf(frame));
  const notes = [
    ...(problem === null ? [] : [problem]),
    ...(silent ? [`No node has reported for ${formatDuration(Math.round(now - end))}.`] : []),
    ...stopped.map(({ node, lastSeen }) => `${visibleName(node)} stopped reporting at ${formatTime(lastSeen)}.`),
    ...(reading.skipped > 0 ? [`${reading.skipped} rows could not be read and were skipped.`] : []),
    ...reading.notes.map(visible),
  ];
  if (notes.length <= MOST_NOTES) return notes;
  return [...notes.slice(0, MOST_NOTES - 1), `… and ${notes.length - MOST_NOTES + 1} more to note; top tells all.`];
}

/** Seconds that history goes back: the window, or less where there are no older runs. */
function coveredBy({ rows, end, window }: WatchFrame): number {
  const first = rows.reduce((earliest, { history }) => Math.min(earliest, history[0]?.ts ?? end), end);
  return Math.min(window, Math.round(end - first));
}

/** The usual time between two runs, as the history with the most of them tells it. */
function intervalOf({ rows }: WatchFrame): number {
  let longest: WatchFrame['rows'][number]['history'] = [];
  for (const { history } of rows) if (history.length > longest.length) longest = history;
  return usualInterval(longest.slice(1).map(({ ts }, i) => ts - longest[i]!.ts));
}

function bodyOf(scene: WatchScene, paint: Paint): string[] {
  const { answer, state, width } = scene;
  if (answer.total === null) return [];
  const page = pageOf(scene);
  const selected = selectedIndex(state, answer);
  const first = Math.max(0, Math.min(selected - Math.floor(page / 2), answer.groups.length - page));
  const shown = answer.groups.slice(first, first + page);
  const columns = columnsOf(scene, paint);
  const groups = [...shown, answer.total];
  const rows = groups.map((group, i): TableRow => {
    const isTotal = i === shown.length;
    const mark = isTotal ? '  ' : first + i === selected ? '› ' : '  ';
    const row = columns.map((column, c) => {
      const cell = (isTotal ? column.total : undefined) ?? textOf(column, group);
      return c === 0 ? mark + cell : cell;
    });
    const look = isTotal ? paint.total : first + i === selected ? paint.selected : undefined;
    return look === undefined ? { cells: row } : { cells: row, paint: look };
  });
  const { lines } = layOut(columns, rows, width, paint);
  if (shown.length === answer.groups.length) return [...lines];
  return [...lines, paint.faint(`  ${first + 1} to ${first + shown.length} of ${answer.groups.length}`)];
}

function columnsOf({ frame, answer, state: { view } }: WatchScene, paint: Paint) {
  const { unit } = answer;
  const resident = new Map(frame.nodes.map(({ node, residentMemory }) => [node, residentMemory]));
  const hasChanges = answer.groups.some(({ change }) => change !== null);
  const changes: Column<WatchGroup>[] = [
    {
      heading: `in ${formatDuration(coveredBy(frame))}`,
      kind: 'bytes',
      text: ({ change }) => changeText(change, unit),
      rank: 4,
    },
    { heading: 'per hour', kind: 'bytes', text: ({ perHour }) => changeText(perHour, unit), rank: 1 },
    {
      heading: 'history',
      kind: 'word',
      text: ({ history, change }) => (change === 0 ? '' : sparkline(history, history.length)),
      rank: 3,
    },
  ];
  const columns: Column<WatchGroup>[] = [
    { heading: `  ${view.by}`, kind: 'name', value: ({ group }) => group, paint: paint.name, total: 'total' },
    { heading: 'size', kind: 'bytes', text: ({ size, bytes }) => formatEstimate(rounded(size), unit, bytes) },
    { heading: 'share', kind: 'share', value: ({ share }) => share, rank: 2 },
    ...(hasChanges ? changes : []),
    view.by === 'node'
      ? { heading: 'resident', kind: 'bytes', value: ({ group }) => resident.get(group), rank: 3, total: '' }
      : {
          heading: 'largest node',
          kind: 'word',
          text: ({ largestNode }) => visibleName(largestNode.node),
          rank: 5,
          total: '',
        },
    ...(unit === 'entries'
      ? []
      : [{ heading: 'entries', kind: 'count', value: ({ entries }: WatchGroup) => entries, rank: 6 } as const]),
    ...(view.by === 'variable'
      ? []
      : [{ heading: 'vars', kind: 'count', value: ({ variables }: WatchGroup) => variables, rank: 7 } as const]),
  ];
  return columns.filter(hasHeading);
}

function rounded(value: number): number {
  return Math.round(value);
}

function changeText(change: number | null, unit: WatchUnit): string {
  return change === null ? '-' : formatChange(rounded(change), unit);
}
