/** Who we are to an engine: from the environment or files, since everybody on a machine sees its command lines. */

import { readFileSync } from 'node:fs';
import { credentialsUnreadable } from '../model/errors/engine-errors.ts';

const PREFIX = 'MY_STATS_ENGINE_';

/**
 * Headers of a request.
 *
 * @throws ExpectedError for a file that cannot be read
 */
export function makeCredentialHeaders(env: Readonly<Record<string, string | undefined>>): Record<string, string> {
  const { [`${PREFIX}USER`]: user = null, [`${PREFIX}TENANT`]: tenant = null } = env;
  const token = readSecret(env, 'TOKEN');
  const password = readSecret(env, 'PASSWORD');
  return {
    ...(token !== null && { Authorization: `Bearer ${token}` }),
    ...(token === null &&
      user !== null && { Authorization: `Basic ${Buffer.from(`${user}:${password ?? ''}`).toString('base64')}` }),
    // How Mimir, Cortex and others tell their users apart.
    ...(tenant !== null && { 'X-Scope-OrgID': tenant }),
  };
}

function readSecret(env: Readonly<Record<string, string | undefined>>, name: string): string | null {
  const value = env[`${PREFIX}${name}`];
  if (value !== undefined) return value;
  const file = env[`${PREFIX}${name}_FILE`];
  if (file === undefined) return null;
  try {
    return readFileSync(file, 'utf8').trim();
  } catch (error) {
    throw credentialsUnreadable(file, (error as NodeJS.ErrnoException).code ?? String(error));
  }
}
