/** `top` for programs: JSON as documented in docs/json.md, and one line per row for CSV and TSV. */

import { formatTime } from '../model/time.ts';
import type { TopPivot, TopResult, TopRow } from '../model/top.ts';
import { type Cell, delimited } from './delimited.ts';
import { jsonDocument, jsonReading, jsonTime } from './json.ts';

export function topJson(result: TopResult): string {
  return jsonDocument('top', topBody(result));
}

/** The fields of the document, for those that hold such an answer among others. */
export function topBody(result: TopResult): object {
  return {
    by: result.by,
    unit: result.unit,
    mode: result.mode,
    sort: result.sort,
    filters: result.filters,
    from: jsonTime(result.from),
    to: jsonTime(result.to),
    sections: result.sections.map((section) => ({
      unit: section.unit,
      total: section.total,
      total_bytes: section.totalBytes,
      hidden: { groups: section.hidden.groups, size: section.hidden.size },
      rows: section.rows.map((row) => jsonRow(row, result.by)),
    })),
    nodes: result.nodes.map(({ node, run, ts, complete, runs, boots, residentMemory, zeekVersion }) => {
      const more = { resident_memory_bytes: residentMemory, zeek_version: zeekVersion };
      return { node, run, time: jsonTime(ts), complete, runs, boots, ...more };
    }),
    stopped: result.stopped.map(({ node, lastSeen }) => ({ node, last_seen: jsonTime(lastSeen) })),
    guessed: result.guessed,
    reading: jsonReading(result.reading),
  };
}

function jsonRow(row: TopRow, by: TopPivot): object {
  return {
    group: row.group,
    size: row.size,
    bytes: row.bytes,
    bytes_methods: row.methods,
    ...(by === 'package' ? { versions: row.versions } : {}),
    share: row.share,
    largest_node: row.largestNode.node,
    largest_node_size: row.largestNode.size,
    entries: row.entries,
    variables: row.variables,
    nodes: row.nodes,
    unmeasured: row.unmeasured,
    span: row.span,
  };
}

const COLUMNS = [
  'unit',
  'by',
  'group',
  'size',
  'low',
  'high',
  'method',
  'share',
  'largest_node',
  'largest_node_size',
  'entries',
  'variables',
  'nodes',
  'unmeasured',
  'first',
  'last',
  'max',
  'mean',
  'from',
  'to',
];

/** The same columns whatever was asked, so that answers can be put under one another. */
export function topDelimited(result: TopResult, format: 'csv' | 'tsv'): string {
  const period = [formatTime(result.from), formatTime(result.to)];
  const rows = result.sections.flatMap(({ unit, rows }) =>
    rows.map((row): Cell[] => [
      unit,
      result.by,
      row.group,
      row.size,
      row.bytes?.low ?? null,
      row.bytes?.high ?? null,
      row.methods.join(' '),
      row.share,
      row.largestNode.node,
      row.largestNode.size,
      row.entries,
      row.variables,
      row.nodes,
      row.unmeasured,
      row.span?.first ?? null,
      row.span?.last ?? null,
      row.span?.max ?? null,
      row.span?.mean ?? null,
      ...period,
    ]),
  );
  return delimited(format, COLUMNS, rows);
}
