import type { Plugin as BundlePlugin } from 'esbuild';
import type { Plugin } from 'vite';

export const assemblyForBundle: BundlePlugin;
export const assemblyForTests: Plugin;
