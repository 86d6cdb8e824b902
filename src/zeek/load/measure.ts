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
import { firstError, messageLine, placeOf, zeekMessages } from '../messages.ts';
import { runProcess } from '../process.ts';
import type { ZeekProgram } from '../program.ts';
import { ANSWER, loadScript } from './script.ts';
import type { LookUp, Shape } from './values.ts';

export interface LoadSpec {
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
  writeFileSync(script, loadScript(spec.name, spec.type, entries, spec.shape, spec.lookUp));
  const invocation = zeek.invoke([...scripts, script], { folder, reads: scripts, env: {} });
  const { env, signal } = spec;
  const end = await runProcess({ ...invocation, folder, env, timeout: TIMEOUT, signal });
  const answer = new RegExp(`^${ANSWER} (\\S+) (\\d+) (\\d+) (\\d+) (\\d+)$`, 'm').exec(end.stdout);
  if (answer !== null) {
    const [, version, filled, footprint, before, after] = answer;
    const grew = Number(after) - Number(before);
    return { zeekVersion: version!, entries: Number(filled), footprint: Number(footprint), grew };
  }
  const messages = zeekMessages(end.stderr);
  const error = firstError(messages) ?? messages.at(-1);
  if (end.cause === 'interrupt') throw cannotFill(spec.name, 'it was interrupted');
  if (end.cause === 'timeout') throw zeekTimedOut(formatDuration(TIMEOUT), 'while it was filled');
  const isOwn = (file: string) => scripts.includes(file);
  if (end.signal !== null)
    throw zeekCrashed(end.signal, 'while it was filled', error === undefined ? '' : messageLine(error, isOwn));
  if (error === undefined) throw zeekFailed(end.code ?? 0, 'while it was filled', '');
  throw zeekSays(placeOf(error, isOwn), error.text, 'Give the scripts that declare its types as well');
}
