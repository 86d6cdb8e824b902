/**
 * Compiles the reader's inner loop, which is AssemblyScript, where a module imports it as `.wasm`: for the bundle
 * (esbuild) and for the tests (vite), which thereby run the very same code.
 */

import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import asc from 'assemblyscript/asc';

const OPTIONS = ['-O3', '--runtime', 'stub', '--noAssert', '--enable', 'simd', '--memoryBase', '1024'];

/** @returns {Promise<Uint8Array>} of an AssemblyScript source, the module */
async function compile(source) {
  const { error, stderr, binary } = await compiled(source);
  if (error) throw new Error(`${source} does not compile:\n${stderr}`);
  return binary;
}

async function compiled(source) {
  let binary = new Uint8Array();
  const { error, stderr } = await asc.main(['source.ts', '--outFile', 'out.wasm', ...OPTIONS], {
    readFile: (name) => (name === 'source.ts' ? readFileSync(source, 'utf8') : null),
    writeFile: (_, content) => {
      binary = content;
    },
    listFiles: () => [],
  });
  return { error, stderr: String(stderr), binary };
}

const sourceOf = (path, folder) => resolve(folder, path.replace(/\.wasm$/, '.ts'));

/** For esbuild. */
export const assemblyForBundle = {
  name: 'assembly',
  setup(build) {
    build.onResolve({ filter: /\.wasm$/ }, ({ path, resolveDir }) => ({
      path: sourceOf(path, resolveDir),
      namespace: 'assembly',
    }));
    build.onLoad({ filter: /./, namespace: 'assembly' }, async ({ path }) => ({
      contents: await compile(path),
      loader: 'binary',
    }));
  },
};

/** For vite. */
export const assemblyForTests = {
  name: 'assembly',
  enforce: 'pre',
  resolveId: (path, importer) =>
    path.endsWith('.wasm') && importer ? `\0assembly:${sourceOf(path, dirname(importer))}` : null,
  load: async (id) =>
    id.startsWith('\0assembly:')
      ? `export default Buffer.from('${Buffer.from(await compile(id.slice('\0assembly:'.length))).toString('base64')}', 'base64');`
      : null,
};
