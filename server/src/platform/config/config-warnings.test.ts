import { expect, test } from 'vitest';
import { configWarnings } from './config-warnings.ts';

test.each([
	['https://market.example', {}, 1],
	['https://market.example', { TRUST_PROXY: '' }, 1],
	['https://market.example', { TRUST_PROXY: '1' }, 0],
	['https://market.example', { TRUST_PROXY: '0' }, 0],
	['http://localhost:4000', {}, 0],
	['http://127.0.0.1:4000', {}, 0],
	['http://[::1]:4000', {}, 0],
	['https://localhost.example', {}, 1],
])('behavior: %s with %o gives %i warnings', (publicUrl, env, count) => {
	expect(configWarnings({ publicUrl }, env)).toHaveLength(count);
});
