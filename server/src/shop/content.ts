import { fromContentHex } from '@kaishi/protocol/platform/canonical-json';
import { type ListingContent, listingContent, type ShopProfile, shopProfile } from '@kaishi/protocol/shop';
import * as v from 'valibot';
import type { Hex } from 'viem';
import { isStorable } from '../platform/db/storable.ts';

/** Null when the bytes are not a profile as the protocol defines it. */
export function readProfile(content: Hex): ShopProfile | null {
	return readContent(shopProfile, content);
}

/** Null when the bytes are not a listing, or not one with as many variants as there are offers. */
export function readListing(content: Hex, offers: number): ListingContent | null {
	const listing = readContent(listingContent, content);
	if (listing === null || listing.variants.length !== offers) return null;
	return listing.variants.every((variant) => variant.values.length === listing.options.length) ? listing : null;
}

function readContent<T>(schema: v.GenericSchema<unknown, T>, content: Hex): T | null {
	try {
		const parsed = v.safeParse(schema, fromContentHex(content));
		return parsed.success && isStorable(parsed.output) ? parsed.output : null;
	} catch {
		// Not JSON at all. The chain accepts any bytes, and whoever wrote them sees nothing for it.
		return null;
	}
}

/** All texts of both languages in one line, folded for comparison. */
export function searchTextOf(texts: ({ en?: string; 'zh-CN'?: string } | undefined)[]): string {
	return texts
		.flatMap((text) => [text?.en, text?.['zh-CN']])
		.filter((part) => part !== undefined)
		.join(' \u2028 ')
		.normalize('NFKC')
		.toLowerCase();
}
