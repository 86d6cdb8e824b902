/** Expected errors of asking an engine for metrics: the part of the catalogue about what it answers. */

import { defineError } from './catalogue.ts';

/** @param url without what may be a secret, as in all of these */
export const engineUnreachable = defineError('engine-unreachable', (url: string, why: string, attempts: number) => ({
  file: url,
  what: `does not answer (${why}, ${attempts === 1 ? '1 attempt' : `${attempts} attempts`})`,
  cure: 'Check the address, and whether it can be reached from here',
}));

export const engineNotTrusted = defineError('engine-not-trusted', (url: string, why: string) => ({
  file: url,
  what: `its certificate is not trusted (${why})`,
  cure: 'NODE_EXTRA_CA_CERTS names a file with the certificate of who signed it',
}));

export const engineWantsCredentials = defineError('engine-wants-credentials', (url: string, status: number) => ({
  file: url,
  what: `does not let us ask (status ${status})`,
  cure: 'Set MY_STATS_ENGINE_TOKEN, or MY_STATS_ENGINE_USER and MY_STATS_ENGINE_PASSWORD, or the same with _FILE for files',
}));

export const notAnEngine = defineError('not-an-engine', (url: string, what: string) => ({
  file: url,
  what: `does not answer as Prometheus does (${what})`,
  cure: 'Give the address below which there is api/v1/query',
}));

/** @param why in its own words */
export const engineRefuses = defineError('engine-refuses', (url: string, why: string) => ({
  file: url,
  what: `cannot answer: ${why}`,
  cure: 'Where that is too much for it, ask for fewer nodes or a shorter span',
}));

export const noMetricsIn = defineError('no-metrics', (url: string) => ({
  file: url,
  what: 'has no metrics of my_stats within a year',
  cure: 'docs/fleets.md says how Prometheus gets them from `my-stats serve`',
}));

/** @param what a question, as the subject of a sentence */
export const notInMetrics = defineError('not-in-metrics', (url: string, what: string) => ({
  file: url,
  what: `${what} cannot be told from metrics`,
  cure: 'Ask the logs',
}));

export const credentialsInAddress = defineError('credentials-in-address', () => ({
  what: 'an address with a password in it is seen by everybody on this machine',
  cure: 'Set MY_STATS_ENGINE_USER and MY_STATS_ENGINE_PASSWORD instead',
}));

export const credentialsUnreadable = defineError('credentials-unreadable', (file: string, why: string) => ({
  file,
  what: `cannot be read as credentials (${why})`,
  cure: 'Check the variables MY_STATS_ENGINE_TOKEN_FILE and MY_STATS_ENGINE_PASSWORD_FILE',
}));

export const engineAmongLogs = defineError('engine-among-logs', () => ({
  what: 'an engine is asked alone',
  cure: 'Give one address, or logs without addresses',
}));
