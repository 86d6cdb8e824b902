/** Puts the declarations that the public API leads to into one file, dist/index.d.ts: apart they are a tenth of the package. */

import { join } from 'node:path';
import { rollup } from 'rollup';
import { dts } from 'rollup-plugin-dts';
import { root } from './bundling.mjs';

const bundle = await rollup({
  input: join(root, 'src/app/index.ts'),
  plugins: [dts({ tsconfig: join(root, 'tsconfig.json') })],
  external: /node_modules|^node:/,
});
await bundle.write({ file: join(root, 'dist/index.d.ts'), format: 'es' });
