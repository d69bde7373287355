import { expect, test } from 'vitest';
import { localMoment, momentOf, moved, problemsOfShow, type ShowDraft, showOf, usualMoment } from './show-draft.ts';

const NOW = 1_900_000_000;
const draft = (change: Partial<ShowDraft> = {}): ShowDraft => ({
	title: { en: ' Tea tonight ' },
	cover: null,
	when: localMoment(NOW + 3600),
	bag: [],
	...change,
});

test('default: a title and a time are enough', () => {
	expect(problemsOfShow(draft(), NOW)).toEqual({ title: null, when: null });
	expect(showOf(draft())).toEqual({ title: { en: 'Tea tonight' }, cover: null, scheduledAt: Math.floor((NOW + 3600) / 60) * 60 });
});

test.each([
	[{ title: {} }, { title: 'missing' }],
	[{ title: { en: '  ' } }, { title: 'missing' }],
	[{ title: { 'zh-CN': '茶'.repeat(81) } }, { title: 'long' }],
	[{ when: '' }, { when: 'missing' }],
	[{ when: 'soon' }, { when: 'missing' }],
	[{ when: localMoment(NOW - 600) }, { when: 'past' }],
])('error: %j', (change, expected) => {
	expect(problemsOfShow(draft(change), NOW)).toMatchObject(expected);
});

test('behavior: a moment survives its field', () => {
	const whole = Math.floor(NOW / 60) * 60;
	expect(momentOf(localMoment(whole))).toBe(whole);
});

test('behavior: the usual moment is a full hour, and not at once', () => {
	expect(usualMoment(7200)).toBe(10_800);
	expect(usualMoment(9001)).toBe(14_400);
});

test.each([
	[0, 2, ['b', 'c', 'a']],
	[2, 0, ['c', 'a', 'b']],
	[1, 9, ['a', 'c', 'b']],
	[7, 0, ['a', 'b', 'c']],
])('behavior: from %s to %s', (from, to, expected) => {
	expect(moved(['a', 'b', 'c'], from, to)).toEqual(expected);
});
