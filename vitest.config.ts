import { defineConfig } from 'vitest/config';

/** Unit tests beside their sources, integration tests in the test kit; the web has its own transforms. */
export default defineConfig({
	test: {
		projects: [
			{ test: { name: 'protocol', include: ['protocol/**/*.test.ts'] } },
			{ test: { name: 'scripts', include: ['scripts/**/*.test.ts'], testTimeout: 60_000, hookTimeout: 60_000 } },
			{ test: { name: 'server', include: ['server/**/*.test.ts'], testTimeout: 60_000, hookTimeout: 120_000 } },
			{ test: { name: 'web', include: ['web/src/**/*.test.ts'] } },
			{ test: { name: 'bench', include: ['bench/**/*.test.ts'], testTimeout: 120_000, hookTimeout: 180_000 } },
			{ test: { name: 'testkit', include: ['testkit/**/*.test.ts'], testTimeout: 120_000, hookTimeout: 180_000 } },
		],
		// two workers on two cores: integration tests bring their own chain and database
		maxWorkers: 2,
	},
});
