import { readScript } from '../attribution/script.ts';
import type { ByteRange } from '../model/bytes.ts';
import { estimateNeeds, notAType } from '../model/errors.ts';
import type { EstimateResult } from '../model/estimate.ts';
import type { SizeInput } from '../model/size-estimate.ts';
import { Declarations, parseType, SizeModel } from '../sizing/index.ts';
import type { EstimateOptions } from './options.ts';

/**
 * What a structure of a type weighs, from the size model alone.
 *
 * @throws ExpectedError for a text that is no type, and where the type asks for a number that was not given
 */
export async function estimate(options: EstimateOptions): Promise<EstimateResult> {
  const { type, entries, footprint, characters, peakEntries, zeekVersion, scripts } = options;
  const recordFields = scripts.flatMap(declarationsOf);
  const named = parseType(type).type;
  const { kind } = named.kind === 'named' ? (new Declarations(recordFields).get(named.name) ?? named) : named;
  if (kind === 'unknown') throw notAType(type);
  const isText = kind === 'string' || kind === 'pattern';
  const isContainer = kind === 'table' || kind === 'vector';
  if (isText && characters === null) throw estimateNeeds(type, '--characters', 'the length of its text');
  if (isContainer && entries === null) throw estimateNeeds(type, '--entries', 'how many there are');
  const input: SizeInput & { type: string } = {
    type,
    recordFields,
    size: isText ? characters : footprint,
    unit: isText ? 'characters' : 'objects',
    entries: isContainer ? entries : null,
    peakEntries,
  };
  const estimate = new SizeModel(zeekVersion).estimate(input);
  if (estimate.bytes === null) throw estimateNeeds(type, '--footprint', 'how many objects Zeek counts for it');
  const perEntry = isContainer && entries !== null && entries > 0 ? share(estimate.bytes, entries) : null;
  return { input, zeekVersion, estimate: { ...estimate, bytes: estimate.bytes }, perEntry, measured: null };
}

function share({ low, likely, high }: ByteRange, parts: number): ByteRange {
  return { low: low / parts, likely: likely / parts, high: high / parts };
}

/** Types as texts the size model takes: `Foo::State: record { … }`, and `+=` for what is added to one. */
export function declarationsOf(text: string): string[] {
  const { types, recordAdditions } = readScript('', text);
  return [
    ...types.map(({ name, type }) => `${name}: ${type}`),
    ...recordAdditions.map(({ name, type }) => `${name} += ${type}`),
  ];
}
