/** Leaves, of the declarations that the compiler wrote, those that the public API leads to. */

import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { root } from './bundling.mjs';

const types = join(root, 'dist', 'types');
const needed = new Set();
const waiting = [join(types, 'app', 'index.d.ts')];
while (waiting.length > 0) {
  const file = waiting.pop();
  if (needed.has(file)) continue;
  needed.add(file);
  for (const [, path] of readFileSync(file, 'utf8').matchAll(/(?:from |import\()['"](\.[^'"]+)['"]/g))
    waiting.push(resolve(dirname(file), path.replace(/\.[tj]s$/, '.d.ts')));
}
for (const entry of readdirSync(types, { recursive: true, withFileTypes: true })) {
  const file = join(entry.parentPath, entry.name);
  if (entry.isFile() && !needed.has(file)) rmSync(file);
}
