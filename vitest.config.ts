import { defineConfig } from 'vitest/config';
import { SkippedTests } from './tests/support/skipped.ts';
import { assemblyForTests } from './tools/assembly.mjs';

export default defineConfig({
  plugins: [assemblyForTests],
  test: {
    include: ['tests/**/*.test.ts'],
    globalSetup: ['tests/build.ts'],
    reporters: ['default', new SkippedTests()],
    // Whole processes are started, on machines that do other things as well.
    testTimeout: 30_000,
  },
});
