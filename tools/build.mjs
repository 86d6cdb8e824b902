/**
 * Bundles what users run into dist/: `my-stats --version` has to be there at once, and reading hundreds of small
 * files from node_modules is what makes it late. Only the native part of DuckDB stays outside.
 */

import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { assemblyForBundle } from './assembly.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const entries = { cli: 'src/cli/start.ts', index: 'src/app/index.ts', 'scan-worker': 'src/store/scans/scan-worker.ts' };

mkdirSync(join(root, 'dist'), { recursive: true });
// Chunks are named after their content: old ones would pile up. The types in their folder are the compiler's.
for (const entry of readdirSync(join(root, 'dist'), { withFileTypes: true })) {
  if (entry.isFile()) rmSync(join(root, 'dist', entry.name));
}
const { metafile, outputFiles } = await build({
  absWorkingDir: root,
  write: false,
  entryPoints: Object.fromEntries(Object.entries(entries).filter(([, file]) => existsSync(join(root, file)))),
  outdir: 'dist',
  bundle: true,
  splitting: true,
  format: 'esm',
  // Packages that have both: what is written as modules can be bundled without what is not used.
  mainFields: ['module', 'main'],
  platform: 'node',
  target: 'node20.19',
  chunkNames: '[name]-[hash]',
  plugins: [assemblyForBundle, evaluatedWhenCalled(['string-width'])],
  external: ['@duckdb/node-bindings*'],
  define: { MY_STATS_VERSION: JSON.stringify(version), MY_STATS_BUILD: JSON.stringify(sourceHash()) },
  // Less to read at every start; names stay, for traces of defects.
  minifyWhitespace: true,
  minifySyntax: true,
  metafile: true,
  logLevel: 'warning',
});
for (const { path, text, contents } of outputFiles) writeFileSync(path, withRequire(text) ?? contents);
const dashboard = await buildDashboard();
writeFileSync(join(root, 'dist', 'report-assets.json'), JSON.stringify(dashboard.assets));
const inputs = [...Object.keys(metafile.inputs), ...dashboard.inputs];
writeFileSync(join(root, 'dist', 'THIRD-PARTY-NOTICES.txt'), notices(inputs));

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
function withRequire(text) {
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
async function buildDashboard() {
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
function notices(inputs) {
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
