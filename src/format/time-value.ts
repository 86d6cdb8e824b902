/** Times as logs have them, as seconds since the epoch. */

/** Seconds before the year 2255; more than that is a smaller unit. The kernel leaves such times to the reader as well. */
const MOST_SECONDS = 9e9;
const UNITS_PER_SECOND = [1, 1e3, 1e6, 1e9];
const ISO = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}:\d{2})(?:[.,](\d+))?\s*(Z|UTC|[+-]\d{2}(?::?\d{2})?)?$/;
/** As Kibana shows and exports it. */
const KIBANA = /^([A-Z][a-z]{2}) (\d{1,2}), (\d{4}) @ (\d{2}:\d{2}:\d{2})(?:\.(\d+))?$/;
const NUMBER = /^\d+(\.\d+)?$/;

/** True for seconds that a clock can show. Zeek's network time is 0 until it has seen a packet. */
export function isTime(seconds: number): boolean {
  return seconds > 0 && seconds < MOST_SECONDS;
}

/**
 * The time a number stands for: seconds (Zeek's `TS_EPOCH`), or milli- (`TS_MILLIS`), micro- or nanoseconds, told apart by
 * their size. NaN where no clock shows it.
 */
export function parseNumericTime(value: number): number {
  const unit = UNITS_PER_SECOND.find((perSecond) => isTime(value / perSecond));
  return unit === undefined ? Number.NaN : value / unit;
}

/** The time a text stands for: a number as above, or ISO 8601 in any zone, in UTC where it names none, as in Kibana's form. */
export function parseTextTime(text: string): number {
  if (NUMBER.test(text)) return parseNumericTime(Number(text));
  const [, month, day, year, time, decimals = '0'] = KIBANA.exec(text) ?? [];
  if (month !== undefined)
    return parseNumericTime(Date.parse(`${day} ${month} ${year} ${time} GMT`) / 1000 + Number(`0.${decimals}`));
  const [, date, clock, fraction = '0', zone = 'Z'] = ISO.exec(text) ?? [];
  // Date keeps milliseconds only, Zeek writes microseconds.
  const millis = Date.parse(`${date}T${clock}${readZone(zone)}`);
  return parseNumericTime(millis / 1000 + Number(`0.${fraction}`));
}

/** As Date takes it: `Z`, or hours and minutes. */
function readZone(text: string): string {
  const [, hours, minutes = '00'] = /^([+-]\d{2}):?(\d{2})?$/.exec(text) ?? [];
  return hours === undefined ? 'Z' : `${hours}:${minutes}`;
}
