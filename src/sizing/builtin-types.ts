/**
 * Names of types that Zeek's own scripts declare and its logs do not explain: aliases (all of those in
 * scripts/base/init-bare.zeek and the frameworks, as of 8.0) and the records that are keys of tables.
 */

import type { ZeekType } from '../model/zeek-type.ts';
import { parseType } from './parse-type.ts';

const ALIASES: Readonly<Record<string, string>> = {
  string_array: 'table[count] of string',
  string_any_table: 'table[string] of any',
  string_set: 'set[string]',
  subnet_set: 'set[subnet]',
  addr_set: 'set[addr]',
  count_set: 'set[count]',
  index_vec: 'vector of count',
  int_vec: 'vector of int',
  double_vec: 'vector of double',
  subnet_vec: 'vector of subnet',
  any_vec: 'vector of any',
  string_vec: 'vector of string',
  x509_opaque_vector: 'vector of opaque of x509',
  addr_vec: 'vector of addr',
  table_string_of_string: 'table[string] of string',
  table_string_of_count: 'table[string] of count',
  files_tag_set: 'set[enum Files::Tag]',
  interval_set: 'set[interval]',
  string_mapper: 'function',
  var_sizes: 'table[string] of count',
  mime_matches: 'vector of mime_match',
  mime_match: 'record { strength: int; mime: string }',
  transport_proto: 'enum transport_proto',
  EncapsulatingConnVector: 'vector of Tunnel::EncapsulatingConn',
  'Broker::DataVector': 'vector of Broker::Data',
  'Cluster::PoolNodeTable': 'table[string] of Cluster::PoolNode',
  'Cluster::RoundRobinTable': 'table[string] of int',
  'Intel::TypeSet': 'set[enum Intel::Type]',
  'Intel::MetaDataTable': 'table[string] of Intel::MetaData',
  'Notice::ActionSet': 'set[enum Notice::Action]',
  'Software::SoftwareSet': 'table[string] of Software::Info',
  'SumStats::Result': 'table[string] of SumStats::ResultVal',
  'SumStats::ResultTable': 'table[SumStats::Key] of SumStats::Result',
  'SumStats::ObserveFunc': 'function',
  'SumStats::Key': 'record { str: string &optional; host: addr &optional }',
  'Telemetry::labels_vector': 'vector of string',
  'Log::PolicyHook': 'hook',
  'Log::StreamPolicyHook': 'hook',
  'Log::RotationPostProcessorFunc': 'function',
  'Conn::RemovalHook': 'hook',
  flow_id: 'record { src_h: addr; src_p: port; dst_h: addr; dst_p: port }',
};

/** Since 8.0 a conn_id has two more fields, with defaults (scripts/base/init-bare.zeek). */
const CONN_ID = 'orig_h: addr; orig_p: port; resp_h: addr; resp_p: port';

const CONN_ID_FIELDS: readonly string[] = ['orig_h', 'orig_p', 'resp_h', 'resp_p'];

export function isConnectionId(type: ZeekType): boolean {
  return type.kind === 'record' && CONN_ID_FIELDS.every((name, i) => type.fields[i]?.name === name);
}

/** @param major of Zeek's version; the newest where it is not known */
export function findBuiltinType(name: string, major: number): ZeekType | null {
  if (name === 'conn_id') {
    const more = major >= 8 ? '; proto: count; ctx: record { } &optional' : '';
    return parseType(`record { ${CONN_ID}${more} }`).type;
  }
  return Object.hasOwn(ALIASES, name) ? parseType(ALIASES[name]!).type : null;
}
