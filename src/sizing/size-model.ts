/**
 * The size model: from what the logs say of a variable to bytes, as a range with a likely value.
 *
 * How good it is, and how that was measured: docs/accuracy.md.
 */

import { addBytes, type ByteRange, exactly, NO_BYTES } from '../model/bytes.ts';
import type { SizeEstimate, SizeInput } from '../model/size-estimate.ts';
import { findBuiltinType } from './builtin-types.ts';
import { Declarations, resolveType } from './declarations.ts';
import { type ContainerInput, estimateContainer, estimateValue, type Step, type Steps } from './estimate-value.ts';
import { KnownType } from './known-type.ts';
import { chooseLayouts, type Layout } from './layout.ts';
import { isOpaqueSizeKnown } from './opaque-sizes.ts';
import { parseType } from './parse-type.ts';
import { estimateAutomaton, estimateText } from './text-size.ts';

/** Bytes per object over all kinds of containers that were measured: where nothing is known of the type. */
const PER_OBJECT: ByteRange = { low: 10, likely: 42, high: 200 };
/** The same per entry, where not even objects are known. */
const PER_ENTRY: ByteRange = { low: 40, likely: 150, high: 2000 };

const NOTHING_KNOWN = 'Nothing is known of the type: bytes per object are those of containers of all kinds.';

/**
 * What malloc wastes at most: where it has free pieces that are a little too large, it gives these whole. There are
 * only so many of them, so this matters for small structures. Of the most there can be, `likely` is what there is, and
 * `surely` what is added to a range however wide.
 */
const WASTE = { share: 0.12, bytes: 30_000, likely: 0.15, surely: 0.7 } as const;
/** Some is saved or wasted everywhere: at the ends of pages, and where this model is too plain. */
const SLACK = 0.006;

/** From this version on `record_fields()` says which fields are `&optional` (record_field in init-bare.zeek). */
const FIRST_TO_TELL_OPTIONAL = 6;

/** An estimate of which what it is made of is put together when it is asked for. */
interface Weight extends Pick<SizeEstimate, 'bytes' | 'method'> {
  readonly steps: () => readonly Step[];
  readonly notes: () => readonly string[];
}

export class SizeModel {
  readonly #layouts: readonly Layout[];
  readonly #versionNote: string | null;
  readonly #major: number;
  /** By the fields of records, and by the type's text; those without such fields apart. */
  readonly #types = new Map<string, Map<string, KnownType>>();
  readonly #plainTypes = new Map<string, KnownType>();
  readonly #typesOf = new WeakMap<readonly string[], Map<string, KnownType>>();

  /** @param zeekVersion of the process that wrote the log, as Zeek names it; null if not known */
  constructor(zeekVersion: string | null) {
    const { layouts, note } = chooseLayouts(zeekVersion);
    this.#layouts = layouts;
    this.#versionNote = note;
    this.#major = layouts.length > 1 ? 9 : Number.parseInt(zeekVersion ?? '9', 10);
  }

  /** Never throws: what cannot be understood makes the range wide and is named in the notes. */
  estimate(input: SizeInput): SizeEstimate {
    const { bytes, method, steps, notes } = this.weigh(input);
    return { bytes, method, steps: steps().map(({ what, bytes }) => ({ what: what(), bytes })), notes: notes() };
  }

  /** The same, where nobody may want to read how it came about. */
  weigh(input: SizeInput): Weight {
    const { unit } = input;
    const size = countOrNull(input.size);
    const entries = countOrNull(input.entries);
    if (unit === 'bytes') return takeReported(size);
    if (unit === 'characters') return this.#characters(input, size);
    if (unit !== 'objects') return admitUnknown(`Sizes are in “${unit}”, which says nothing of bytes.`);
    const nothingMeasured = size === null && entries === null;
    if (nothingMeasured && input.type === null) return admitUnknown('Neither a type nor a size nor entries are known.');
    if (input.type === null) return this.#assumed(size, entries, [NOTHING_KNOWN]);
    const known = this.#known(input.type, input.recordFields);
    if (nothingMeasured && !known.hasFixedPlace) return admitUnknown('Neither a size nor entries were measured.');
    if (known.type.kind === 'opaque' && !isOpaqueSizeKnown(known.type.of))
      return admitUnknown('What it was made with is not known, and so is its size.');
    const counts = { size, entries, peak: countOrNull(input.peakEntries), contents: input.contents ?? [] };
    const chosen =
      this.#layouts.length === 1
        ? modelSize(known, this.#layouts[0]!, counts)
        : unite(this.#layouts.map((layout) => modelSize(known, layout, counts)));
    if (chosen === null) return this.#assumed(size, entries, [...known.problems, NOTHING_KNOWN]);
    const waste = boundWaste(chosen.bytes);
    return {
      bytes: addBytes(chosen.bytes, waste),
      method: known.isUnderstood ? 'modelled' : 'assumed',
      steps: () => [...chosen.steps(), { what: () => 'what malloc wastes or saves', bytes: waste }],
      notes: () => [...known.problems, ...chosen.notes, ...this.#versionNotes()],
    };
  }

  #characters({ type, pattern = null }: SizeInput, size: number | null): Weight {
    if (size === null) return admitUnknown('No size was measured.');
    const kind = type === null ? null : parseType(type).type.kind;
    const { steps, note } =
      kind === 'pattern' && pattern !== null
        ? estimateAutomaton(pattern, size, this.#layouts.length > 1 ? null : this.#major)
        : estimateText(kind, size);
    return {
      bytes: steps.map(({ bytes }) => bytes).reduce(addBytes),
      method: kind === 'pattern' || kind === 'string' ? 'modelled' : 'assumed',
      steps: () => steps.map(({ what, bytes }) => ({ what: () => what, bytes })),
      notes: () => (note === null ? [] : [note]),
    };
  }

  #assumed(size: number | null, entries: number | null, notes: readonly string[]): Weight {
    const [count, per, what] = size !== null ? [size, PER_OBJECT, 'objects'] : [entries!, PER_ENTRY, 'entries'];
    const bytes = { low: count * per.low, likely: count * per.likely, high: count * per.high };
    const text = () => `${count} ${what} of an unknown type, ${per.low} to ${per.high} B each`;
    const steps = () => [{ what: text, bytes }];
    return { bytes, method: 'assumed', steps, notes: () => [...notes, ...this.#versionNotes()] };
  }

  #versionNotes(): string[] {
    return this.#versionNote === null ? [] : [this.#versionNote];
  }

  #known(text: string, recordFields: readonly string[]): KnownType {
    // A variable's rows come with the very same fields, so the text of these is put together once for all of them.
    let ofFields = recordFields.length === 0 ? this.#plainTypes : this.#typesOf.get(recordFields);
    if (ofFields === undefined) {
      const key = JSON.stringify(recordFields);
      ofFields = this.#types.get(key) ?? new Map<string, KnownType>();
      this.#types.set(key, ofFields);
      this.#typesOf.set(recordFields, ofFields);
    }
    let known = ofFields.get(text);
    if (known === undefined) {
      known = this.#read(text, recordFields);
      ofFields.set(text, known);
    }
    return known;
  }

  #read(text: string, recordFields: readonly string[]): KnownType {
    const declarations = new Declarations(recordFields, this.#major >= FIRST_TO_TELL_OPTIONAL);
    const parsed = parseType(text);
    const { type, unresolved } = resolveType(
      parsed.type,
      (name) => declarations.get(name) ?? findBuiltinType(name, this.#major),
    );
    return new KnownType(type, [...parsed.problems, ...declarations.problems], unresolved);
  }
}

function modelSize(known: KnownType, layout: Layout, counts: ContainerInput): Steps | null {
  const { kind } = known.type;
  if (kind === 'unknown' || kind === 'any' || kind === 'list') return null;
  const isContainer = kind === 'table' || kind === 'vector';
  const weights = known.on(layout);
  return isContainer && counts.entries !== null
    ? estimateContainer(known, weights, counts)
    : estimateValue(known, weights, counts);
}

function takeReported(size: number | null): Weight {
  if (size === null) return admitUnknown('No size was measured.');
  const bytes = exactly(size);
  return { bytes, method: 'reported', steps: () => [{ what: () => 'as Zeek reported it', bytes }], notes: () => [] };
}

function admitUnknown(note: string): Weight {
  return { bytes: null, method: 'assumed', steps: () => [], notes: () => [note] };
}

/** Logs can hold anything; a size is a count. */
function countOrNull(value: number | null): number | null {
  return value === null || !Number.isFinite(value) || value < 0 ? null : value;
}

function totalOf(steps: readonly Step[]): ByteRange {
  return steps.reduce((sum, { bytes }) => addBytes(sum, bytes), NO_BYTES);
}

function boundWaste({ low, likely, high }: ByteRange): ByteRange {
  const waste = Math.min(WASTE.share * likely, WASTE.bytes);
  // Where much else is uncertain, it is unlikely that both are at their worst.
  const added = Math.max(Math.hypot(high - likely, waste) - (high - likely), waste * WASTE.surely);
  return { low: -SLACK * low, likely: WASTE.likely * waste, high: added + SLACK * likely };
}

/** Several versions' ranges as one: from the least to the most, with the newest one's likely value. */
function unite(perLayout: readonly (Steps | null)[]): Steps | null {
  const all = perLayout.filter((one) => one !== null);
  const newest = all.at(-1);
  if (newest === undefined || all.length < perLayout.length) return null;
  const perVersion = all.map((one) => one.steps());
  const steps = newest.steps().map(({ what, bytes }, i) => {
    const ranges = perVersion.map((steps) => steps[i]?.bytes ?? bytes);
    return {
      what,
      bytes: {
        low: Math.min(...ranges.map(({ low }) => low)),
        likely: bytes.likely,
        high: Math.max(...ranges.map(({ high }) => high)),
      },
    };
  });
  return { bytes: totalOf(steps), steps: () => steps, notes: newest.notes };
}
