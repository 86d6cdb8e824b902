/** The functions of a package with the functions that called them, for speedscope and pprof. */

import type { CallFrame, CallStack, ProfileResult } from '../../model/answers/profile.ts';
import { listFunctionNotes } from '../profile/functions.ts';
import { listHeaderLines } from '../profile/screen.ts';
import { visible, visibleName } from '../text/sanitize.ts';
import { encodePprof } from './pprof.ts';
import { writeSpeedscope } from './speedscope.ts';

/** Of one run; see `ProfileResult`. */
type Profiled = ProfileResult & { readonly functions: NonNullable<ProfileResult['functions']> };

/** One profile of processor time, and one of memory where there is any. */
export function writeFunctionsSpeedscope(result: Profiled): string {
  const samplesOf = (weight: (stack: CallStack) => number) =>
    result.functions.stacks.map((stack) => ({ stack: stack.frames.map(makeSpeedscopeFrame), weight: weight(stack) }));
  return writeSpeedscope(`Functions of ${result.packages.map((name) => visibleName(name)).join(', ')}`, [
    { name: 'processor time', unit: 'seconds', samples: samplesOf(({ cpu }) => cpu) },
    { name: 'growth of memory', unit: 'bytes', samples: samplesOf(({ memory }) => memory) },
  ]);
}

/** @returns the profile as protobuf, which files of pprof have gzipped */
export function writeFunctionsPprof(result: Profiled): Uint8Array {
  return encodePprof({
    columns: [
      { type: 'cpu', unit: 'nanoseconds' },
      { type: 'memory', unit: 'bytes' },
      { type: 'calls', unit: 'count' },
    ],
    samples: result.functions.stacks.map(({ frames, cpu, memory, calls }) => ({
      frames: frames.map(makePprofFrame),
      values: [cpu * 1e9, memory, calls],
    })),
    comments: [...listHeaderLines(result), ...listFunctionNotes(result.functions)],
    time: result.trace.last,
  });
}

function makeSpeedscopeFrame({ name, script, line }: CallFrame) {
  return {
    name: visibleName(name),
    ...(script !== null && { file: visible(script) }),
    ...(line !== null && { line }),
  };
}

function makePprofFrame({ name, script, line }: CallFrame) {
  return { name: visibleName(name), file: script === null ? '' : visible(script), line: line ?? 0 };
}
