/**
 * Bundles the command into one file, `release/my-stats.mjs`, which any Node that is new enough runs without anything beside
 * it: pages, collector, threads and licences are in it. DuckDB, which is native, is asked for where it is needed.
 */

import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { buildDashboard, notices, PROGRAM, root } from './bundling.mjs';

/** Asked for when `sql` is, not when the program starts. */
const duckdbWhenNeeded = {
  name: 'duckdb-when-needed',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^@duckdb\/node-bindings$/ }, ({ path, kind }) =>
      kind === 'import-statement' ? { path, namespace: 'when-needed' } : null,
    );
    onLoad({ filter: /./, namespace: 'when-needed' }, ({ path }) => ({
      contents: `module.exports = require(${JSON.stringify(path)});`,
    }));
  },
};

/** Threads are started with the file as well; those that read are given nothing. */
const START = `
  import { isMainThread, workerData } from 'node:worker_threads';
  if (isMainThread) await (await import('./src/cli/start.ts')).main();
  else if (workerData === null) await import('./src/store/scans/scan-worker.ts');
  else await import('./src/cli/answer-worker.ts');
`;

/** Scripts that Zeek is given, by their path in the repository. */
const scripts = ['scripts', 'drivers'].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ name, parentPath }) => join(parentPath, name))
    .sort()
    .map((path) => [path.slice(root.length), readFileSync(path, 'utf8')]),
);
const dashboard = await buildDashboard();
const { metafile, outputFiles } = await build({
  ...PROGRAM,
  stdin: { contents: START, resolveDir: root },
  outfile: 'release/my-stats.mjs',
  plugins: [...PROGRAM.plugins, duckdbWhenNeeded],
  define: {
    ...PROGRAM.define,
    MY_STATS_WORKER: JSON.stringify(''),
    MY_STATS_ASSETS: JSON.stringify(dashboard.assets),
    MY_STATS_SCRIPTS: JSON.stringify(scripts),
  },
});
const require =
  "import { createRequire as requireFor } from 'node:module'; const require = requireFor(import.meta.url);";
const licences = [
  readFileSync(join(root, 'LICENSE'), 'utf8'),
  notices([...Object.keys(metafile.inputs), ...dashboard.inputs]),
];
mkdirSync(join(root, 'release'), { recursive: true });
writeFileSync(
  join(root, 'release', 'my-stats.mjs'),
  `#!/usr/bin/env node\n${require}\n${outputFiles[0].text}\n/*\n${licences.join('\n\n').replaceAll('*/', '* /')}\n*/\n`,
  { mode: 0o755 },
);
