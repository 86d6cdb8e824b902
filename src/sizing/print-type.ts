/** A type tree in Zeek's words: what `parseType` reads back to the same tree. */

import type { ZeekType } from '../model/zeek-type.ts';

export function printType(type: ZeekType): string {
  switch (type.kind) {
    case 'scalar':
      return type.enumName === null ? type.name : `enum ${type.enumName}`;
    case 'table': {
      const keys = type.keys.length === 0 ? '()' : `[${type.keys.map(printType).join(',')}]`;
      return type.value === null ? `set${keys}` : `table${keys}${printOf(type.value)}`;
    }
    case 'vector':
      return type.element.kind === 'unknown' ? 'vector()' : `vector of ${printType(type.element)}`;
    case 'list':
      return `list of ${type.of.map(printType).join(',')}`;
    case 'record': {
      const fields = type.fields.map(({ name, type, optional }) => {
        return `${name}: ${printType(type)}${optional ? ' &optional' : ''}; `;
      });
      return `record { ${fields.join('')}}`;
    }
    case 'named':
      return type.isRecord ? `record ${type.name}` : type.name;
    case 'function':
      return type.flavor;
    case 'opaque':
      return type.of === null ? 'opaque' : `opaque of ${type.of}`;
    case 'unknown':
      return type.text === '' ? '?' : type.text;
    default:
      return type.kind;
  }
}

function printOf(value: ZeekType): string {
  return value.kind === 'unknown' ? '' : ` of ${printType(value)}`;
}
