/** From Zeek's types, entries and object counts to bytes. */

export { parseType } from './parse-type.ts';
export { printType } from './print-type.ts';
export { SizeModel } from './size-model.ts';
