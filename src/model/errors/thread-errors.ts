/** Errors on their way from one thread to another, on which they would lose their class. */

import { ExpectedError } from './catalogue.ts';
import { translateError } from './system-errors.ts';

export type ToldError =
  | {
      readonly kind: 'expected';
      readonly code: string;
      readonly place: ExpectedError['place'];
      readonly what: string;
      readonly cure: string;
    }
  | { readonly kind: 'defect'; readonly message: string; readonly stack: string };

export function tellError(error: unknown): ToldError {
  const expected = translateError(error);
  if (expected !== null) {
    const { code, place, message, cure } = expected;
    return { kind: 'expected', code, place, what: message, cure };
  }
  const { message, stack = '' } = error as Error;
  return { kind: 'defect', message, stack };
}

export function readError(told: ToldError): Error {
  if (told.kind === 'expected') return new ExpectedError(told.code, told.place, told.what, told.cure);
  return Object.assign(new Error(told.message), { stack: told.stack });
}
