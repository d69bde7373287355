import { expect, test } from 'vitest';
import { ownCurrencyOf } from './own-currency.ts';

test.each([
	['EUR', 'zh-CN', 'zh-CN', 'EUR'],
	['none', 'en-US', 'en', 'none'],
	['<script>', 'en-US', 'en', 'USD'],
	[undefined, 'en-GB,en;q=0.9', 'en', 'GBP'],
	[undefined, 'zh-Hant-TW,zh;q=0.9', 'zh-CN', 'TWD'],
	[undefined, 'en,de-DE;q=0.7', 'en', 'EUR'],
	[undefined, 'en', 'en', 'USD'],
	[undefined, null, 'zh-CN', 'CNY'],
	[undefined, 'en-ZZ', 'zh-CN', 'CNY'],
])('chosen %s, asked for %s in %s: %s', (chosen, asked, locale, currency) => {
	expect(ownCurrencyOf(chosen, asked, locale)).toBe(currency);
});
