import type { Chain } from '../platform/chain/chain.ts';
import type { Deployment } from '../platform/chain/deployment.ts';
import type { OperatorKeys } from '../platform/chain/keys.ts';
import type { Operator } from '../platform/chain/operator.ts';
import type { Term } from '../platform/cluster/term.ts';
import { createRecoverer } from '../platform/crypto/recoverer.ts';
import type { Database } from '../platform/db/database.ts';
import type { Reservations } from '../tab/public.ts';
import { openJournal } from './journal.ts';
import { createReceiptSigner } from './receipts.ts';
import { createRules } from './rules.ts';
import { openSequencer, type Sequencer } from './sequencer.ts';
import { Settler } from './settler.ts';

export interface OperatorParts {
	chain: Chain;
	deployment: Deployment;
	keys: OperatorKeys;
	db: Database;
	operator: Operator;
	reservations: Reservations;
	term: Term;
	waitForProjection(block: bigint): Promise<void>;
	onError(error: unknown): void;
}

/** Opens the sequencer of this market's operator for one term, with everything that was promised before taken up again. */
export async function startSequencer({ chain, deployment, keys, db, operator, term, ...parts }: OperatorParts): Promise<Sequencer> {
	const { orderBook, operators, batch, parameters } = deployment.contracts;
	// Nobody's tabs are at operator 0: an operator that is not registered takes no intents.
	const operatorId = deployment.operator?.id ?? 0;
	const sequencer: Sequencer = openSequencer({
		...parts,
		db,
		chain,
		orderBook,
		operatorId,
		journal: openJournal(db, term.number),
		signer: createReceiptSigner({ privateKey: keys.operator.privateKey, operatorId, chainId: chain.chainId, operators }),
		settler: new Settler({ operator, batch, orderBook, givesWay: () => sequencer.turnsAway(), onError: parts.onError }),
		recoverer: createRecoverer(),
		rulesOf: createRules(chain, parameters),
	});
	await sequencer.start();
	return sequencer;
}
