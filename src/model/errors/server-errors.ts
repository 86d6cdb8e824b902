/** Expected errors of serving: the part of the catalogue (`errors.ts`) about addresses and questions from elsewhere. */

import { ExpectedError } from './catalogue.ts';

export function notAListenAddress(text: string): ExpectedError {
  return new ExpectedError(
    'not-a-listen-address',
    {},
    `${JSON.stringify(text)} is no address to listen on`,
    'Give HOST:PORT such as 127.0.0.1:8047, or a port',
  );
}

const REASONS: Readonly<Record<string, string>> = {
  EADDRINUSE: 'something else listens there',
  EACCES: 'this user may not',
  EADDRNOTAVAIL: 'this machine has no such address',
  ENOTFOUND: 'there is no such host',
};

export function cannotListen(address: string, code: string): ExpectedError {
  return new ExpectedError(
    'cannot-listen',
    { file: address },
    `cannot listen there: ${REASONS[code] ?? code}`,
    'Name another address with `listen`; port 0 is any that is free',
  );
}

export function notAWebhook(text: string): ExpectedError {
  return new ExpectedError(
    'not-a-webhook',
    {},
    `${JSON.stringify(text)} is no address to tell findings to`,
    'Give one that begins with https:// or http://',
  );
}

/** @param host without the rest of the address, which may be a secret */
export function notTold(host: string, why: string, attempts: number): ExpectedError {
  return new ExpectedError(
    'not-told',
    {},
    `${host} did not take the findings (${why}, ${attempts === 1 ? '1 attempt' : `${attempts} attempts`})`,
    'They are new the next time, too',
  );
}

export function badParameter(name: string, known: string): ExpectedError {
  return new ExpectedError('bad-parameter', {}, `${JSON.stringify(name)} is not known here`, `There is ${known}`);
}
