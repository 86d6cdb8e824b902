/**
 * A long search for bytes that a reader or a decompressor cannot bear.
 *
 * `node bench/fuzz.mjs [SECONDS]` gives each target so long (600 unless said). What is found is made small and saved in
 * `fixtures/fuzz`, from where `npm test` tries it again and again. No coverage guides it: Jazzer.js 4.0, the one maintained
 * fuzzer for Node that is guided, is built for glibc 2.38, which Debian 12 does not have, and does not see ES modules.
 */

import { spawnSync } from 'node:child_process';

const [seconds = '600'] = process.argv.slice(2);
const { status } = spawnSync('npx', ['vitest', 'run', 'tests/fuzz'], {
  stdio: 'inherit',
  env: { ...process.env, FUZZ_SECONDS: seconds },
});
process.exitCode = status ?? 1;
