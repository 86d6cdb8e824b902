/** `explain` for programs: JSON as documented in docs/json.md, and one line per life of a node for CSV and TSV. */

import type { ExplainedHistory, ExplainResult } from '../model/explain.ts';
import { formatTime } from '../model/time.ts';
import { type Cell, delimited } from './delimited.ts';
import { jsonDocument, jsonReading, jsonTime } from './json.ts';

export function explainJson(result: ExplainResult): string {
  const { attribution, typeTree, bytes } = result;
  return jsonDocument('explain', {
    variable: result.variable,
    module: result.moduleName,
    package: attribution.package,
    package_kind: attribution.kind,
    package_version: attribution.version,
    script: attribution.script,
    line: attribution.line,
    expiry: attribution.expiry,
    evidence: attribution.evidence,
    type: result.type,
    type_tree: typeTree,
    scripts_read: result.scripts,
    declarations: result.declarations,
    assignments: result.assignments,
    nodes: result.nodes.map(({ node, run, ts, size, unit, entries, bytes, method, residentMemory }) => {
      const more = { bytes, bytes_method: method, resident_memory_bytes: residentMemory };
      return { node, run, time: jsonTime(ts), size, unit, entries, ...more };
    }),
    bytes,
    history: result.history.map(({ from, to, mostEntries, ...life }) => {
      return { ...life, from: jsonTime(from), to: jsonTime(to), most_entries: mostEntries };
    }),
    notes: result.notes,
    reading: jsonReading(result.reading),
  });
}

const COLUMNS = [
  ...['variable', 'module', 'package', 'package_kind', 'package_version', 'script', 'line', 'expiry', 'type'],
  ...['node', 'from', 'to', 'runs', 'unit', 'first', 'last', 'max', 'most_entries'],
  ...['size', 'size_unit', 'entries', 'bytes', 'low', 'high', 'method'],
];

/** The size now stands in the row of the node's last life; a variable that was never logged has one row. */
export function explainDelimited(result: ExplainResult, format: 'csv' | 'tsv'): string {
  const { attribution, history, nodes } = result;
  const { package: owner, kind, version, script, line, expiry } = attribution;
  const common = [result.variable, result.moduleName, owner, kind, version, script, line, expiry, result.type];
  const lives: { node: string | null; life: ExplainedHistory | null }[] = history.map((life) => ({
    node: life.node,
    life,
  }));
  for (const { node } of nodes) if (!history.some((life) => life.node === node)) lives.push({ node, life: null });
  if (lives.length === 0) lives.push({ node: null, life: null });
  const rows = lives.map(({ node, life }, i): Cell[] => {
    const isLast = lives.findLastIndex((other) => other.node === node) === i;
    const now = isLast ? nodes.find((other) => other.node === node) : undefined;
    return [
      ...common,
      node,
      life === null ? null : formatTime(life.from),
      life === null ? null : formatTime(life.to),
      life?.runs ?? null,
      life?.unit ?? null,
      life?.first ?? null,
      life?.last ?? null,
      life?.max ?? null,
      life?.mostEntries ?? null,
      now?.size ?? null,
      now?.unit ?? null,
      now?.entries ?? null,
      now?.bytes?.likely ?? null,
      now?.bytes?.low ?? null,
      now?.bytes?.high ?? null,
      now?.bytes ? now.method : null,
    ];
  });
  return delimited(format, COLUMNS, rows);
}
