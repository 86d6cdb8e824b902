import { findCloseNames } from '../analysis/close-names.ts';
import { readScript } from '../attribution/script.ts';
import type { ByteRange } from '../model/bytes.ts';
import { estimateNeeds, noPattern, notAType } from '../model/errors/catalogue.ts';
import type { PatternAutomaton } from '../model/logged/description.ts';
import type { EstimateResult, SizeInput } from '../model/size-estimate.ts';
import { countPatternStates, Declarations, parseType, SizeModel } from '../sizing/index.ts';

/** What `estimate` takes: no logs, but what a log would say. */
export interface EstimateOptions {
  /** A type in Zeek's words, such as `table[addr] of set[string]`. */
  readonly type: string;
  /** Elements of a table, set or vector. */
  readonly entries?: number | null | undefined;
  /** Zeek's count of objects, as `val_footprint()` gives it. */
  readonly footprint?: number | null | undefined;
  /** The length of a string, or of a pattern's text. */
  readonly characters?: number | null | undefined;
  /** The text of a pattern, as it stands between the slashes, of which states are counted. */
  readonly patternText?: string | null | undefined;
  /** The most elements it ever had, if that is more than it has now. */
  readonly peakEntries?: number | null | undefined;
  /** Such as `8.0`; any if nobody says. */
  readonly zeekVersion?: string | null | undefined;
  /** Texts of Zeek scripts that declare the types it names. */
  readonly scripts?: readonly string[] | undefined;
}

/**
 * What a structure of a type weighs, from the size model alone.
 *
 * @throws ExpectedError for a text that is no type, and where the type asks for a number that was not given
 */
export async function estimate(options: EstimateOptions): Promise<EstimateResult> {
  const { type, scripts = [] } = options;
  const { entries = null, footprint = null, peakEntries = null, zeekVersion = null, patternText = null } = options;
  const recordFields = scripts.flatMap(listTypes);
  const named = parseType(type).type;
  const { kind } = named.kind === 'named' ? (new Declarations(recordFields).get(named.name) ?? named) : named;
  if (kind === 'unknown') throw notAType(type);
  const word = /^\s*(\w+)\s*(?:\[|of\b)/.exec(type)?.[1];
  if (word !== undefined && !CONTAINERS.includes(word))
    throw notAType(
      type,
      findCloseNames(word, CONTAINERS).map((name) => type.replace(word, name)),
    );
  if (patternText !== null && kind !== 'pattern') throw noPattern(type);
  const pattern = patternText === null ? null : readPattern(patternText);
  const characters = pattern?.characters ?? options.characters ?? null;
  const isText = kind === 'string' || kind === 'pattern';
  const isContainer = kind === 'table' || kind === 'vector';
  if (isText && characters === null)
    throw estimateNeeds(
      type,
      kind === 'pattern' ? '`patternText` or `characters`' : '`characters`',
      'its text, or how long that is',
    );
  if (isContainer && entries === null) throw estimateNeeds(type, '`entries`', 'how many there are');
  const input: SizeInput & { type: string } = {
    type,
    recordFields,
    pattern: pattern?.automaton ?? null,
    size: isText ? characters : footprint,
    unit: isText ? 'characters' : 'objects',
    entries: isContainer ? entries : null,
    peakEntries,
  };
  const estimate = new SizeModel(zeekVersion).estimate(input);
  if (estimate.bytes === null && kind === 'opaque')
    throw estimateNeeds(
      type,
      'the call that makes it, as in "opaque of hll_cardinality_init(0.01, 0.95)"',
      'how large',
    );
  if (estimate.bytes === null) throw estimateNeeds(type, '`footprint`', 'how many objects Zeek counts for it');
  const perEntry = isContainer && entries !== null && entries > 0 ? share(estimate.bytes, entries) : null;
  return { input, zeekVersion, estimate: { ...estimate, bytes: estimate.bytes }, perEntry, measured: null };
}

/** Words that types with others in them begin with. */
const CONTAINERS: readonly string[] = ['table', 'set', 'vector', 'list', 'opaque'];

/** As a script has it, between slashes or without them, or as Zeek prints it. */
function readPattern(text: string): { readonly characters: number; readonly automaton: PatternAutomaton } {
  const plain = text.trimEnd().replace(/^\/([\s\S]*)\/$/, '$1');
  const printed = /^(?:\(\?[is]:)*\(?\^\?\(/.test(plain) ? plain : `^?(${plain})$?`;
  const origin = printed.startsWith('(^?(') ? 'added' : 'parsed';
  // Zeek counts the slashes.
  return { characters: printed.length + 2, automaton: { ...countPatternStates(printed), origin } };
}

function share({ low, likely, high }: ByteRange, parts: number): ByteRange {
  return { low: low / parts, likely: likely / parts, high: high / parts };
}

/** Types as texts the size model takes: `Foo::State: record { … }`, and `+=` for what is added to one. */
export function listTypes(text: string): string[] {
  const { types, recordAdditions } = readScript('', text);
  return [
    ...types.map(({ name, type }) => `${name}: ${type}`),
    ...recordAdditions.map(({ name, type }) => `${name} += ${type}`),
  ];
}
