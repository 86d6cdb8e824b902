/** The columns of the terminal view, each with what a click on its heading sorts by. */

import type { WatchAnswer, WatchFrame, WatchGroup, WatchSort, WatchUnit, WatchView } from '../model/answers/watch.ts';
import { formatEstimate } from '../model/quantity.ts';
import { formatDuration } from '../model/time.ts';
import { type Column, hasHeading } from '../report/tables/column.ts';
import type { Paint } from '../report/text/paint.ts';
import { visibleName } from '../report/text/sanitize.ts';
import { sparkline } from '../report/text/sparkline.ts';
import { formatChange } from '../report/words.ts';

interface WatchColumn extends Column<WatchGroup> {
  /** What a click on its heading sorts by. */
  readonly sort: WatchSort;
}

/** The columns of the table, as far as there is something to say in them. */
export function listColumns(frame: WatchFrame, { unit, groups }: WatchAnswer, { by }: WatchView, paint: Paint) {
  const resident = new Map(frame.nodes.map(({ node, residentMemory }) => [node, residentMemory]));
  const hasChanges = groups.some(({ change }) => change !== null);
  const changes: WatchColumn[] = [
    {
      heading: `in ${formatDuration(coveredBy(frame))}`,
      kind: 'bytes',
      text: ({ change }) => changeText(change, unit),
      rank: 4,
      sort: 'change',
    },
    { heading: 'per hour', sort: 'growth', kind: 'bytes', text: ({ perHour }) => changeText(perHour, unit), rank: 1 },
    {
      heading: 'history',
      sort: 'growth',
      kind: 'word',
      text: ({ history, change }) => (change === 0 ? '' : sparkline(history, history.length)),
      rank: 3,
    },
  ];
  const columns: WatchColumn[] = [
    {
      heading: `  ${by}`,
      sort: 'name',
      kind: 'name',
      value: ({ group }) => group,
      paint: paint.name,
      total: 'total',
    },
    {
      heading: 'size',
      sort: 'size',
      kind: 'bytes',
      text: ({ size, bytes }) => formatEstimate(Math.round(size), unit, bytes),
    },
    { heading: 'share', sort: 'size', kind: 'share', value: ({ share }) => share, rank: 2 },
    ...(hasChanges ? changes : []),
    by === 'node'
      ? {
          heading: 'resident',
          sort: 'resident',
          kind: 'bytes',
          value: ({ group }) => resident.get(group),
          rank: 3,
          total: '',
        }
      : {
          heading: 'largest node',
          sort: 'node',
          kind: 'word',
          text: ({ largestNode }) => visibleName(largestNode.node),
          rank: 5,
          total: '',
        },
    ...(unit === 'entries'
      ? []
      : [
          {
            heading: 'entries',
            sort: 'entries',
            kind: 'count',
            value: ({ entries }: WatchGroup) => entries,
            rank: 6,
          } as const,
        ]),
    ...(by === 'variable'
      ? []
      : [
          {
            heading: 'vars',
            sort: 'variables',
            kind: 'count',
            value: ({ variables }: WatchGroup) => variables,
            rank: 7,
          } as const,
        ]),
  ];
  return columns.filter(hasHeading);
}

function changeText(change: number | null, unit: WatchUnit): string {
  return change === null ? '-' : formatChange(Math.round(change), unit);
}

/** Seconds that history goes back: the window, or less where there are no older runs. */
function coveredBy({ rows, end, window }: WatchFrame): number {
  const first = rows.reduce((earliest, { history }) => Math.min(earliest, history[0]?.ts ?? end), end);
  return Math.min(window, Math.round(end - first));
}
