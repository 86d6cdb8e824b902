/** From Zeek's types, entries and object counts to bytes. */

export { findBuiltinType } from './builtin-types.ts';
export { Declarations } from './declarations.ts';
export { parseType } from './parse-type.ts';
export { printType } from './print-type.ts';
export { SizeModel } from './size-model.ts';
export { countPatternStates } from './text-size.ts';
