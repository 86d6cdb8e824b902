/** The terminal view as lines of text: a function of what is watched, how, and how large the terminal is. */

import type { Finding, NodeVerdict } from '../model/answers/doctor.ts';
import type { WatchAnswer, WatchFrame, WatchUnit } from '../model/answers/watch.ts';
import { chooseInterval, computePatience } from '../model/clock.ts';
import { formatDuration, formatTime } from '../model/time.ts';
import { choosePaint, headline } from '../report/doctor-words.ts';
import { writeCell } from '../report/tables/column.ts';
import { layOut, type TableRow } from '../report/tables/layout.ts';
import { createPaint, type Paint } from '../report/text/paint.ts';
import { visible, visibleName } from '../report/text/sanitize.ts';
import { measureWidth, padEnd, truncateMiddle } from '../report/text/width.ts';
import { countThings } from '../report/words.ts';
import { detailLines } from './detail-pane.ts';
import { memoryStrip } from './memory-strip.ts';
import { selectedIndex, sortedBy, type ViewState } from './view-state.ts';
import { listColumns } from './watch-columns.ts';

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
  /** What `doctor` found; null while it has not been asked. */
  readonly findings: readonly Finding[] | null;
  /** What `doctor` says of every node; none until that is known. */
  readonly verdicts: readonly NodeVerdict[];
}

const HELP = [
  'up, down, page up, page down, home, end   move the cursor',
  'enter                                     go into a module, variable, node, …',
  'escape                                    back',
  'm v n p s t                               by module, variable, node, package, script, type',
  'u                                         another unit: bytes, objects, characters, entries',
  'o, O                                      another order, and the other way round; or click on a heading',
  'f                                         what doctor finds; a number there goes to the variable',
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
  'f findings',
  'u unit',
  'o order',
  'space pause',
];
const MOST_NOTES = 3;
/** Title, what is shown, headings, total, keys. */
const FRAME_LINES = 6;
/** A strip of the memory of processes, and what is known of the group under the cursor, where there is room for it. */
const STRIP_HEIGHT = 14;
const PANE_WIDTH = 44;
const PANE_BESIDE = 124;
const PANE_LINES = 8;
const PANE_BELOW = 32;

/** With less there is no telling one number from another. */
const LEAST_WIDTH = 40;
const LEAST_HEIGHT = 8;
const A_DAY = 86_400;

/** Groups that there is room for. */
export function pageOf(scene: WatchScene): number {
  const below = placeOfPane(scene) === 'below' ? PANE_LINES : 0;
  const strip = stripOf(scene) === '' ? 0 : 1;
  return Math.max(1, scene.height - FRAME_LINES - strip - below - notesOf(scene).length);
}

function placeOfPane({ width, height }: Pick<WatchScene, 'width' | 'height'>): 'beside' | 'below' | 'nowhere' {
  return width >= PANE_BESIDE ? 'beside' : height >= PANE_BELOW ? 'below' : 'nowhere';
}

function stripOf({ frame, verdicts, width, height }: WatchScene): string {
  return height < STRIP_HEIGHT ? '' : memoryStrip(frame.memory, verdicts, width);
}

/** What a click on a place of the screen, counted from 0, does; the same state where there is nothing. */
export function clicked(scene: WatchScene, x: number, y: number): ViewState {
  const { answer, state } = scene;
  const top = stripOf(scene) === '' ? 2 : 3;
  if (y === top) {
    const heading =
      bodyOf(placeOfPane(scene) === 'beside' ? { ...scene, width: scene.width - PANE_WIDTH - 3 } : scene, PLAIN)[0] ??
      '';
    const found = listColumns(scene.frame, answer, state.view, PLAIN).find((column) => {
      const at = heading.indexOf(column.heading.trim());
      return at >= 0 && x >= at && x < at + column.heading.trim().length;
    });
    return found?.sort === undefined ? state : sortedBy(state, found.sort);
  }
  const group = answer.groups[firstShown(scene) + y - top - 1];
  return group === undefined || y <= top || y - top > pageOf(scene) ? state : { ...state, selected: group.group };
}

const PLAIN = createPaint(false);

/** @returns `height` lines, none wider than `width` */
export function watchScreen(scene: WatchScene, paint: Paint): string[] {
  const { answer, state, width, height } = scene;
  if (width < LEAST_WIDTH || height < LEAST_HEIGHT) return tooSmall(width, height);
  const cut = (text: string) => truncateMiddle(text, width);
  const strip = stripOf(scene);
  const head = [paint.title(cut(titleOf(scene))), ...(strip === '' ? [] : [strip]), paint.faint(cut(subjectOf(scene)))];
  const notes = notesOf(scene).map((note) => paint.warning(cut(note)));
  const body = state.showsHelp
    ? HELP.map(cut)
    : state.showsFindings
      ? findingsOf(scene, paint)
      : bodyWithPane(scene, paint);
  const foot = paint.faint(cut(state.isTyping ? `only names with: ${visible(state.view.text)}▁` : keysWithin(width)));
  const room = Math.max(0, height - head.length - notes.length - 1);
  const lines = [...head, ...body.slice(0, room)];
  while (lines.length < head.length + room) lines.push('');
  if (answer.groups.length === 0 && !state.showsHelp && !state.showsFindings)
    lines[head.length + 1] = cut(nothingOf(scene));
  return [...lines, ...notes, foot].slice(0, height);
}

function tooSmall(width: number, height: number): string[] {
  const line = truncateMiddle('too small; q quits', width);
  return Array.from({ length: height }, (_, i) => (i === 0 ? line : ''));
}

function titleOf({ frame, state, now, every, width, findings }: WatchScene): string {
  const nodes = frame.nodes.length === 1 ? '1 node' : `${frame.nodes.length} nodes`;
  const age = Math.max(0, now - frame.end);
  const time = formatTime(frame.end);
  const last = `last run ${age < A_DAY ? time.slice(time.indexOf('T') + 1) : time}, ${formatDuration(Math.round(age))} ago`;
  const left = `my_stats  ${nodes}  ${last}`;
  const grave = findings?.filter(({ level }) => level !== 'note').length ?? 0;
  const found = grave === 0 ? '' : `${countThings(grave, 'finding')} (f)  `;
  const right = `${found}${state.isPaused ? 'paused' : `every ${formatDuration(every)}`}`;
  const room = width - measureWidth(right) - 2;
  return measureWidth(left) > room ? left : `${padEnd(left, room)}  ${right}`;
}

function keysWithin(width: number): string {
  let line = '';
  for (const key of KEYS) {
    const longer = line === '' ? key : `${line}  ${key}`;
    if (measureWidth(longer) > width) break;
    line = longer;
  }
  return line;
}

function subjectOf({ answer, state: { view, isTyping } }: WatchScene): string {
  const where = view.within.map(({ by, group }) => `${by === 'node' ? 'on' : by} ${visibleName(group)}`);
  const found = view.text === '' || isTyping ? [] : [`names with ${visible(view.text)}`];
  const order =
    view.sort === 'size' && !view.isReversed ? [] : [`order: ${view.sort}${view.isReversed ? ', reversed' : ''}`];
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
  const silent = now - end > computePatience(intervalOf(frame));
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

/** The usual time between two runs, as the history with the most of them tells it. */
function intervalOf({ rows }: WatchFrame): number {
  let longest: WatchFrame['rows'][number]['history'] = [];
  for (const { history } of rows) if (history.length > longest.length) longest = history;
  return chooseInterval(longest.slice(1).map(({ ts }, i) => ts - longest[i]!.ts));
}

/** The findings, numbered, as much of each as a line holds. */
function findingsOf({ findings, width }: WatchScene, paint: Paint): string[] {
  if (findings === null) return ['Looking at all of the logs …'];
  if (findings.length === 0) return ['Nothing was found to be wrong.'];
  const lines = findings.map((finding, i) => {
    const line = `${String(i + 1).padStart(2)} ${finding.level.padEnd(7)}  ${headline(finding)}`;
    return choosePaint(finding, paint)(truncateMiddle(line, width));
  });
  return [...lines, '', paint.faint(truncateMiddle('a number goes to the variable; any other key leads back', width))];
}

/** The table with what is known of the group under the cursor beside it or below it, where there is room. */
function bodyWithPane(scene: WatchScene, paint: Paint): string[] {
  const { answer, frame, state, width } = scene;
  const place = placeOfPane(scene);
  const group = answer.groups[selectedIndex(state, answer)];
  if (place === 'nowhere' || group === undefined) return bodyOf(scene, paint);
  const detail = {
    frame,
    view: state.view,
    unit: answer.unit,
    group,
    findings: scene.findings ?? [],
  };
  if (place === 'below') {
    const body = bodyOf(scene, paint);
    while (body.length < pageOf(scene) + 2) body.push('');
    return [...body, paint.faint('─'.repeat(width)), ...detailLines(detail, width).slice(0, PANE_LINES - 1)];
  }
  const body = bodyOf({ ...scene, width: width - PANE_WIDTH - 3 }, paint);
  const plain = bodyOf({ ...scene, width: width - PANE_WIDTH - 3 }, PLAIN);
  const pane = detailLines(detail, PANE_WIDTH);
  const height = Math.max(body.length, Math.min(pane.length, pageOf(scene) + 2));
  return Array.from({ length: height }, (_, i) => {
    const gap = ' '.repeat(width - PANE_WIDTH - 3 - measureWidth(plain[i] ?? ''));
    return `${body[i] ?? ''}${gap} ${paint.faint('│')} ${pane[i] ?? ''}`;
  });
}

function firstShown(scene: WatchScene): number {
  const { answer, state } = scene;
  const page = pageOf(scene);
  return Math.max(0, Math.min(selectedIndex(state, answer) - Math.floor(page / 2), answer.groups.length - page));
}

function bodyOf(scene: WatchScene, paint: Paint): string[] {
  const { answer, state, width } = scene;
  if (answer.total === null) return [];
  const page = pageOf(scene);
  const selected = selectedIndex(state, answer);
  const first = firstShown(scene);
  const shown = answer.groups.slice(first, first + page);
  const columns = listColumns(scene.frame, answer, state.view, paint);
  const groups = [...shown, answer.total];
  const rows = groups.map((group, i): TableRow => {
    const isTotal = i === shown.length;
    const mark = isTotal ? '  ' : first + i === selected ? '› ' : '  ';
    const row = columns.map((column, c) => {
      const cell = (isTotal ? column.total : undefined) ?? writeCell(column, group);
      return c === 0 ? mark + cell : cell;
    });
    const look = isTotal ? paint.total : first + i === selected ? paint.selected : undefined;
    return look === undefined ? { cells: row } : { cells: row, paint: look };
  });
  const { lines } = layOut(columns, rows, width, paint);
  if (shown.length === answer.groups.length) return [...lines];
  return [...lines, paint.faint(`  ${first + 1} to ${first + shown.length} of ${answer.groups.length}`)];
}
