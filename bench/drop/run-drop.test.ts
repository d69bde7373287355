import { expect, test } from 'vitest';
import { figuresOf } from './report.ts';
import { runDrop } from './run-drop.ts';

test('default: a small drop, some of it forged, comes out right to the unit', async () => {
	const result = await runDrop(
		{ stock: 20, buyers: 60, products: 3, forged: 10, kill: false, door: 'intents', page: false, warmUp: 20, chart: null, profile: null },
		() => undefined,
	);
	const { lost, doubled, problems } = result.verdict;
	expect({ lost, doubled, problems }).toEqual({ lost: [], doubled: [], problems: [] });
	expect(figuresOf(result)).toMatchObject({ sold: 20, refused: 40, lost: 0, doubled: 0, problems: 0, busy: 0 });
	expect(result.bare.allAnsweredMs).toBeGreaterThan(0);
	expect(result.answers.filter(({ kind }) => kind === 'promised')).toHaveLength(20);
});
