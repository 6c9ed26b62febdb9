import { defineConfig } from 'vitest/config';

/** Where the totals of a run go as JSON; the continuous integration adds them up. */
const totals = process.env['TEST_TOTALS'];

export default defineConfig({
  test: {
    reporters: totals ? ['default', 'json'] : ['default'],
    ...(totals ? { outputFile: { json: totals } } : {}),
    testTimeout: 30_000,
    projects: [
      { extends: true, test: { name: 'suite', include: ['tests/**/*.test.ts'], exclude: ['tests/e2e/**', 'tests/fixtures/**'] } },
      { extends: true, test: { name: 'full', include: ['tests/e2e/**/*.test.ts'], testTimeout: 600_000, hookTimeout: 600_000, fileParallelism: false } },
    ],
  },
});
