/** Errors that are made elsewhere: by the system, and in another thread. */

import { cannotWrite, ExpectedError, systemLimit, unreadablePath } from './catalogue.ts';

/**
 * What the machine or its limits refuse anywhere in the program, as something that users can do something about; one of the
 * catalogue as it is; null for all else.
 */
export function translateError(error: unknown): ExpectedError | null {
  if (error instanceof ExpectedError) return error;
  if (!(error instanceof Error)) return null;
  const { code = '', path, syscall } = error as Partial<Record<'code' | 'path' | 'syscall', string>>;
  if (syscall === 'mkdtemp' && path !== undefined)
    return cannotWrite(path.replace(/[^/]*$/, ''), 'temporary files go there; TMPDIR names another folder');
  if (syscall === 'uv_cwd')
    return systemLimit('the folder this was started in is gone', 'Start it in another one: cd /');
  if (code === 'EMFILE' || code === 'ENFILE')
    return systemLimit('the system does not let this process open enough files', 'Raise the limit: ulimit -n 1024');
  if (code === 'EAGAIN' && syscall?.startsWith('spawn'))
    return systemLimit('no further process can be started', 'Raise the limit: ulimit -u unlimited');
  if (code === 'ENOMEM' || code === 'ERR_WORKER_OUT_OF_MEMORY' || /out of memory|allocat/i.test(error.message))
    return systemLimit('there is not enough memory', 'Give fewer logs, or raise the limit: ulimit -v unlimited');
  return path !== undefined && /^E[A-Z]+$/.test(code) ? unreadablePath(path, code) : null;
}

/** An error on its way from one thread to another, on which it would lose its class. */
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
