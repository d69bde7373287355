import {
	emptyBook,
	type Payee,
	type PayeeWire,
	type Purchase,
	payeesFromWire,
	payeesToWire,
	purchaseToWire,
	type SignedTabState,
	type TabBook,
	type TabStateWire,
	tabStateFromWire,
	tabStateToWire,
} from '@kaishi/protocol/tab';
import type { Address, Hex } from 'viem';
import type { Queryable } from '../platform/db/database.ts';
import { type TabId, tabKeyOf } from './reserved.ts';

/** The only module that touches `tab_channel`. */
export type EpochStatus = 'open' | 'claim' | 'close' | 'paid' | 'lost';

export interface EpochRow extends TabId {
	epoch: number;
	status: EpochStatus;
	version: number;
	spent: string;
	opened_at: number;
}

export interface PurchaseRow {
	id: Hex;
	account: Address;
	key: Address;
	token: Address;
	epoch: number;
	version: number;
	seller: Address;
	listing_id: string | null;
	amount: string;
	body: string;
	at: number;
	given_back_at: number | null;
	refunded_version: number | null;
	/** Of its epoch. */
	status: EpochStatus;
}

const TAB = 'account = $1 and key = $2 and token = $3';
const idOf = ({ account, key, token }: TabId) => [account, key, token];

/** Nobody else changes this tab's books until the transaction ends. */
export async function lockTab(tx: Queryable, tab: TabId): Promise<void> {
	await tx.query('select pg_advisory_xact_lock(hashtextextended($1, 7))', [tabKeyOf(tab)]);
}

export async function newestEpoch(db: Queryable, tab: TabId): Promise<EpochRow | null> {
	const { rows } = await db.query<EpochRow>(`select * from tab_channel.epochs where ${TAB} order by epoch desc limit 1`, idOf(tab));
	return rows[0] ?? null;
}

interface StateRow {
	state: string;
	payees: string;
	key_signature: Hex;
	operator_signature: Hex;
}

/** A state that both signed, or null. `version` left out: the epoch's newest. */
export async function findState(db: Queryable, tab: TabId, epoch: number, version?: number): Promise<SignedTabState | null> {
	const { rows } = await db.query<StateRow>(
		`select state, payees, key_signature, operator_signature from tab_channel.states
		 where ${TAB} and epoch = $4 and ($5::bigint is null or version = $5) order by version desc limit 1`,
		[...idOf(tab), epoch, version ?? null],
	);
	const [row] = rows;
	if (row === undefined) return null;
	const [state, payees] = [JSON.parse(row.state) as TabStateWire, JSON.parse(row.payees) as PayeeWire[]];
	return { state, payees, keySignature: row.key_signature, operatorSignature: row.operator_signature };
}

/** The largest sum that any state of the epoch says; 0 when there is none. */
export async function mostSigned(db: Queryable, tab: TabId, epoch: number): Promise<bigint> {
	const { rows } = await db.query<{ most: string | null }>(
		`select max((state::json ->> 'spent')::numeric)::text as most from tab_channel.states where ${TAB} and epoch = $4`,
		[...idOf(tab), epoch],
	);
	return BigInt(rows[0]?.most ?? 0);
}

export const toBook = ({ state, payees }: Pick<SignedTabState, 'state' | 'payees'>): TabBook => ({
	state: tabStateFromWire(state),
	payees: payeesFromWire(payees) as Payee[],
});

/** Where the epoch's next state starts from. */
export async function bookOf(db: Queryable, tab: TabId, epoch: number): Promise<TabBook> {
	const signed = await findState(db, tab, epoch);
	return signed === null ? emptyBook(tab, epoch) : toBook(signed);
}

/** Fails on the primary key when the version was signed before. Opens the epoch with its first state. */
export async function storeState(tx: Queryable, book: TabBook, signed: { digest: Hex; keySignature: Hex; operatorSignature: Hex }, at: number): Promise<void> {
	const { state, payees } = book;
	await tx.query(
		`insert into tab_channel.states (account, key, token, epoch, version, state, payees, digest, key_signature, operator_signature)
		 values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
		[
			...[...idOf(state), state.epoch, state.version.toString(), JSON.stringify(tabStateToWire(state)), JSON.stringify(payeesToWire(payees))],
			...[signed.digest, signed.keySignature, signed.operatorSignature],
		],
	);
	await tx.query(
		`insert into tab_channel.epochs as e (account, key, token, epoch, status, version, spent, opened_at) values ($1, $2, $3, $4, $5, $6, $7, $8)
		 on conflict (account, key, token, epoch) do update set version = excluded.version, spent = excluded.spent, status = excluded.status`,
		[...idOf(state), state.epoch, state.closing ? 'close' : 'open', state.version.toString(), state.spent.toString(), at],
	);
}

export async function storePurchase(
	tx: Queryable,
	book: TabBook,
	purchase: { id: Hex; purchase: Purchase; listingId: string | null; at: number },
): Promise<void> {
	const { state } = book;
	const { seller, amount } = purchase.purchase;
	await tx.query(
		`insert into tab_channel.purchases (id, account, key, token, epoch, version, seller, listing_id, amount, body, at)
		 values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
		[
			...[purchase.id, ...idOf(state), state.epoch, state.version.toString(), seller, purchase.listingId],
			...[amount.toString(), JSON.stringify(purchaseToWire(purchase.purchase)), purchase.at],
		],
	);
}

const PURCHASES = 'select p.*, e.status from tab_channel.purchases p join tab_channel.epochs e using (account, key, token, epoch)';

export async function findPurchase(db: Queryable, id: string): Promise<PurchaseRow | null> {
	return (await db.query<PurchaseRow>(`${PURCHASES} where p.id = $1`, [id])).rows[0] ?? null;
}

/** A tip by its purchase's id; null for goods, and where there is none. `at`: Unix seconds. */
export async function findTip(db: Queryable, id: Hex): Promise<Pick<PurchaseRow, 'account' | 'seller' | 'token' | 'amount' | 'at'> | null> {
	const found = await findPurchase(db, id);
	if (found === null || found.listing_id !== null) return null;
	const { account, seller, token, amount, at } = found;
	return { account, seller, token, amount, at: Number(at) };
}

/** Newest first. */
export async function listPurchases(db: Queryable, by: 'account' | 'seller', address: string, most = 100): Promise<PurchaseRow[]> {
	const { rows } = await db.query<PurchaseRow>(`${PURCHASES} where p.${by} = $1 order by p.at desc, p.version desc limit $2`, [address, most]);
	return rows;
}

/** Given back by their sellers, and not signed for by the key. */
export async function listGivenBack(db: Queryable, tab: TabId, epoch: number): Promise<PurchaseRow[]> {
	const { rows } = await db.query<PurchaseRow>(
		`${PURCHASES} where p.account = $1 and p.key = $2 and p.token = $3 and p.epoch = $4 and p.given_back_at is not null and p.refunded_version is null order by p.version`,
		[...idOf(tab), epoch],
	);
	return rows;
}

export async function markGivenBack(tx: Queryable, id: string, at: number): Promise<void> {
	await tx.query('update tab_channel.purchases set given_back_at = coalesce(given_back_at, $2) where id = $1', [id, at]);
}

export async function markRefunded(tx: Queryable, id: string, version: bigint): Promise<void> {
	await tx.query('update tab_channel.purchases set refunded_version = $2 where id = $1', [id, version.toString()]);
}

/** From now on nothing follows the epoch's newest state. False when that was so already. */
export async function stopEpoch(tx: Queryable, epoch: TabId & { epoch: number }): Promise<boolean> {
	const { rowCount } = await tx.query(`update tab_channel.epochs set status = 'claim' where ${TAB} and epoch = $4 and status = 'open'`, [
		...idOf(epoch),
		epoch.epoch,
	]);
	return rowCount === 1;
}

export async function endEpoch(tx: Queryable, epoch: TabId & { epoch: number }, status: 'paid' | 'lost'): Promise<void> {
	await tx.query(`update tab_channel.epochs set status = $5 where ${TAB} and epoch = $4`, [...idOf(epoch), epoch.epoch, status]);
}

/** An epoch that is not settled yet, with what the tables know of its tab. */
export interface UnsettledEpoch extends EpochRow {
	tab_epoch: number | null;
	valid_until: number | null;
	closing: boolean | null;
	released: boolean | null;
	payable_from: number | null;
}

const UNSETTLED = `select e.*, t.epoch as tab_epoch, t.valid_until, t.closing, t.released_in is not null as released, t.payable_from
	from tab_channel.epochs e left join tab.tabs t on t.account = e.account and t.key = e.key and t.currency = e.token`;

/** `most`: the largest sum that any of its states says. */
export async function listUnsettled(db: Queryable): Promise<(UnsettledEpoch & { most: string })[]> {
	const { rows } = await db.query<UnsettledEpoch & { most: string }>(
		`select u.*, (select coalesce(max((s.state::json ->> 'spent')::numeric), 0)::text from tab_channel.states s
			where s.account = u.account and s.key = u.key and s.token = u.token and s.epoch = u.epoch) as most
		 from (${UNSETTLED} where e.status in ('open', 'claim', 'close')) u`,
	);
	return rows;
}

/** When an open epoch is to be paid out; times in Unix seconds. */
export interface Due {
	/** Tabs that end before this. */
	endingBefore: number;
	/** Epochs opened before this. */
	openedBefore: number;
	/** Per currency: epochs that owe as much. */
	most: readonly { token: Address; amount: bigint }[];
}

/** Epochs with something to do: on their way already, over, or due. Oldest first. */
export async function listDueEpochs(db: Queryable, { endingBefore, openedBefore, most }: Due): Promise<UnsettledEpoch[]> {
	const { rows } = await db.query<UnsettledEpoch>(
		`${UNSETTLED} left join unnest($3::text[], $4::numeric[]) as m(token, amount) on m.token = e.token
		 where e.status in ('claim', 'close') or (e.status = 'open' and (t.released_in is not null or t.epoch > e.epoch or t.payable_from is not null
			or (e.spent > 0 and (t.closing or t.valid_until < $1 or e.opened_at <= $2 or e.spent >= m.amount))))
		 order by e.opened_at`,
		[endingBefore, openedBefore, most.map(({ token }) => token), most.map(({ amount }) => amount.toString())],
	);
	return rows;
}

/** What the tables know of a tab on the chain. */
export interface ChainTab {
	remaining: string;
	shop_id: string | null;
	operator_id: number;
	valid_until: number;
	closing: boolean;
	epoch: number;
	payable_from: number | null;
	released: boolean;
}

export async function findChainTab(db: Queryable, tab: TabId): Promise<ChainTab | null> {
	const { rows } = await db.query<ChainTab>(
		`select remaining, shop_id, operator_id, valid_until, closing, epoch, payable_from, released_in is not null as released from tab.tabs
		 where account = $1 and key = $2 and currency = $3`,
		idOf(tab),
	);
	return rows[0] ?? null;
}
