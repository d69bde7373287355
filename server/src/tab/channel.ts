import { Refusal } from '@kaishi/protocol/platform/errors';
import {
	closeBook,
	type Purchase,
	payeesToWire,
	purchaseFromWire,
	purchaseIdOf,
	type SignedTabState,
	type TabBook,
	type TabState,
	tabStateDigest,
	tabStateToWire,
	withPurchase,
	withRefund,
} from '@kaishi/protocol/tab';
import { type Hex, isAddressEqual } from 'viem';
import { recoverSigner } from '../platform/crypto/secp256k1.ts';
import type { Queryable } from '../platform/db/database.ts';
import { isCutOff } from '../platform/db/transient.ts';
import { type ChannelContext, channelPurpose, EVERYTHING, PURCHASE_MARGIN_SECONDS } from './channel-context.ts';
import {
	bookOf,
	type ChainTab,
	findChainTab,
	findPurchase,
	findState,
	lockTab,
	markRefunded,
	mostSigned,
	newestEpoch,
	type PurchaseRow,
	storePurchase,
	storeState,
} from './channel-store.ts';
import { checkPurchase } from './check-purchase.ts';
import type { TabId } from './reserved.ts';

/** What the key says follows, and its signature. */
export interface Proposed {
	state: TabState;
	keySignature: Hex;
}

/** What was bought, and whether this very request bought it. */
export interface Bought {
	signed: SignedTabState;
	id: Hex;
	first: boolean;
}

/**
 * Countersigns a purchase: committed before the answer, so that nothing this operator has signed is ever forgotten, and one
 * state per version, by the tables' own key. The same purchase again gets the first one's answer.
 */
export async function buyOnTab(context: ChannelContext, proposed: Proposed, purchase: Purchase): Promise<Bought> {
	const { db } = context;
	const { state } = proposed;
	const id = purchaseIdOf(state, purchase);
	const earlier = await answerOf(db, id);
	if (earlier !== null) return { signed: earlier, id, first: false };
	const tab = await requireOpen(context, state);
	const listingId = await checkPurchase(context, purchase, state.token, tab);
	return inBook(context, state, async (tx) => {
		const raced = await answerOf(tx, id);
		if (raced !== null) return { signed: raced, id, first: false };
		const { book, at } = await openBook(context, tx, state);
		const next = requireSame(book, () => withPurchase(book, purchase), state);
		await promise(context, tx, next.state, proposed);
		const signed = await countersign(context, tx, next, proposed, at);
		await storePurchase(tx, next, { id, purchase, listingId, at });
		return { signed, id, first: true };
	});
}

/** Countersigns that a purchase is taken back which its seller gave back. */
export async function refundOnTab(context: ChannelContext, proposed: Proposed, purchaseId: Hex): Promise<SignedTabState> {
	const { state } = proposed;
	requireKey(context, state, proposed);
	return inBook(context, state, async (tx) => {
		const row = await requireRefundable(tx, state, purchaseId);
		if (row.refunded_version !== null) return requireState(await findState(tx, state, row.epoch, row.refunded_version));
		const { book, at } = await openBook(context, tx, state);
		const next = requireSame(book, () => withRefund(book, purchaseFromWire(JSON.parse(row.body))), state);
		requireKey(context, next.state, proposed);
		const signed = await countersign(context, tx, next, proposed, at);
		await markRefunded(tx, purchaseId, next.state.version);
		return signed;
	});
}

/** Countersigns the end of a tab. Orders that are promised on it have to be placed first: they would find it empty. */
export async function closeOnTab(context: ChannelContext, proposed: Proposed): Promise<SignedTabState> {
	const { state } = proposed;
	requireKey(context, state, proposed);
	return inBook(context, state, async (tx) => {
		const [tab, epoch] = await Promise.all([findChainTab(tx, state), newestEpoch(tx, state)]);
		requireOurs(context, tab, state);
		const current = epoch?.epoch === tab.epoch ? epoch : null;
		if (current?.status === 'close') return requireState(await findState(tx, state, current.epoch));
		const book = await bookOf(tx, state, tab.epoch);
		const next = requireSame(book, () => closeBook(book), state);
		requireKey(context, next.state, proposed);
		reserveAll(context, state, BigInt(tab.remaining));
		return await countersign(context, tx, next, proposed, context.now());
	});
}

/**
 * Changes a tab's books in one transaction. What memory holds as promised is put back when that fails: whatever is uncertain stays
 * promised, and the next purchase sets it right.
 */
async function inBook<T>(context: ChannelContext, tab: TabState, work: (tx: Queryable) => Promise<T>): Promise<T> {
	const { reserved } = context;
	const promised = () => reserved.promisedFor(tab, channelPurpose(tab));
	return await context.db.transaction(async (tx) => {
		await begin(context, tx, tab);
		const before = promised();
		try {
			return await work(tx);
		} catch (error) {
			// A connection that is gone holds the tab no more: somebody else may have promised on it since.
			if (!isCutOff(error)) reserved.replace(tab, channelPurpose(tab), promised(), before);
			throw error;
		}
	});
}

/** Nobody else changes the tab's books meanwhile, and no other server leads. */
async function begin({ fence }: ChannelContext, tx: Queryable, tab: TabId): Promise<void> {
	await fence(tx);
	await lockTab(tx, tab);
}

/** Where the next purchase starts from; refuses on a tab that takes none. */
async function openBook(context: ChannelContext, tx: Queryable, id: TabId): Promise<{ book: TabBook; at: number }> {
	const tab = await requireOpen(context, id, tx);
	const newest = await newestEpoch(tx, id);
	const open = newest === null || newest.epoch < tab.epoch || (newest.epoch === tab.epoch && newest.status === 'open');
	// What is claimed is final, and a further epoch could not be claimed before this one is paid: by then the tab may be over.
	if (!open || tab.payable_from !== null) throw new Refusal('Tabs_Claimed', 'conflict', { payableFrom: String(tab.payable_from ?? 0) });
	return { book: await bookOf(tx, id, tab.epoch), at: context.now() };
}

async function requireOpen(context: ChannelContext, id: TabId, db: Queryable = context.db): Promise<ChainTab> {
	const tab = await findChainTab(db, id);
	requireOurs(context, tab, id);
	if (tab.closing || context.now() + PURCHASE_MARGIN_SECONDS > tab.valid_until)
		throw new Refusal('Tab_Closing', 'conflict', { validUntil: String(tab.valid_until) });
	return tab;
}

function requireOurs({ operator }: ChannelContext, tab: ChainTab | null, { account, key }: TabId): asserts tab is ChainTab {
	if (tab === null || tab.released) throw new Refusal('Tabs_NotOpen', 'notFound', { account, key, validUntil: String(tab?.valid_until ?? 0) });
	if (tab.operator_id !== operator.id) throw new Refusal('Tabs_OtherOperator', 'conflict', { operatorId: String(tab.operator_id) });
}

/** The very state that the key signed, worked out here; else the browser starts from another one than we do. */
function requireSame(book: TabBook, work: () => TabBook, signed: TabState): TabBook {
	const next = attempt(work);
	const same = (Object.keys(next.state) as (keyof TabState)[]).every((field) => lower(next.state[field]) === lower(signed[field]));
	if (same) return next;
	throw new Refusal('Tab_OutOfStep', 'conflict', { epoch: String(book.state.epoch), version: book.state.version.toString() });
}

const lower = (value: TabState[keyof TabState]) => String(value).toLowerCase();

function attempt(work: () => TabBook): TabBook {
	try {
		return work();
	} catch (error) {
		if (!(error instanceof RangeError)) throw error;
		throw new Refusal(error.message.startsWith('too much') ? 'Tab_TooManyPayees' : 'Tab_InvalidPurchase', 'invalid', {}, { cause: error });
	}
}

/** Signed by the tab's key, or a refusal. Returns what was signed. */
function requireKey({ chainId, tabs }: ChannelContext, state: TabState, { keySignature }: Proposed): Hex {
	const digest = tabStateDigest(state, chainId, tabs);
	const signer = recoverSigner(digest, keySignature);
	if (signer === null || !isAddressEqual(signer, state.key)) throw new Refusal('Tabs_InvalidSignature', 'forbidden', { signer: state.key });
	return digest;
}

/**
 * Sets the sum aside for what was bought, in place of the former sum. Never less than any state of the epoch says, those from before
 * a refund included: the account can bring each of them to the chain at any moment.
 */
async function promise(context: ChannelContext, tx: Queryable, state: TabState, proposed: Proposed): Promise<void> {
	requireKey(context, state, proposed);
	const most = await mostSigned(tx, state, state.epoch);
	const amount = most > state.spent ? most : state.spent;
	await context.reserved.reserveAsking(state, channelPurpose(state), amount, async () => BigInt((await findChainTab(tx, state))?.remaining ?? 0));
}

/** From here on nothing is promised on the tab any more. */
function reserveAll({ reserved }: ChannelContext, tab: TabState, left: bigint): void {
	try {
		reserved.reserve(tab, channelPurpose(tab), left, left);
	} catch (cause) {
		throw new Refusal('Tab_OrdersPending', 'conflict', {}, { cause });
	}
	// What is added to the tab before it ends is no more to be promised: the end may come at any moment.
	reserved.restore(tab, channelPurpose(tab), EVERYTHING);
}

/** Signs and stores. */
async function countersign(context: ChannelContext, tx: Queryable, book: TabBook, proposed: Proposed, at: number): Promise<SignedTabState> {
	const { state, payees } = book;
	const digest = tabStateDigest(state, context.chainId, context.tabs);
	const operatorSignature = await context.sign(digest);
	const { keySignature } = proposed;
	await storeState(tx, book, { digest, keySignature, operatorSignature }, at);
	return { state: tabStateToWire(state), payees: payeesToWire(payees), keySignature, operatorSignature };
}

async function answerOf(db: Queryable, id: Hex): Promise<SignedTabState | null> {
	const row = await findPurchase(db, id);
	return row === null ? null : findState(db, row, row.epoch, row.version);
}

async function requireRefundable(tx: Queryable, tab: TabId, id: Hex): Promise<PurchaseRow> {
	const row = await findPurchase(tx, id);
	const ofTab = row !== null && (['account', 'key', 'token'] as const).every((field) => isAddressEqual(row[field], tab[field]));
	if (!ofTab || row.given_back_at === null) throw new Refusal('Tab_UnknownPurchase', 'notFound', { purchaseId: id });
	if (row.status !== 'open' && row.refunded_version === null) throw new Refusal('Tab_AlreadyPaidOut', 'conflict', { purchaseId: id });
	return row;
}

function requireState(signed: SignedTabState | null): SignedTabState {
	if (signed === null) throw new Error('a signed state is gone from the tables');
	return signed;
}
