/** `diff`: what is different between two times, logs, nodes or boots. */

import type { DiffResult, DiffRow, DiffSection, DiffSide } from '../../model/answers/diff.ts';
import { isExact } from '../../model/bytes.ts';
import { formatCount, formatSize } from '../../model/quantity.ts';
import { formatTime } from '../../model/time.ts';
import { createReport } from '../answer.ts';
import { describeReading } from '../reading.ts';
import type { Column } from '../tables/column.ts';
import { convertRows, jsonTime } from '../tables/json.ts';
import {
  countThings,
  describeFilters,
  formatChange,
  formatPeriod,
  listNames,
  nameInSentence,
  titleUnit,
} from '../words.ts';

export const diffReport = createReport<DiffResult, DiffRow>({
  name: 'diff',
  screen(text, result) {
    const per = result.per === null ? '' : ', per live connection';
    text.title(
      `What is different, by ${result.by}${per}`,
      `before: ${describeSide(result.before)}`,
      `after: ${describeSide(result.after)}`,
      ...describeFilters(result.filters),
    );
    const changed = result.sections.filter(({ rows }) => rows.length > 0);
    for (const section of changed) {
      text.line('');
      text.title(titleSection(section));
      text.table(chooseColumns(result, section), section.rows, { hidden: section.hidden.groups > 0, total: true });
    }
    if (changed.length > 0) return;
    text.line('');
    text.line('Nothing is different.');
  },
  json: (result) => ({
    kind: result.kind,
    by: result.by,
    unit: result.unit,
    per: result.per,
    filters: result.filters,
    before: convertSide(result.before),
    after: convertSide(result.after),
    sections: result.sections.map((section) => {
      const { unit, before, after, same, hidden } = section;
      return { unit, before, after, same, hidden, rows: convertRows(chooseColumns(result, section), section.rows) };
    }),
  }),
  tables: (result) =>
    (result.sections.length === 0 ? [NO_SECTION] : result.sections).map((section) => ({
      columns: chooseColumns(result, section),
      rows: section.rows,
    })),
  notes: diffNotes,
});

function describeSide({ name, from, to, nodes, connections }: DiffSide): string {
  const live = connections === null ? '' : `, ${formatCount(connections)} live connections`;
  return `${nameInSentence(name)} (${countThings(nodes.length, 'node')}, ${formatPeriod(from, to)}${live})`;
}

function titleSection({ unit, rows }: DiffSection): string {
  const estimated = rows.some(({ beforeBytes, afterBytes }) => {
    return (beforeBytes !== null && !isExact(beforeBytes)) || (afterBytes !== null && !isExact(afterBytes));
  });
  return titleUnit(unit, estimated ? 'estimated from types and entries' : null);
}

const NO_SECTION: DiffSection = {
  unit: 'bytes',
  before: 0,
  after: 0,
  rows: [],
  hidden: { groups: 0, change: 0 },
  same: 0,
};

function chooseColumns(result: DiffResult, { unit, before, after, hidden }: DiffSection): Column<DiffRow>[] {
  const size = (value: number | null) => (value === null ? '-' : formatSize(value, unit));
  const sides = result.kind === 'nodes' || result.kind === 'boots' || result.by === 'node';
  return [
    { csv: 'unit', value: () => unit },
    { csv: 'by', value: () => result.by },
    {
      key: 'group',
      heading: result.by,
      kind: 'name',
      value: ({ group }) => group,
      hidden: `… ${hidden.groups} more`,
      total: 'total',
    },
    { key: 'state', value: ({ state }) => state },
    {
      heading: 'change',
      kind: 'bytes',
      text: ({ change }) => formatChange(change, unit),
      hidden: formatChange(hidden.change, unit),
      total: formatChange(after - before, unit),
    },
    {
      heading: '%',
      kind: 'share',
      text: ({ relative, state }) => (relative === null ? state : formatRelative(relative)),
      total: before === 0 ? '' : formatRelative((after - before) / before),
      rank: 1,
    },
    {
      key: 'before',
      heading: 'before',
      kind: 'bytes',
      value: (row) => row.before,
      text: (row) => size(row.before),
      total: size(before),
      rank: 1,
    },
    {
      key: 'after',
      heading: 'after',
      kind: 'bytes',
      value: (row) => row.after,
      text: (row) => size(row.after),
      total: size(after),
      rank: 1,
    },
    { key: 'change', value: ({ change }) => change },
    { key: 'relative', value: ({ relative }) => relative },
    { key: 'before_bytes', csv: null, value: ({ beforeBytes }) => beforeBytes },
    { key: 'after_bytes', csv: null, value: ({ afterBytes }) => afterBytes },
    { key: 'before_entries', value: ({ beforeEntries }) => beforeEntries },
    { key: 'after_entries', value: ({ afterEntries }) => afterEntries },
    { heading: 'entries', kind: 'count', text: writeEntries, rank: 3 },
    { key: 'before_nodes', value: ({ beforeNodes }) => beforeNodes },
    { key: 'after_nodes', value: ({ afterNodes }) => afterNodes },
    ...(sides ? [] : [{ heading: 'nodes', kind: 'count', text: writeNodes, rank: 4 } as const]),
    { csv: 'per', value: () => result.per },
    { csv: 'before_time', kind: 'time', value: () => result.before.to },
    { csv: 'after_time', kind: 'time', value: () => result.after.to },
  ];
}

/** `+12.3 %`, `×8.1` from three times as much on. */
function formatRelative(relative: number): string {
  if (relative >= 2) return `×${formatCount(relative + 1)}`;
  const percent = (relative * 100).toFixed(1);
  return `${relative > 0 ? '+' : ''}${percent} %`;
}

function writeEntries({ beforeEntries: before, afterEntries: after }: DiffRow): string {
  if (before === null && after === null) return '-';
  return formatChange((after ?? 0) - (before ?? 0), 'entries');
}

function writeNodes({ beforeNodes: before, afterNodes: after }: DiffRow): string {
  return before === after ? String(after) : `${before} → ${after}`;
}

function diffNotes(result: DiffResult): string[] {
  const notes: string[] = [];
  const { before, after, kind } = result;
  const names = (side: DiffSide) => side.nodes.map(({ node }) => node);
  if (kind === 'times' || kind === 'logs') {
    for (const [which, one, other] of [
      ['before', before, after],
      ['after', after, before],
    ] as const) {
      const only = names(one).filter((node) => !names(other).includes(node));
      if (only.length > 0) notes.push(`Only ${which}: ${listNames(only, 5)}${only.length > 5 ? ' nodes' : ''}.`);
    }
  }
  const ones = result.sections
    .flatMap(({ rows }) => rows)
    .some(({ state }) => state === 'appeared' || state === 'gone');
  if (ones)
    notes.push('What appeared or is gone was not there, or smaller than what the collector logs, on the other side.');
  for (const side of [before, after]) {
    for (const node of side.nodes.filter(({ complete }) => !complete))
      notes.push(
        `${nameInSentence(node.node)} has no complete run at ${formatTime(node.ts)}; what it wrote by then is compared.`,
      );
  }
  return [...notes, ...describeReading(result.reading)];
}

function convertSide({ name, from, to, nodes, stopped, connections }: DiffSide): object {
  return {
    name,
    from: jsonTime(from),
    to: jsonTime(to),
    connections,
    nodes: nodes.map(({ node, run, ts, complete }) => ({ node, run, time: jsonTime(ts), complete })),
    stopped: stopped.map(({ node, lastSeen }) => ({ node, last_seen: jsonTime(lastSeen) })),
  };
}
