/** The columns of our own logs as the collector writes them, for rows that come without a header. */

import { CONNECTIONS, type ColumnKind, type LogKind, NODE_RUNS, SAMPLES, VARIABLES } from './log-kind.ts';

interface Layout {
  readonly kind: LogKind;
  readonly names: readonly string[];
}

/**
 * In the collector's order, to which new columns are added at the end, with how many of them earlier versions had. A row
 * that has more than are known here is read without these.
 */
const LAYOUTS: readonly Layout[] = (
  [
    // Six are those of the collector that this one descends from.
    [SAMPLES, [6, 8], 'ts run node module_name variable size unit entries method measured_entries'],
    [
      NODE_RUNS,
      [31],
      'ts run node boot pid zeek_version duration longest_pause variables_seen variables_logged resident_memory ' +
        'peak_memory connections timers events_pending reassembly_bytes variables_not_measured trigger slices ' +
        'tcp_connections udp_connections icmp_connections fragments files dns_pending dns_cached matcher_states ' +
        'matcher_bytes threads peer_messages_queued connections_sampled cpu_time longest_cpu_time anonymous_memory ' +
        'swapped_memory memory_limit',
    ],
    [
      VARIABLES,
      [9, 12, 13],
      'ts node boot module_name variable var_type script expiry record_fields pattern_states pattern_classes ' +
        'pattern_origin contents most_entries',
    ],
    [
      CONNECTIONS,
      [18],
      'ts run node boot field var_type connections_live connections_sampled connections_with_field entries size unit ' +
        'size_complete largest_entries largest_size largest_uid largest_service largest_age largest_orig_h ' +
        'largest_orig_p largest_resp_h largest_resp_p largest_proto connections_dropped entries_dropped',
    ],
  ] as const
).flatMap(([kind, earlier, text]) => {
  const names = text.split(' ');
  return [names.length, ...earlier].map((width) => ({ kind, names: names.slice(0, width) }));
});

/** How the values of a column look, by its kind; texts look like anything. */
const LOOKS: Partial<Record<ColumnKind, RegExp>> = {
  time: /^\d{9,10}\.\d+$/,
  interval: /^-?\d+\.\d+$/,
  count: /^\d+$/,
  bool: /^[TF]$/,
};

/** The layout of a row by its values as Zeek writes them in TSV; null where it is none of ours. */
export function findLayout(values: readonly string[]): Layout | null {
  const fitting = LAYOUTS.filter(({ kind, names }) => names.length <= values.length && isLike(kind, names, values));
  const found = fitting.sort((a, b) => b.names.length - a.names.length)[0];
  if (found === undefined) return null;
  return { kind: found.kind, names: [...found.names, ...values.slice(found.names.length).map(() => '')] };
}

function isLike(kind: LogKind, names: readonly string[], values: readonly string[]): boolean {
  return names.every((name, i) => {
    const column = kind.columns.find((one) => one.name === name);
    return column === undefined || values[i] === '-' || (LOOKS[column.kind]?.test(values[i]!) ?? values[i] !== '');
  });
}
