/** What is known of the group that the cursor is on: beside the table, or below it. */

import type { Finding } from '../model/answers/doctor.ts';
import type { WatchFrame, WatchGroup, WatchRow, WatchUnit, WatchView } from '../model/answers/watch.ts';
import { GROUPS_OF } from '../model/entry.ts';
import { formatCount, formatSize } from '../model/quantity.ts';
import { formatDuration } from '../model/time.ts';
import { headline } from '../report/doctor-words.ts';
import { visible, visibleName } from '../report/text/sanitize.ts';
import { sparkline } from '../report/text/sparkline.ts';
import { truncateMiddle, wrap } from '../report/text/width.ts';

/** Members of a group that are named. */
const LARGEST = 5;

interface Detail {
  readonly frame: WatchFrame;
  readonly view: WatchView;
  readonly unit: WatchUnit;
  readonly group: WatchGroup;
  readonly findings: readonly Finding[];
}

/** @returns lines of at most `width` columns, of which any number may be shown */
export function detailLines({ frame, view, unit, group, findings }: Detail, width: number): string[] {
  const within = frame.rows.filter((row) => view.within.every((step) => GROUPS_OF[step.by](row) === step.group));
  const rows = within.filter((row) => GROUPS_OF[view.by](row) === group.group);
  const about = rows[0];
  const isVariable = about !== undefined && rows.every(({ variable }) => variable === about.variable);
  const found = findings.filter(({ subject, nodes }) =>
    isVariable ? subject === about.variable : view.by === 'node' && nodes.includes(group.group),
  );
  return [
    visibleName(group.group),
    ...found.map((finding) => `${finding.level}: ${headline(finding)}`),
    ...(isVariable ? listVariableLines(about) : listMembers(rows)),
    ...drawHistory(group, unit, frame.window, width),
  ].flatMap((line) => wrap(line, width, '  ').map((part) => truncateMiddle(part, width)));
}

function listVariableLines({ type, from }: WatchRow): string[] {
  const place = from.script === null ? null : `${from.script}${from.line === null ? '' : `:${from.line}`}`;
  return [
    ...(type === null ? [] : [visible(type)]),
    ...(place === null ? [] : [`declared in ${visible(place)}`]),
    from.expiry === null ? 'no expiry declared' : `expiry ${visible(from.expiry)}`,
    `package ${visibleName(from.package)}`,
  ];
}

function listMembers(rows: readonly WatchRow[]): string[] {
  const sizes = new Map<string, number>();
  for (const { variable, bytes, size } of rows)
    sizes.set(variable, (sizes.get(variable) ?? 0) + (bytes?.likely ?? size ?? 0));
  const isBytes = rows.some(({ bytes }) => bytes !== null);
  const write = (size: number) => (isBytes ? formatSize(Math.round(size), 'bytes') : formatCount(size));
  const largest = [...sizes].sort(([, a], [, b]) => b - a).slice(0, LARGEST);
  return largest.map(([variable, size]) => `${visibleName(variable)}  ${write(size)}`);
}

/** The course with its bounds before it, and the axis of time under it. */
function drawHistory({ history, perHour }: WatchGroup, unit: WatchUnit, window: number, width: number): string[] {
  const known = history.filter((value) => value !== null);
  if (known.length < 2) return [];
  const most = formatSize(Math.round(Math.max(...known)), unit);
  const picture = sparkline(history, Math.max(1, Math.min(history.length, width - most.length - 1)));
  const axis = `-${formatDuration(window)}`;
  const rate = perHour === null ? [] : [`${perHour > 0 ? '+' : ''}${formatSize(Math.round(perHour), unit)} an hour`];
  return [
    `${most} ${picture}`,
    `${' '.repeat(most.length + 1)}${axis}${' '.repeat(Math.max(1, picture.length - axis.length - 3))}now`,
    ...rate,
  ];
}
