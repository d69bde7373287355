import { toCanonicalBytes } from '@kaishi/protocol/platform/canonical-json';
import { contentIdOf } from '@kaishi/protocol/platform/content-id';
import { categories, listingContent, MAX_CONTENT_BYTES, shopProfile, slug } from '@kaishi/protocol/shop';
import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import { drawScene } from '../drawing/scene.ts';
import { drawBanner, drawLogo } from '../drawing/shopfront.ts';
import { tones } from '../drawing/tones.ts';
import { personaOf } from '../personas.ts';
import { contentOf } from '../stock-shop.ts';
import { both } from './goods.ts';
import { shops } from './shops.ts';

const cid = contentIdOf(new Uint8Array([1]));
const pictures = [1, 2].map(() => ({ cid, width: 960, height: 960 }));
const goods = shops.flatMap((shop) => shop.goods.map((one, index) => ({ shop, one, index })));

test('twelve shops, a hundred and twenty goods, every category, nothing twice', () => {
	expect(shops).toHaveLength(12);
	expect(goods).toHaveLength(120);
	expect(new Set(goods.map(({ one }) => one.title[0])).size).toBe(120);
	expect(new Set(goods.map(({ one }) => one.title[1])).size).toBe(120);
	expect(new Set(goods.map(({ one }) => one.category))).toEqual(new Set(categories));
	expect(new Set(shops.map((shop) => shop.sign)).size).toBe(12);
});

test('some goods are sold out, some nearly, some never; six kinds of money', () => {
	const stocks = goods.map(({ one }) => one.variants.map((variant) => variant.stock));
	expect(stocks.some((all) => all.every((stock) => stock === 0))).toBe(true);
	expect(stocks.flat().some((stock) => stock !== null && stock > 0 && stock <= 3)).toBe(true);
	expect(stocks.flat()).toContain(null);
	expect(new Set(goods.map(({ shop, one }) => one.coin ?? shop.coin))).toEqual(new Set(['usd', 'cny', 'eur', 'btc', 'xrp', 'native']));
});

describe.each(shops.map((shop) => [shop.slug, shop] as const))('%s', (name, shop) => {
	test('is a shop as the chain takes it', () => {
		const { kind, country, theme } = shop;
		const profile = { name: both(shop.name), tagline: both(shop.tagline), about: both(shop.about), kind, country, theme, logo: cid, banner: cid };
		expect(v.parse(slug, name)).toBe(name);
		expect(v.parse(shopProfile, profile)).toEqual(profile);
		expect(personaOf(shop.owner).id).toBe(shop.owner);
	});

	test('has goods as the chain takes them', () => {
		for (const one of shop.goods) {
			const content = contentOf(one, pictures);
			expect(v.parse(listingContent, content)).toEqual(content);
			expect(toCanonicalBytes(content).length).toBeLessThan(MAX_CONTENT_BYTES);
			for (const variant of one.variants) expect(variant.values).toHaveLength(one.options?.length ?? 0);
		}
	});

	test('draws every picture, the same one each time and without a letter of text or a reference elsewhere', () => {
		for (const [index, { picture }] of shop.goods.entries()) {
			const { by: painter, color, accent, style, on, near } = picture;
			for (const [backdrop, tone] of [on, near]) {
				expect(Object.keys(tones)).toContain(tone);
				const draw = () => drawScene({ painter, look: { color, accent, style, seed: `${name}/${index}` }, backdrop, tone }, 100);
				const svg = draw();
				expect(svg).toBe(draw());
				expect(svg).not.toMatch(/NaN|undefined|<text|<image|href|<script/);
			}
		}
		for (const svg of [
			drawLogo(name, shop.sign, shop.theme, 100),
			drawBanner(
				name,
				shop.theme,
				shop.goods.map((one) => one.picture),
				100,
			),
		])
			expect(svg).not.toMatch(/NaN|undefined|<text|<image|href/);
	});
});
