/**
 * Instants as users write and read them. Zeek logs seconds since the epoch; all times here are read and shown in UTC
 * unless they carry an offset of their own.
 */

import { invalidTime } from './errors/catalogue.ts';

const ISO = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?)(Z|[+-]\d{2}:?\d{2})?)?$/;
const RELATIVE = /^-?(\d+(?:\.\d+)?)(s|m|h|d)$/;
const SECONDS = { s: 1, m: 60, h: 3600, d: 86400 } as const;

/**
 * @param text ISO 8601 (UTC if no offset is given), seconds since the epoch, or `30m`, `-2h`, `1d` before `end`
 * @param end the end of the logs, seconds since the epoch, which relative times count from
 * @returns seconds since the epoch
 * @throws ExpectedError for anything else
 */
export function parseTime(text: string, end: number): number {
  const relative = RELATIVE.exec(text);
  if (relative) return end - Number(relative[1]) * SECONDS[relative[2] as keyof typeof SECONDS];
  // A year, or a date without its hyphens, is not meant as seconds of 1970.
  if (/^(19|20)\d\d(\d{4})?$/.test(text)) throw invalidTime(text);
  if (/^\d+(\.\d+)?$/.test(text)) return Number(text);
  const iso = ISO.exec(text);
  const millis = iso ? Date.parse(`${iso[1]}T${iso[2] ?? '00:00'}${iso[3] ?? 'Z'}`) : Number.NaN;
  if (Number.isNaN(millis)) throw invalidTime(text);
  return millis / 1000;
}

/** True where the text counts back from the end of the logs. */
export function isRelativeTime(text: string): boolean {
  return RELATIVE.test(text);
}

/** `2026-11-24T03:50:01Z`: whole seconds, in UTC. An instant no date can show is given in seconds. */
export function formatTime(ts: number): string {
  const date = new Date(Math.floor(ts) * 1000);
  return Number.isNaN(date.getTime()) ? `${ts} s` : date.toISOString().replace('.000Z', 'Z');
}

/** `340 ms`, `12 s`, `5 min`, `3.2 h`, `2.1 days`. */
export function formatDuration(seconds: number): string {
  const scales: [number, number, string][] = [
    [1e-3, 1e-6, 'µs'],
    [1, 1e-3, 'ms'],
    [120, 1, 's'],
    [7200, 60, 'min'],
    [172800, 3600, 'h'],
    [Number.POSITIVE_INFINITY, 86400, 'days'],
  ];
  const [, unit, name] = scales.find(([limit]) => Math.abs(seconds) < limit) ?? scales[5]!;
  const value = seconds / unit;
  // Not toPrecision alone: it would write 99.6 as 1.0e+2.
  const text = Math.abs(value) >= 99.5 ? value.toFixed(0) : String(Number(value.toPrecision(2)));
  return `${text} ${name}`;
}
