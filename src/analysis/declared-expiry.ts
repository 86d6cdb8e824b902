/** What the attributes of a declaration say about how long entries stay. */

import type { DeclaredExpiry } from '../model/growth.ts';

const ATTRIBUTE = /&(create|read|write)_expire ?= ?([\w.\- ]{1,80})/g;
const INTERVAL = /^(\d{1,15}(?:\.\d{1,15})?) ?(day|hr|min|sec|msec|usec)s?$/;
const SECONDS = { day: 86_400, hr: 3600, min: 60, sec: 1, msec: 1e-3, usec: 1e-6 } as const;

/**
 * @param attributes in the words of a script or of Zeek: `&create_expire=1day`, `&read_expire=2.0 hrs 30.0 mins`
 * @returns the shortest of them; null where none is a time that can be read, such as the name of an option
 */
export function declaredExpiry(attributes: string | null): DeclaredExpiry | null {
  if (attributes === null) return null;
  let shortest: DeclaredExpiry | null = null;
  for (const [text, kind, value] of attributes.matchAll(ATTRIBUTE)) {
    const seconds = secondsOf(value!.trim());
    if (seconds === null || seconds <= 0) continue;
    if (shortest === null || seconds < shortest.seconds)
      shortest = { text: text!.trim(), kind: kind as DeclaredExpiry['kind'], seconds };
  }
  return shortest;
}

function secondsOf(interval: string): number | null {
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
