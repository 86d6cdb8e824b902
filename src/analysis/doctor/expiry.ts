/** After how long entries should leave a variable, by what it declares. */

import type { Attributor } from '../../attribution/attributor.ts';
import type { VariableCase } from './case.ts';

export interface Expiry {
  /** As declared: `&create_expire=1day`. */
  readonly text: string;
  readonly seconds: number;
}

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

const ATTRIBUTE = /&(create|read|write)_expire\s*=\s*(\d+(?:\.\d+)?)\s*(days?|hrs?|mins?|secs?|msecs?)\b/g;
const SECONDS: Readonly<Record<string, number>> = { day: 86_400, hr: 3600, min: 60, sec: 1, msec: 1e-3 };

/** @returns null where nothing is declared, or what is declared is no plain time (a constant's name) */
export function expiryOf({ variable, moduleName, description }: VariableCase, attributor: Attributor): Expiry | null {
  const known = description ?? { variable, moduleName, script: null, expiry: null };
  const text = attributor.attribute(known).expiry ?? (Object.hasOwn(OF_ZEEK, variable) ? OF_ZEEK[variable]! : null);
  return text === null ? null : parseExpiry(text);
}

/** The longest time that an attribute names: an entry may leave by any of them. */
function parseExpiry(text: string): Expiry | null {
  const times = Array.from(text.matchAll(ATTRIBUTE), ([, , value, unit]) => {
    return Number(value) * SECONDS[unit!.replace(/s$/, '')]!;
  });
  const seconds = Math.max(0, ...times);
  return seconds > 0 ? { text, seconds } : null;
}
