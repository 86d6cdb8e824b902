/**
 * What is published: `npm run release -- v1.2.3` puts the command as one file, the npm package, their checksums and the
 * release's notes into `release/`. It ends with 1 where one of the places that name a version names another, or where what
 * is built twice is not the same. With `--check` it only compares the versions.
 */

import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { root } from './bundling.mjs';

const {
  values: { check },
  positionals: [tag = ''],
} = parseArgs({ allowPositionals: true, options: { check: { type: 'boolean' } } });
const folder = join(root, 'release');
const read = (path) => readFileSync(join(root, path), 'utf8');
const { version } = JSON.parse(read('package.json'));
const [, date, notes = ''] =
  new RegExp(`^## \\[${version.replaceAll('.', '\\.')}\\] - (\\d{4}-\\d{2}-\\d{2})\n(.*?)(?=^## |(?![^]))`, 'ms').exec(
    read('CHANGELOG.md'),
  ) ?? [];

/** What each place says, as a tag. */
const SAID = [
  ['the tag', tag],
  ['package-lock.json', `v${JSON.parse(read('package-lock.json')).version}`],
  ['zkg.meta', `v${/^version = (.*)$/m.exec(read('zkg.meta'))?.[1]}`],
  ['CHANGELOG.md', date === undefined ? 'no dated section of it' : `v${version}`],
  ...[...read('docs/ci.md').matchAll(/(?:my_stats@|rev: )(v\S+)/g)].map(([, said]) => ['docs/ci.md', said]),
];
const wrong = SAID.filter(([, said]) => said !== `v${version}`);
for (const [place, said] of wrong)
  console.error(`package.json has version ${version}, ${place} has ${said || 'none'}.`);
if (wrong.length > 0) process.exit(1);
if (check) process.exit();

const first = build();
const second = build();
if (JSON.stringify(first) !== JSON.stringify(second)) {
  console.error(`What is built twice is not the same: ${JSON.stringify([first, second])}`);
  process.exit(1);
}
writeFileSync(join(folder, 'SHA256SUMS'), first.map(([name, hash]) => `${hash}  ${name}\n`).join(''));
writeFileSync(join(folder, 'notes.md'), `${notes.trim()}\n`);
for (const [name, hash] of first) console.log(`${hash}  ${name}`);

/** @returns {[string, string][]} every file that is published, with its SHA-256 */
function build() {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder);
  const run = (command, ...args) => execFileSync(command, args, { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] });
  run('npm', 'pack', '--loglevel=error', '--pack-destination', folder);
  run(process.execPath, 'tools/build-single.mjs');
  return readdirSync(folder)
    .sort()
    .map((name) => [
      name,
      createHash('sha256')
        .update(readFileSync(join(folder, name)))
        .digest('hex'),
    ]);
}
