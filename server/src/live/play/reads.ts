import type { EntryRule, PotKind, PotStatus, PotView } from '@kaishi/protocol/live';
import type { Address, Hex } from 'viem';
import type { Queryable } from '../../platform/db/database.ts';

export interface PotRow {
	pot_id: string;
	show_id: string;
	host: Address;
	currency: Address;
	amount: string;
	kind: PotKind;
	places: number;
	entries_until: number;
	reveal_until: number;
	operator_id: number;
	commitment: Hex;
	entries: number;
	candidates: number;
	armed_block: string | null;
	/** Unix seconds. */
	armed_at: number | null;
	/** Whether the host has a say; null while no block is named. */
	with_host: boolean | null;
	returned: string | null;
	rule: EntryRule;
	block_number: string;
	transaction_hash: Hex;
}

interface EntryRow {
	pot_id: string;
	account: Address;
	commitment: Hex | null;
	revealed: boolean;
	won: string | null;
}

/** Only those that the show's own people said they would open: anybody may name any show. */
const POTS = `select p.*, p.pot_id::text, p.amount::text, p.returned::text, p.armed_block::text, p.block_number::text, r.rule
	from live.pots p join live.pot_rules r on r.commitment = p.commitment and r.show_id = p.show_id and r.by_account = p.host`;
const MAX_POTS = 50;

export async function findPot(db: Queryable, potId: string): Promise<PotRow | null> {
	const { rows } = await db.query<PotRow>(`${POTS} where p.pot_id = $1`, [potId]);
	return rows[0] ?? null;
}

/** Pots that only wait for somebody to say that they are over, which block decides, or that their host is silent; `except` leaves some out. */
export async function listUnfinished(db: Queryable, now: number, except: readonly string[]): Promise<PotRow[]> {
	const { rows } = await db.query<PotRow>(
		`${POTS} where p.returned is null and (p.reveal_until < $1 or (p.kind = 'lucky' and p.entries >= p.places)) and p.pot_id <> all($2::numeric[])
		order by p.pot_id limit 100`,
		[now, except],
	);
	return rows;
}

export const isFull = ({ kind, entries, places }: PotRow): boolean => kind !== 'draw' && entries >= places;

export function statusOf(pot: PotRow, now: number): PotStatus {
	if (pot.returned !== null) return 'over';
	if (now <= pot.entries_until && !isFull(pot)) return 'open';
	return now <= pot.reveal_until && !isFull(pot) ? 'revealing' : 'waiting';
}

export interface PlayReads {
	/** Latest first. */
	potsOf(show: string, viewer: Address | null): Promise<PotView[]>;
	pot(potId: string, viewer: Address | null): Promise<PotView | null>;
}

export function createPlayReads({ db, now }: { db: Queryable; now(): number }): PlayReads {
	const viewsOf = async (pots: PotRow[], viewer: Address | null): Promise<PotView[]> => {
		const { rows } = await db.query<EntryRow>(
			`select pot_id::text, account, commitment, revealed, won::text from live.pot_entries
			where pot_id = any($1::numeric[]) and (won is not null or account = $2) order by paid_place nulls last`,
			[pots.map((pot) => pot.pot_id), viewer],
		);
		return pots.map((pot) =>
			viewOf(
				pot,
				rows.filter((row) => row.pot_id === pot.pot_id),
				viewer,
				now(),
			),
		);
	};
	return {
		async potsOf(show, viewer) {
			const { rows } = await db.query<PotRow>(`${POTS} where p.show_id = $1 order by p.pot_id desc limit ${MAX_POTS}`, [show]);
			return viewsOf(rows, viewer);
		},
		async pot(potId, viewer) {
			const found = await findPot(db, potId);
			return found && ((await viewsOf([found], viewer))[0] ?? null);
		},
	};
}

function viewOf(pot: PotRow, entries: EntryRow[], viewer: Address | null, now: number): PotView {
	const own = entries.find((entry) => entry.account === viewer);
	return {
		id: pot.pot_id,
		show: pot.show_id,
		kind: pot.kind,
		host: pot.host,
		currency: pot.currency,
		amount: pot.amount,
		places: pot.places,
		entriesUntil: pot.entries_until,
		revealUntil: pot.reveal_until,
		commitment: pot.commitment,
		rule: pot.rule,
		entries: pot.entries,
		status: statusOf(pot, now),
		armedBlock: pot.armed_block,
		hostSilent: pot.with_host === false,
		paid: entries.filter((entry) => entry.won !== null).map(({ account, won }) => ({ account, amount: won ?? '0' })),
		returned: pot.returned,
		blockNumber: pot.block_number,
		transactionHash: pot.transaction_hash,
		mine:
			viewer === null
				? null
				: { entered: own !== undefined, committed: own !== undefined && own.commitment !== null, revealed: own?.revealed ?? false, won: own?.won ?? null },
	};
}
