/** After how long entries should leave a variable, by what it declares. */

import type { Attributor } from '../../attribution/attributor.ts';
import type { DeclaredExpiry } from '../../model/growth.ts';
import { declaredExpiry } from '../declared-expiry.ts';
import type { VariableCase } from './case.ts';

/**
 * What Zeek's own scripts declare, in Zeek 6 to 9, of variables that hold one entry per host, service, certificate or
 * name: a log tells it only from 9.0 on, and a site does not have these scripts at hand where it reads its logs.
 */
const OF_ZEEK: Readonly<Record<string, string>> = {
  'Known::hosts': '&create_expire=1day',
  'Known::services': '&create_expire=1day',
  'Known::certs': '&create_expire=1day',
  'Known::modbus_nodes': '&create_expire=1day',
  'Software::tracked': '&create_expire=1day',
  'Weird::did_log': '&create_expire=1day',
  'Weird::did_notice': '&create_expire=1day',
  'Weird::weird_ignore': '&create_expire=10min',
  'Signatures::horiz_table': '&read_expire=1hr',
  'Signatures::vert_table': '&read_expire=1hr',
  'Signatures::last_hthresh': '&read_expire=1hr',
  'Signatures::last_vthresh': '&read_expire=1hr',
  'Signatures::did_sig_log': '&read_expire=1hr',
  'FTP::ftp_data_expected': '&read_expire=5mins',
  'IRC::dcc_expected_transfers': '&read_expire=5mins',
  'SSL::recently_validated_certs': '&read_expire=5mins',
  'SSL::recently_ocsp_validated': '&read_expire=5mins',
};

/** @returns null where nothing is declared, or what is declared is no plain time (a constant's name) */
export function expiryOf(
  { variable, moduleName, description }: VariableCase,
  attributor: Attributor,
): DeclaredExpiry | null {
  const known = description ?? { variable, moduleName, script: null, expiry: null };
  const text = attributor.attribute(known).expiry ?? (Object.hasOwn(OF_ZEEK, variable) ? OF_ZEEK[variable]! : null);
  return declaredExpiry(text);
}
