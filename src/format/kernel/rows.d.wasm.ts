/** `rows.ts` beside it, compiled by `tools/assembly.mjs`. */
declare const code: Uint8Array<ArrayBuffer>;
export default code;
