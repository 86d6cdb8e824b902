/** An answer of `connections`, for the reports' tests. */

import type { ConnectionsResult, ConnectionsRow } from '../../src/model/logged/connection.ts';
import { EMPTY_READING } from '../../src/model/logged/reading.ts';
import { HOSTILE_NAMES, TS } from './samples.ts';

function connectionsRow(field: string, entries: number, more: Partial<ConnectionsRow> = {}): ConnectionsRow {
  return {
    ts: TS,
    run: 77,
    node: 'worker-1',
    boot: TS - 4620,
    field,
    type: 'table[count] of DCE_RPC::BackingState',
    connectionsLive: 1830,
    connectionsSampled: 64,
    connectionsWithField: 3,
    entries,
    size: entries * 9,
    unit: 'objects',
    sizeComplete: true,
    connectionsDropped: 1,
    entriesDropped: 12,
    largest: {
      uid: 'CHhAvVGS1DHFjwGM9',
      endpoints: { origHost: '192.0.2.7', origPort: 49_152, respHost: '2001:db8::1', respPort: 445, proto: 'tcp' },
      entries: Math.ceil(entries * 0.9),
      size: entries * 8,
      service: ['dce_rpc', 'smb'],
      age: 1_814_400,
    },
    largestEntriesPerSecond: 1800,
    ...more,
  };
}

export const CONNECTIONS: ConnectionsResult = {
  from: TS - 9,
  to: TS,
  rows: [
    connectionsRow('dce_rpc_backing', 139_000),
    connectionsRow('smb_state.pending_cmds', 420, { node: 'worker-2', ts: TS - 9, sizeComplete: false }),
    connectionsRow('http_state.pending', 101, { size: null, largest: null, largestEntriesPerSecond: null }),
  ],
  hidden: 2,
  reading: EMPTY_READING,
};

export const NO_CONNECTIONS: ConnectionsResult = {
  from: Number.POSITIVE_INFINITY,
  to: Number.NEGATIVE_INFINITY,
  rows: [],
  hidden: 0,
  reading: EMPTY_READING,
};

/** Every text in it is hostile. */
export const HOSTILE_CONNECTIONS: ConnectionsResult = {
  ...CONNECTIONS,
  rows: HOSTILE_NAMES.map((name, i) => {
    const endpoints = { origHost: name, origPort: i, respHost: name, respPort: i, proto: name };
    const largest = { uid: name, endpoints, entries: i, size: i, service: [name, name], age: i };
    return connectionsRow(name, i, { node: name, type: name, unit: name, largest });
  }),
};
