import { expect, test } from 'vitest';
import { drawChart } from './chart.ts';

test('default: every event is a step, and names and counts stand beside the lines', () => {
	const svg = drawChart({
		title: 'Many & few',
		subtitle: 'by when',
		series: [
			{ name: 'receipts', color: 'receipts', times: [10, 20] },
			{ name: 'sold out', color: 'refusals', times: [15, 25, 95] },
		],
	});
	expect(svg).toContain('Many &#38; few');
	expect(svg).toContain('2 receipts');
	expect(svg).toContain('3 sold out');
	expect(svg.match(/<path class="receipts"[^>]*d="M[^"]*"/)?.[0].match(/V/g)).toHaveLength(2);
});

test('behavior: nothing happened is drawn too', () => {
	expect(drawChart({ title: 'a', subtitle: 'b', series: [{ name: 'none', color: 'receipts', times: [] }] })).toContain('0 none');
});
