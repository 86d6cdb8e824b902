/** What a container of a type takes in a real Zeek: fills two, and runs once more with none to tell what that takes. */

import { writeFileSync } from 'node:fs';
import { freemem } from 'node:os';
import { join } from 'node:path';
import {
  cannotFill,
  tooLargeToFill,
  zeekCrashed,
  zeekFailed,
  zeekSays,
  zeekTimedOut,
} from '../../model/errors/zeek-errors.ts';
import type { MeasuredSize } from '../../model/size-estimate.ts';
import { formatDuration } from '../../model/time.ts';
import type { ZeekType } from '../../model/zeek-type.ts';
import { findFirstError, parseMessages, placeOf, writeMessageLine } from '../messages.ts';
import { runProcess } from '../process.ts';
import type { ZeekProgram } from '../program.ts';
import { type LookUp, type Shape, ValueMaker } from './values.ts';

interface LoadSpec {
  /** As it was given, for messages. */
  readonly name: string;
  readonly type: ZeekType;
  readonly entries: number;
  readonly shape: Shape;
  readonly lookUp: LookUp;
  /** Scripts that declare types, absolute. */
  readonly scripts: readonly string[];
  readonly zeek: ZeekProgram;
  readonly folder: string;
  /** Bytes one may take: two that need more than there is free of are not tried. */
  readonly expected: number;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly signal?: AbortSignal | undefined;
}

/** Seconds: some millions of entries take less. */
const TIMEOUT = 900;
/** Of the memory that is free, a filled container may take no more. */
const MOST_OF_FREE = 0.6;
/** Bytes either way: five types with 200,000 entries came within 0.2 MB of the allocator's own figures. */
const NOISE = 300_000;

/** @throws ExpectedError where the type cannot be filled, where there is not enough memory, and for what Zeek says */
export async function measureLoad(spec: LoadSpec): Promise<MeasuredSize> {
  const free = freemem();
  if (2 * spec.expected > free * MOST_OF_FREE) throw tooLargeToFill(2 * spec.expected, free);
  const filled = await runOnce(spec, spec.entries);
  const empty = await runOnce(spec, 0);
  const bytes = Math.max(0, filled.grew - empty.grew);
  return { ...filled, bytes, error: NOISE + Math.abs(empty.grew) };
}

interface Run extends Omit<MeasuredSize, 'bytes' | 'error'> {
  readonly grew: number;
}

async function runOnce(spec: LoadSpec, entries: number): Promise<Run> {
  const { folder, scripts, zeek } = spec;
  const script = join(folder, `fill-${entries}.zeek`);
  writeFileSync(script, writeLoadScript(spec.name, spec.type, entries, spec.shape, spec.lookUp));
  const invocation = zeek.invoke([...scripts, script], { folder, reads: scripts, env: {} });
  const { env, signal } = spec;
  const end = await runProcess({ ...invocation, folder, env, timeout: TIMEOUT, signal });
  const answer = new RegExp(`^${ANSWER} (\\S+) (\\d+) (\\d+) (\\d+) (\\d+)$`, 'm').exec(end.stdout);
  if (answer !== null) {
    const [, version, filled, footprint, before, after] = answer;
    const grew = Number(after) - Number(before);
    return { zeekVersion: version!, entries: Number(filled), footprint: Number(footprint), grew };
  }
  const messages = parseMessages(end.stderr);
  const error = findFirstError(messages) ?? messages.at(-1);
  if (end.cause === 'interrupt') throw cannotFill(spec.name, 'it was interrupted');
  if (end.cause === 'timeout') throw zeekTimedOut(formatDuration(TIMEOUT), 'while it was filled');
  const isOwn = (file: string) => scripts.includes(file);
  if (end.signal !== null)
    throw zeekCrashed(end.signal, 'while it was filled', error === undefined ? '' : writeMessageLine(error, isOwn));
  if (error === undefined) throw zeekFailed(end.code ?? 0, 'while it was filled', '');
  throw zeekSays(placeOf(error, isOwn), error.text, 'Give the scripts that declare its types as well');
}

/** What it prints is this word, and then the version, entries, footprint, and memory before and after. */
const ANSWER = 'my_stats_load';

/** Strings, of 64 bytes each besides the table's slots: three times what a Zeek was seen to have free. */
const BALLAST = 350_000;

/**
 * @param name the type as it was given, for messages
 * @throws ExpectedError for types of which no values can be made
 */
function writeLoadScript(name: string, type: ZeekType, entries: number, shape: Shape, lookUp: LookUp): string {
  const maker = new ValueMaker(name, shape, lookUp);
  const { declaration, fill } = writeFilling(name, type, maker);
  const first = (text: string) => text.replaceAll('loaded', 'first_one');
  return `# Written by my-stats estimate.
@load base/frameworks/telemetry

function make_port(i: count): port
\t{
\tlocal number = i % 65536;
\tlocal protocol = (i / 65536) % 3;
\treturn protocol == 0 ? count_to_port(number, tcp) : (protocol == 1 ? count_to_port(number, udp) : count_to_port(number, icmp));
\t}

${maker.declarations.join('\n')}
${declaration}
${first(declaration)}

# Resident memory now, from Zeek 7.2; before, the most it ever was. 7.0 has the metric, but answers 0.
function memory(): count
\t{
@ifdef ( Telemetry::__collect_metrics )
\tlocal metrics = Telemetry::__collect_metrics("process", "resident_memory");

\tfor ( i in metrics )
\t\t{
\t\tlocal now = double_to_count((metrics[i] as Telemetry::Metric)$value);

\t\tif ( now > 0 )
\t\t\treturn now;
\t\t}
@endif

\treturn get_proc_stats()$mem;
\t}

# What the heap has free when Zeek has started would be used first, and not show as growth.
global ballast: set[string];

# The first one takes what only the first takes; the second one is measured.
event zeek_init()
\t{
\tlocal i = 0;

\twhile ( i < ${BALLAST} )
\t\t{
\t\tadd ballast[cat(i)];
\t\t++i;
\t\t}

\tlocal n = ${entries};
\ti = 0;
${first(fill)}
\t# The first look takes memory of its own.
\tmemory();
\tlocal before = memory();
\ti = 0;
${fill}
\tlocal after = memory();
\tprint fmt("${ANSWER} %s %d %d %d %d", zeek_version(), |loaded|, val_footprint(loaded), before, after);
\tterminate();
\t}
`;
}

function writeFilling(name: string, type: ZeekType, maker: ValueMaker): { declaration: string; fill: string } {
  const loop = (step: string) => `\n\twhile ( i < n )\n\t\t{\n\t\t${step}\n\t\t++i;\n\t\t}\n`;
  if (type.kind === 'table') {
    if (type.keys.length === 0) throw cannotFill(name, 'the type of its keys is not said');
    const keys = type.keys.map((key) => maker.make(key));
    const key = keys.map(({ value }) => value('i')).join(', ');
    const keyTypes = keys.map((made) => made.type).join(', ');
    if (type.value === null)
      return { declaration: `global loaded: set[${keyTypes}];`, fill: loop(`add loaded[${key}];`) };
    const value = maker.make(type.value);
    return {
      declaration: `global loaded: table[${keyTypes}] of ${value.type};`,
      fill: loop(`loaded[${key}] = ${value.value('i')};`),
    };
  }
  if (type.kind === 'vector') {
    const element = maker.make(type.element);
    return {
      declaration: `global loaded: vector of ${element.type};`,
      fill: loop(`loaded[i] = ${element.value('i')};`),
    };
  }
  throw cannotFill(name, 'only tables, sets and vectors are filled');
}
