import type { Chain } from '../platform/chain/chain.ts';
import type { Deployment } from '../platform/chain/deployment.ts';
import type { OperatorKeys } from '../platform/chain/keys.ts';
import type { Operator } from '../platform/chain/operator.ts';
import type { Term } from '../platform/cluster/term.ts';
import type { OpenDatabase } from '../platform/db/open-database.ts';
import type { Reservations } from '../tab/public.ts';
import { openClerk } from './clerk.ts';
import { openJournal } from './journal.ts';
import { createReceiptSigner, type ReceiptSignerOptions } from './receipts.ts';
import { createRules } from './rules.ts';
import { openSequencer, type Sequencer } from './sequencer.ts';
import { Settler } from './settler.ts';

export interface OperatorParts {
	chain: Chain;
	deployment: Deployment;
	keys: OperatorKeys;
	db: OpenDatabase;
	operator: Operator;
	reservations: Reservations;
	term: Term;
	waitForProjection(block: bigint): Promise<void>;
	/** Has the tables take up what they do not hold yet. */
	catchUp(): void;
	onError(error: unknown): void;
}

/** Opens the sequencer of this market's operator for one term, with everything that was promised before taken up again. */
export async function startSequencer({ chain, deployment, keys, db, operator, term, ...parts }: OperatorParts): Promise<Sequencer> {
	const { orderBook, operators, batch, parameters } = deployment.contracts;
	// Nobody's tabs are at operator 0: an operator that is not registered takes no intents.
	const operatorId = deployment.operator?.id ?? 0;
	const signer: ReceiptSignerOptions = { privateKey: keys.operator.privateKey, operatorId, chainId: chain.chainId, operators };
	const clerk = openClerk({ db, term: term.number, signer }, db.connection, parts.onError);
	const sequencer: Sequencer = openSequencer({
		...parts,
		chain,
		orderBook,
		operatorId,
		journal: openJournal(db, term.number),
		signer: createReceiptSigner(signer),
		settler: new Settler({ operator, batch, orderBook, givesWay: () => sequencer.isTurningAway, onError: parts.onError }),
		clerk,
		rulesOf: createRules(chain, parameters),
		parameters,
	});
	try {
		await sequencer.start();
	} catch (error) {
		await clerk.close();
		throw error;
	}
	return sequencer;
}
