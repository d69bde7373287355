import type { Address } from 'viem';
import type { OfferTermsWire } from '../order/index.ts';
import type { LocalText } from '../platform/local-text.ts';
import type { MediaView } from '../platform/media.ts';
import type { Money } from '../platform/money.ts';
import type { Page, Proof } from '../platform/proof.ts';
import type { RatingSummary } from '../review/index.ts';
import type { Category, ShopProfile } from './content.ts';
import type { Customs, Parcel } from './parcel.ts';
import type { TaxClass } from './tax-table.ts';
import type { BackInStock } from './waits.ts';

export interface ShopSummary {
	id: string;
	slug: string;
	name: LocalText;
	tagline: LocalText | null;
	kind: 'b2c' | 'c2c';
	country: string | null;
	logo: MediaView | null;
	banner: MediaView | null;
	theme: NonNullable<ShopProfile['theme']>;
	rating: RatingSummary;
	completedOrders: number;
	listingCount: number;
}

export interface StaffView {
	address: Address;
	roles: number;
	/** What money staff may take per UTC day, and what is left of it today. */
	limits: (Money & { left: string })[];
}

/** Where a guarded shop's money goes, see `ITreasury.sol`. */
export interface GuardView {
	cold: Address;
	/** What may stay in the vault; of currencies that are not named, nothing. */
	caps: Money[];
	/** A change that may be applied from `readyAt` on, unless it is vetoed. `cold` null: the guard is lifted. */
	proposal: { cold: Address | null; caps: Money[]; readyAt: number } | null;
}

export interface ShopView extends ShopSummary {
	about: LocalText | null;
	owner: Address;
	payout: Address;
	staff: StaffView[];
	guard: GuardView | null;
	openedAt: number;
	/** Share of shipped orders that were shipped before their deadline, 0–1. */
	onTimeRate: number | null;
	disputeRate: number | null;
	proof: Proof;
	profile: ShopProfile;
}

export interface ListingCard {
	id: string;
	shop: { id: string; slug: string; name: LocalText };
	title: LocalText;
	image: MediaView | null;
	category: Category;
	kind: 'physical' | 'digital';
	/** The cheapest variant. */
	price: Money;
	priceVaries: boolean;
	/** Pieces left over all variants; null when one is unlimited. */
	stock: number | null;
	sold: number;
	rating: RatingSummary;
	listed: boolean;
}

export interface OfferView {
	offerId: string;
	variant: number;
	values: LocalText[];
	sku: string | null;
	media: number | null;
	terms: OfferTermsWire;
	/** null: unlimited. */
	stock: number | null;
	/** Kept for buyers with a tab of this operator, until then (Unix seconds); meanwhile the seller can neither change nor end the offer. */
	pledge: { operatorId: number; until: number } | null;
	deal: OfferDeal | null;
}

/** A flash deal: pieces of another offer, on sale until `until` and then never again. */
export interface OfferDeal {
	/** The offer whose pieces they are. */
	from: string;
	/** When it ends for buyers, Unix seconds: a little before the contract's end where an operator still has to place what it promised. */
	until: number;
	/** Pieces that one account may buy, refunded ones included; null: as many as there are. */
	perBuyer: number | null;
	over: boolean;
}

export interface ListingView extends ListingCard {
	description: LocalText | null;
	media: MediaView[];
	options: LocalText[];
	offers: OfferView[];
	attributes: { name: LocalText; value: LocalText }[];
	taxClass: TaxClass | null;
	parcel: Parcel | null;
	customs: Customs | null;
	/** Units that one account may have; null: no limit. */
	perAccount: number | null;
	/** The listing whose flash deal this is; null: a listing like any other. */
	dealOf: string | null;
	version: number;
	publishedAt: number;
	updatedAt: number;
	proof: Proof;
	/** All versions, newest first; nobody edits history. */
	history: { version: number; at: number; proof: Proof }[];
	shopSummary: ShopSummary;
}

export interface ListingFilter {
	/** Plain words in title, description or shop name, any of the two languages. */
	query?: string;
	category?: Category;
	shopId?: string;
	kind?: 'physical' | 'digital';
	currency?: Address;
	inStock?: boolean;
	sort?: 'newest' | 'popular' | 'priceUp' | 'priceDown';
	/** Also delisted ones: for the shop's own dashboard. */
	includeDelisted?: boolean;
	cursor?: string | null;
	/** At most 60. */
	limit?: number;
}

export interface ShopReads {
	shop(slugOrId: string): Promise<ShopView | null>;
	shops(filter?: { limit?: number; sort?: 'newest' | 'popular' }): Promise<ShopSummary[]>;
	/** Shops that `account` owns or works for. */
	shopsOf(account: Address): Promise<{ shop: ShopSummary; owner: boolean; roles: number }[]>;
	listing(id: string): Promise<ListingView | null>;
	listings(filter: ListingFilter): Promise<Page<ListingCard>>;
	/** What `account` waited for and can buy again, latest first. */
	backInStock(account: Address): Promise<BackInStock[]>;
	/** Role bits as in IShop.sol; the owner holds all. */
	can(shopId: string, account: Address, role: number): Promise<boolean>;
}

export const shopRoles = { catalogue: 1, orders: 2, live: 4, money: 8 } as const;
