/** Expected errors of asking an engine for metrics: the part of the catalogue (`errors.ts`) about what it answers. */

import { ExpectedError } from './catalogue.ts';

/** @param url without what may be a secret, as in all of these */
export function engineUnreachable(url: string, why: string, attempts: number): ExpectedError {
  return new ExpectedError(
    'engine-unreachable',
    { file: url },
    `does not answer (${why}, ${attempts === 1 ? '1 attempt' : `${attempts} attempts`})`,
    'Check the address, and whether it can be reached from here',
  );
}

export function engineNotTrusted(url: string, why: string): ExpectedError {
  return new ExpectedError(
    'engine-not-trusted',
    { file: url },
    `its certificate is not trusted (${why})`,
    'NODE_EXTRA_CA_CERTS names a file with the certificate of who signed it',
  );
}

export function engineWantsCredentials(url: string, status: number): ExpectedError {
  return new ExpectedError(
    'engine-wants-credentials',
    { file: url },
    `does not let us ask (status ${status})`,
    'Set MY_STATS_ENGINE_TOKEN, or MY_STATS_ENGINE_USER and MY_STATS_ENGINE_PASSWORD, or the same with _FILE for files',
  );
}

export function notAnEngine(url: string, what: string): ExpectedError {
  return new ExpectedError(
    'not-an-engine',
    { file: url },
    `does not answer as Prometheus does (${what})`,
    'Give the address below which there is api/v1/query',
  );
}

/** @param why in its own words */
export function engineRefuses(url: string, why: string): ExpectedError {
  return new ExpectedError(
    'engine-refuses',
    { file: url },
    `cannot answer: ${why}`,
    'Where that is too much for it, ask for fewer nodes or a shorter span',
  );
}

export function noMetricsIn(url: string): ExpectedError {
  return new ExpectedError(
    'no-metrics',
    { file: url },
    'has no metrics of my_stats within a year',
    'docs/fleets.md says how Prometheus gets them from `my-stats serve`',
  );
}

/** @param what a question, as the subject of a sentence */
export function notInMetrics(url: string, what: string): ExpectedError {
  return new ExpectedError('not-in-metrics', { file: url }, `${what} cannot be told from metrics`, 'Ask the logs');
}

export function credentialsInAddress(): ExpectedError {
  return new ExpectedError(
    'credentials-in-address',
    {},
    'an address with a password in it is seen by everybody on this machine',
    'Set MY_STATS_ENGINE_USER and MY_STATS_ENGINE_PASSWORD instead',
  );
}

export function credentialsUnreadable(file: string, why: string): ExpectedError {
  return new ExpectedError(
    'credentials-unreadable',
    { file },
    `cannot be read as credentials (${why})`,
    'Check the variables MY_STATS_ENGINE_TOKEN_FILE and MY_STATS_ENGINE_PASSWORD_FILE',
  );
}

export function engineAmongLogs(): ExpectedError {
  return new ExpectedError(
    'engine-among-logs',
    {},
    'an engine is asked alone',
    'Give one address, or logs without addresses',
  );
}
