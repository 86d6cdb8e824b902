import { resolve } from 'node:path';
import { estimateNeeds, notAType } from '../../model/errors/catalogue.ts';
import { type EstimateResult, USUAL_SHAPE } from '../../model/size-estimate.ts';
import { Declarations, findBuiltinType, parseType } from '../../sizing/index.ts';
import { measureLoad } from '../../zeek/load/measure.ts';
import { findZeek } from '../../zeek/program.ts';
import { WorkFolder } from '../../zeek/work-folder.ts';
import { type EstimateOptions, estimate, listTypes } from '../estimate.ts';

/** Of Zeek's own records, those of this version and later are known. */
const MAJOR = 8;

/** What `measure` takes, which fills a container in a real Zeek. */
export interface MeasureOptions extends Pick<EstimateOptions, 'type' | 'entries' | 'peakEntries' | 'footprint'> {
  /** A path, `docker:IMAGE` or `podman:IMAGE`, instead of `zeek` on PATH. */
  readonly zeek?: string | null | undefined;
  /** Scripts that declare the types it names. */
  readonly scripts?: readonly { readonly path: string; readonly text: string }[] | undefined;
  /** Of strings, and of containers inside; 15 and 4 if nobody says. */
  readonly shape?: { readonly stringLength: number; readonly innerEntries: number } | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * What a container of a type takes in a real Zeek that fills one, beside what the size model says of the same.
 *
 * @throws ExpectedError for a text that is no type, one that cannot be filled, and where there is no Zeek
 */
export async function measure(options: MeasureOptions): Promise<EstimateResult> {
  const { type: text, entries = null, scripts = [], shape = USUAL_SHAPE } = options;
  const { type } = parseType(text);
  if (type.kind === 'unknown') throw notAType(text);
  if (entries === null) throw estimateNeeds(text, '`entries`', 'how many there are');
  const declared = new Declarations(scripts.flatMap((script) => listTypes(script.text)));
  const lookUp = (name: string) => declared.get(name) ?? findBuiltinType(name, MAJOR);
  const meant = type.kind === 'named' ? (lookUp(type.name) ?? type) : type;
  const zeek = findZeek(options.zeek ?? null, process.env.PATH);
  const question = { ...options, characters: null, scripts: scripts.map((script) => script.text) };
  const isContainer = meant.kind === 'table' || meant.kind === 'vector';
  const guess = isContainer ? (await estimate({ ...question, zeekVersion: null })).estimate.bytes.likely : 0;
  const work = new WorkFolder(false);
  try {
    const measured = await measureLoad({
      name: text,
      type: meant,
      entries,
      shape,
      lookUp,
      zeek,
      scripts: scripts.map(({ path }) => resolve(path)),
      folder: work.path,
      expected: guess,
      env: process.env,
      signal: options.signal,
    });
    const result = await estimate({
      ...question,
      entries: measured.entries,
      peakEntries: measured.entries,
      footprint: measured.footprint,
      zeekVersion: measured.zeekVersion,
    });
    return { ...result, measured: { ...measured, shape } };
  } finally {
    work.remove();
  }
}
