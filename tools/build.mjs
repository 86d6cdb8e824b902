/**
 * Bundles what users run into dist/: `my-stats --version` has to be there at once, and reading hundreds of small
 * files from node_modules is what makes it late. Only the native part of DuckDB stays outside.
 */

import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { buildDashboard, notices, PROGRAM, root, withRequire } from './bundling.mjs';

const entries = {
  cli: 'src/cli/start.ts',
  index: 'src/app/index.ts',
  'scan-worker': 'src/store/scans/scan-worker.ts',
  'answer-worker': 'src/cli/answer-worker.ts',
};

mkdirSync(join(root, 'dist'), { recursive: true });
// Chunks are named after their content: old ones would pile up. The declarations are written by bundle-types.mjs.
for (const name of readdirSync(join(root, 'dist'))) {
  if (!name.endsWith('.d.ts')) rmSync(join(root, 'dist', name), { recursive: true });
}
const { metafile, outputFiles } = await build({
  ...PROGRAM,
  entryPoints: Object.fromEntries(Object.entries(entries).filter(([, file]) => existsSync(join(root, file)))),
  external: [...PROGRAM.external, '@duckdb/node-api'],
  outdir: 'dist',
  splitting: true,
  chunkNames: '[name]-[hash]',
});
for (const { path, text, contents } of outputFiles) writeFileSync(path, withRequire(text) ?? contents);
const dashboard = await buildDashboard();
writeFileSync(join(root, 'dist', 'report-assets.json'), JSON.stringify(dashboard.assets));
writeFileSync(
  join(root, 'dist', 'THIRD-PARTY-NOTICES.txt'),
  notices([...Object.keys(metafile.inputs), ...dashboard.inputs]),
);
