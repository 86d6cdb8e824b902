/** What the attributes of a declaration say about how long entries stay. */

import type { DeclaredExpiry } from '../../model/answers/growth.ts';

const ATTRIBUTE = /&(create|read|write)_expire ?= ?([\w.\- ]{1,80})/g;
const INTERVAL = /^(\d{1,15}(?:\.\d{1,15})?) ?(day|hr|min|sec|msec|usec)s?$/;
const SECONDS = { day: 86_400, hr: 3600, min: 60, sec: 1, msec: 1e-3, usec: 1e-6 } as const;

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

/**
 * @param attributes in the words of a script or of Zeek: `&create_expire=1day`, `&read_expire=2.0 hrs 30.0 mins`
 * @returns the shortest of them; null where none is a time that can be read, such as the name of an option
 */
export function readExpiry(attributes: string | null): DeclaredExpiry | null {
  if (attributes === null) return null;
  let shortest: DeclaredExpiry | null = null;
  for (const [text, kind, value] of attributes.matchAll(ATTRIBUTE)) {
    const seconds = parseSeconds(value!.trim());
    if (seconds === null || seconds <= 0) continue;
    if (shortest === null || seconds < shortest.seconds)
      shortest = { text: text!.trim(), kind: kind as DeclaredExpiry['kind'], seconds };
  }
  return shortest;
}

/**
 * The same of a variable of which the logs or scripts say `attributes`: null where they do not say, and then what Zeek's own
 * scripts declare of it counts.
 */
export function expiryOf(variable: string, attributes: string | null): DeclaredExpiry | null {
  return readExpiry(attributes ?? (Object.hasOwn(OF_ZEEK, variable) ? OF_ZEEK[variable]! : null));
}

function parseSeconds(interval: string): number | null {
  let sum = 0;
  // `2.0 hrs 30.0 mins`: a number and its unit may stand apart.
  const parts = interval.replaceAll(/(\d) +(?=[a-z])/g, '$1').split(/ +/);
  for (const part of parts) {
    const found = INTERVAL.exec(part);
    if (found === null) return null;
    sum += Number(found[1]) * SECONDS[found[2] as keyof typeof SECONDS];
  }
  return sum;
}
