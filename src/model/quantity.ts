/** Sizes and counts as people read them; a size is never shown without its unit. */

import { type ByteRange, isExact } from './bytes.ts';
import { invalidSize } from './errors/catalogue.ts';
import type { Unit } from './logged/sample.ts';

const STEPS: readonly [number, string][] = [
  [1e15, 'P'],
  [1e12, 'T'],
  [1e9, 'G'],
  [1e6, 'M'],
  [1e3, 'k'],
];

/** Three significant figures with a decimal prefix: `17.9 k`, `204 M`; below 1,000 the number itself. */
export function formatCount(value: number): string {
  if (!Number.isFinite(value)) return '?';
  const magnitude = Math.abs(value);
  if (magnitude < 999.5) return Number.isInteger(value) ? String(value) : String(Number(value.toPrecision(3)));
  for (const [step, prefix] of STEPS) {
    if (magnitude >= step * 0.9995) return `${(value / step).toPrecision(3)} ${prefix}`;
  }
  return String(value);
}

/** A size in its unit: `204 MB`, `17.9 k` objects are given by the column's heading, so only bytes carry a sign. */
export function formatSize(value: number, unit: Unit): string {
  const text = formatCount(value);
  if (unit !== 'bytes') return text;
  return /[A-Za-z]$/.test(text) ? `${text}B` : `${text} B`;
}

/** `≈ 204 MB` where the range says that it is an estimate, else as `formatSize`. */
export function formatEstimate(value: number, unit: Unit, bytes: ByteRange | null): string {
  const text = formatSize(value, unit);
  return bytes === null || isExact(bytes) ? text : `≈ ${text}`;
}

const BYTES_PER: Readonly<Record<string, number>> = {
  '': 1,
  k: 1e3,
  m: 1e6,
  g: 1e9,
  t: 1e12,
  ki: 2 ** 10,
  mi: 2 ** 20,
  gi: 2 ** 30,
  ti: 2 ** 40,
};

/**
 * @param text `8G`, `10 MB`, `1.5GiB`, `500000`; prefixes are decimal unless they end in `i`
 * @returns bytes
 * @throws ExpectedError for anything else
 */
export function parseBytes(text: string): number {
  const found = /^(\d{1,15}(?:\.\d{1,9})?) ?([kmgt]i?|)b?$/i.exec(text.trim());
  if (found === null) throw invalidSize(text);
  return Math.round(Number(found[1]) * BYTES_PER[found[2]!.toLowerCase()]!);
}

/** `12.3 %`; a share that is not nothing is never shown as 0. */
export function formatShare(share: number): string {
  const percent = share * 100;
  if (percent > 0 && percent < 0.05) return '<0.1 %';
  return `${percent.toFixed(1)} %`;
}
