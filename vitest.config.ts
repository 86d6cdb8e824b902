import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['tests/**/*.test.ts'],
    globalSetup: ['tests/build.ts'],
    // Whole processes are started, on machines that do other things as well.
    testTimeout: 30_000,
  },
});
