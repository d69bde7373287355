import { expect, test } from 'vitest';
import { newMessageId, openOutbox } from './outbox.ts';

function memory() {
	const values = new Map<string, string>();
	return {
		getItem: (key: string) => values.get(key) ?? null,
		setItem: (key: string, value: string) => void values.set(key, value),
		removeItem: (key: string) => void values.delete(key),
		values,
	};
}
const message = (text: string) => ({ id: newMessageId(), locale: 'en' as const, text, picture: null, card: null });

test('default: kept in order until acknowledged, per account and conversation', () => {
	const store = memory();
	const [first, second] = [message('1'), message('2')];
	const box = openOutbox(store, '0xAB', 'c1');
	box.add(first);
	box.add(second);
	box.add(second);
	expect(openOutbox(store, '0xab', 'c1').read()).toEqual([first, second]);
	expect(openOutbox(store, '0xab', 'c2').read()).toEqual([]);
	box.remove(first.id);
	expect(box.read()).toEqual([second]);
	box.remove(second.id);
	expect(store.values.size).toBe(0);
});

test('behavior: broken contents and a full store are no reason to fail', () => {
	const store = memory();
	store.setItem('kaishi.outbox.0xab.c', '{not json');
	expect(openOutbox(store, '0xab', 'c').read()).toEqual([]);
	const full = {
		...store,
		setItem: () => {
			throw new DOMException('full', 'QuotaExceededError');
		},
	};
	expect(() => openOutbox(full, '0xab', 'c').add(message('x'))).not.toThrow();
});
