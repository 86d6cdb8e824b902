/** Expected errors of serving: the part of the catalogue about addresses and questions from elsewhere. */

import { defineError } from './catalogue.ts';

export const notAListenAddress = defineError('not-a-listen-address', (text: string) => ({
  what: `${JSON.stringify(text)} is no address to listen on`,
  cure: 'Give HOST:PORT such as 127.0.0.1:8047, or a port',
}));

const REASONS: Readonly<Record<string, string>> = {
  EADDRINUSE: 'something else listens there',
  EACCES: 'this user may not',
  EADDRNOTAVAIL: 'this machine has no such address',
  ENOTFOUND: 'there is no such host',
};

export const cannotListen = defineError('cannot-listen', (address: string, code: string) => ({
  file: address,
  what: `cannot listen there: ${REASONS[code] ?? code}`,
  cure: 'Name another address with `listen`; port 0 is any that is free',
}));

export const notAWebhook = defineError('not-a-webhook', (text: string) => ({
  what: `${JSON.stringify(text)} is no address to tell findings to`,
  cure: 'Give one that begins with https:// or http://',
}));

/** @param host without the rest of the address, which may be a secret */
export const notTold = defineError('not-told', (host: string, why: string, attempts: number) => ({
  what: `${host} did not take the findings (${why}, ${attempts === 1 ? '1 attempt' : `${attempts} attempts`})`,
  cure: 'They are new the next time, too',
}));

export const badParameter = defineError('bad-parameter', (name: string, known: string) => ({
  what: `${JSON.stringify(name)} is not known here`,
  cure: `There is ${known}`,
}));
