/** Reads structures that were measured in a Zeek (fixtures/sizing), and compares the size model with them. */

import { readFileSync } from 'node:fs';
import type { ByteRange } from '../../src/model/bytes.ts';
import type { PatternAutomaton } from '../../src/model/logged/description.ts';
import { SizeModel } from '../../src/sizing/index.ts';

export interface MeasuredCase {
  readonly structure: string;
  /** What the structure's maker was asked for. */
  readonly made: number;
  readonly type: string;
  readonly truth: number;
  /** The model's answer. */
  readonly bytes: ByteRange;
  /** Zeek's own: what `global_sizes()` says of a variable that holds this; null where Zeek has it no more. */
  readonly told: number | null;
}

/** How the model does on some cases. */
export interface Score {
  /** Share of the cases whose truth is in the range, 0 to 1. */
  readonly inside: number;
  /** Median of |likely / truth - 1|. */
  readonly error: number;
  /** Median of high / low. */
  readonly ratio: number;
}

const FOLDER = new URL('../../fixtures/sizing/', import.meta.url);

/**
 * @param usesContents whether the model is told what the collector saw inside, where that was recorded
 * @returns what was recorded when, and every case with the model's answer
 */
export function measuredCases(
  file: string,
  usesContents = true,
): { readonly recorded: string; readonly cases: readonly MeasuredCase[] } {
  const [recorded = '', , ...lines] = readFileSync(new URL(file, FOLDER), 'utf8').trim().split('\n');
  const model = new SizeModel(/version (\S+?),/.exec(recorded)![1]!);
  const count = (text: string | undefined) => (text === '-' ? null : Number(text));
  const cases = lines.map((line): MeasuredCase => {
    const [structure, made, type, records, entries, peak, size, unit, bytes, told = '-', contents = ''] =
      line.split('\t');
    const estimate = model.estimate({
      type: type!,
      recordFields: records === '' ? [] : records!.split('|'),
      size: count(size),
      unit: unit!,
      entries: count(entries),
      // What a log of the whole time shows: it was never larger, or how large it was.
      peakEntries: count(peak) ?? count(entries),
      contents: contents === '' || !usesContents ? [] : contents.split('|'),
    });
    return {
      structure: structure!,
      made: Number(made),
      type: type!,
      truth: Number(bytes),
      bytes: estimate.bytes!,
      told: count(told),
    };
  });
  return { recorded: recorded.slice(2), cases };
}

/** A pattern that was measured, and how it came about. */
export interface MeasuredPattern extends MeasuredCase {
  readonly way: string;
  readonly isHeldOut: boolean;
  readonly automaton: PatternAutomaton;
}

/** @returns what bench/sizing/patterns.mjs wrote, with the model's answers */
export function measuredPatterns(file: string): MeasuredPattern[] {
  const [recorded = '', , ...lines] = readFileSync(new URL(file, FOLDER), 'utf8').trim().split('\n');
  const model = new SizeModel(/zeek (\S+)/.exec(recorded)![1]!);
  return lines.map((line): MeasuredPattern => {
    const [set, structure, way, n, states, classes, isSum, characters, bytes] = line.split('\t');
    const origin = way === 'at run time' ? null : isSum === 'T' ? 'added' : 'parsed';
    const automaton: PatternAutomaton = { states: Number(states), classes: Number(classes), origin };
    const type = 'pattern';
    const rest = { recordFields: [], unit: 'characters', entries: null, peakEntries: null } as const;
    const estimate = model.estimate({ type, pattern: automaton, size: Number(characters), ...rest });
    return {
      structure: structure!,
      made: Number(n),
      type,
      truth: Number(bytes),
      bytes: estimate.bytes!,
      told: null,
      way: way!,
      isHeldOut: set === 'held out',
      automaton,
    };
  });
}

export function isInside({ truth, bytes }: MeasuredCase): boolean {
  return truth >= bytes.low && truth <= bytes.high;
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const half = sorted.length / 2;
  return (sorted[Math.floor(half)]! + sorted[Math.ceil(half) - 1]!) / 2;
}

export function scoreOf(cases: readonly MeasuredCase[]): Score {
  return {
    inside: cases.filter(isInside).length / cases.length,
    error: median(cases.map(({ truth, bytes }) => Math.abs(bytes.likely / truth - 1))),
    ratio: median(cases.map(({ bytes }) => bytes.high / bytes.low)),
  };
}

export function byStructure(cases: readonly MeasuredCase[]): Map<string, MeasuredCase[]> {
  const groups = new Map<string, MeasuredCase[]>();
  for (const one of cases) {
    const group = groups.get(one.structure);
    if (group === undefined) groups.set(one.structure, [one]);
    else group.push(one);
  }
  return groups;
}
