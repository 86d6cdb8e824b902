/** What the bundles of a release have in common: `build.mjs` makes the package's, `build-single.mjs` the one file. */

import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { assemblyForBundle } from './assembly.mjs';

export const root = fileURLToPath(new URL('..', import.meta.url));
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

/** For a program that Node runs, with the native part of DuckDB outside. */
export const PROGRAM = {
  absWorkingDir: root,
  write: false,
  bundle: true,
  format: 'esm',
  // Packages that have both: what is written as modules can be bundled without what is not used.
  mainFields: ['module', 'main'],
  platform: 'node',
  target: 'node20.19',
  plugins: [assemblyForBundle, evaluatedWhenCalled(['string-width'])],
  external: ['@duckdb/node-bindings*'],
  define: { MY_STATS_VERSION: JSON.stringify(version), MY_STATS_BUILD: JSON.stringify(sourceHash()) },
  // Less to fetch, and to read at every start.
  minify: true,
  metafile: true,
  logLevel: 'warning',
};

/** Of all that decides what is found in logs: what another build kept is not used. */
function sourceHash() {
  const hash = createHash('sha256');
  const files = readdirSync(join(root, 'src'), { recursive: true, withFileTypes: true });
  for (const { name, parentPath } of files.filter((entry) => entry.isFile()))
    hash.update(name).update(readFileSync(join(parentPath, name)));
  return hash.digest('hex').slice(0, 16);
}

/**
 * Packages written for CommonJS ask for Node's own modules with require, which modules do not have. Each one that is
 * made takes time at every start, so only files that use one get it.
 *
 * @returns {string | null} null where the file needs none
 */
export function withRequire(text) {
  if (!/\brequire\b/.test(text)) return null;
  return `import { createRequire as requireFor } from 'node:module'; const require = requireFor(import.meta.url);\n${text}`;
}

/**
 * Packages with one function, which hardly any run calls and whose module takes long to evaluate (string-width: 15 ms
 * for a segmenter that names in ASCII do not need): evaluated at the first call.
 */
function evaluatedWhenCalled(packages) {
  const filter = new RegExp(`^(${packages.join('|')})$`);
  return {
    name: 'evaluated-when-called',
    setup(build) {
      build.onResolve({ filter }, ({ path, kind }) =>
        kind === 'import-statement' ? { path, namespace: 'evaluated-when-called' } : null,
      );
      build.onLoad({ filter: /./, namespace: 'evaluated-when-called' }, ({ path }) => ({
        contents: `let call; export default (...values) => (call ??= require(${JSON.stringify(path)}).default)(...values);`,
        resolveDir: root,
      }));
    },
  };
}

/**
 * What `report` puts into its pages: program and style in one piece each, and the hashes by which the page's policy
 * allows them and nothing else.
 */
export async function buildDashboard() {
  const { outputFiles, metafile } = await build({
    absWorkingDir: root,
    entryPoints: ['src/dashboard/main.ts', 'src/dashboard/style.css'],
    outdir: 'dist',
    write: false,
    bundle: true,
    minify: true,
    format: 'iife',
    platform: 'browser',
    target: ['chrome110', 'firefox115', 'safari16'],
    legalComments: 'none',
    metafile: true,
    logLevel: 'warning',
  });
  const text = (end) => outputFiles.find(({ path }) => path.endsWith(end)).text.trim();
  const [script, style] = [text('.js'), text('.css')];
  if (/<\/(script|style)/i.test(script + style)) throw new Error('the dashboard would end the element it stands in');
  const hash = (content) => `sha256-${createHash('sha256').update(content).digest('base64')}`;
  const inputs = Object.keys(metafile.inputs);
  const assets = { script, style, scriptHash: hash(script), styleHash: hash(style), licences: notices(inputs) };
  return { assets, inputs };
}

/** The licences of all packages whose code is in the bundle. */
export function notices(inputs) {
  const folders = new Set(inputs.flatMap((input) => input.match(/^.*node_modules\/(?:@[^/]+\/)?[^/]+/) ?? []));
  const parts = [...folders].sort().map((folder) => {
    const { name, version, license } = JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8'));
    const file = ['LICENSE', 'LICENSE.md', 'license', 'LICENCE', 'LICENSE.txt']
      .map((candidate) => join(root, folder, candidate))
      .find(existsSync);
    const text = file === undefined ? `Licence: ${license}` : readFileSync(file, 'utf8').trim();
    return `${name} ${version}\n\n${text}\n`;
  });
  return `my-stats contains code of these packages.\n\n${parts.join(`\n${'-'.repeat(80)}\n\n`)}`;
}
