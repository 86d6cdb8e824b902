/**
 * Builds where the program is installed from its repository, as the hook of pre-commit is: npm runs this then, and
 * nothing else. Where it was built before, there is nothing to do.
 */

import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const npm = (...args) => execFileSync('npm', args, { cwd: root, stdio: ['ignore', 2, 2] });

if (!existsSync(join(root, 'dist/cli.js'))) {
  // Of what is installed globally from git, npm leaves out what building takes.
  if (!existsSync(join(root, 'node_modules/esbuild')))
    npm('install', '--global=false', '--include=dev', '--ignore-scripts', '--no-save', '--loglevel=error');
  npm('run', 'build');
}
