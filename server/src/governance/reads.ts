import { decodeChange, type GovernanceReads, type MarketRules, type ScheduledChange } from '@kaishi/protocol/governance';
import type { Currency } from '@kaishi/protocol/platform/money';
import type { Address, Hex } from 'viem';
import type { Queryable } from '../platform/db/database.ts';
import { PROOF_COLUMNS, type ProofRow, toProof } from '../platform/indexer/proof.ts';

export interface GovernanceContext {
	db: Queryable;
	parameters: Address;
	/** Tokens whose names are known here. */
	currencies: readonly Currency[];
	feeBps(): Promise<number>;
	/** Unix seconds, the market's clock. */
	now(): number;
}

interface DecisionRow extends ProofRow {
	kind: 'currency' | 'arbitrator';
	address: Address;
	allowed: boolean;
}

interface CallRow extends ProofRow {
	id: Hex;
	target: Address;
	value: string;
	data: Hex;
	predecessor: Hex;
	salt: Hex;
	ready_at: number;
	state: 'waiting' | 'done' | 'cancelled';
}

/** The newest decisions are enough to look at; all of them are on the chain. */
const SHOWN = 50;

export function createGovernanceReads(context: GovernanceContext): GovernanceReads {
	return { rules: () => marketRules(context) };
}

async function marketRules({ db, parameters, currencies, feeBps, now }: GovernanceContext): Promise<MarketRules> {
	const [decisions, calls, fee] = await Promise.all([
		db.query<DecisionRow>(`select kind, address, allowed, ${PROOF_COLUMNS} from governance.decisions order by block_number, log_index`),
		db.query<CallRow>(
			`select id, target, value, data, predecessor, salt, ready_at, state, ${PROOF_COLUMNS} from governance.calls order by block_number desc, log_index desc limit $1`,
			[SHOWN],
		),
		feeBps(),
	]);
	const of = (kind: string) => decisions.rows.filter((row) => row.kind === kind);
	return {
		currencies: of('currency').map((row) => ({
			address: row.address,
			symbol: currencies.find(({ address }) => address === row.address)?.symbol ?? null,
			allowed: row.allowed,
			proof: toProof(row),
		})),
		arbitrators: of('arbitrator').map((row) => ({ address: row.address, allowed: row.allowed, proof: toProof(row) })),
		feeBps: fee,
		scheduled: calls.rows.map((row) => toScheduled(row, parameters, now())),
	};
}

function toScheduled(row: CallRow, parameters: Address, now: number): ScheduledChange {
	const { id, target, value, data, predecessor, salt } = row;
	return {
		id,
		change: decodeChange({ target, data }, parameters),
		state: row.state === 'waiting' && now >= row.ready_at ? 'ready' : row.state,
		readyAt: row.ready_at,
		call: { target, value: String(value), data, predecessor, salt },
		proof: toProof(row),
	};
}
