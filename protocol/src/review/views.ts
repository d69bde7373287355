import type { Address, Hex } from 'viem';
import type { LocalText } from '../platform/local-text.ts';
import type { MediaView } from '../platform/media.ts';
import type { Page, Proof } from '../platform/proof.ts';

export interface ReviewView {
	orderId: Hex;
	listingId: string;
	listingTitle: LocalText;
	variant: LocalText | null;
	author: Address;
	ofSeller: boolean;
	rating: number;
	text: string;
	media: MediaView[];
	at: number;
	proof: Proof;
	reply: { text: string; at: number; proof: Proof } | null;
}

export interface RatingSummary {
	count: number;
	/** One decimal, null without reviews. */
	average: number | null;
	/** Index 0 is one star. */
	histogram: [number, number, number, number, number];
}

export interface ReviewReads {
	reviewsOfListing(listingId: string, cursor?: string | null): Promise<Page<ReviewView>>;
	reviewsOfShop(shopId: string, cursor?: string | null): Promise<Page<ReviewView>>;
}
