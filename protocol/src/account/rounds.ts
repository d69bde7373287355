import { type Address, encodeFunctionData, type Hex } from 'viem';
import { deadlineAbi } from '../generated/deadline.ts';
import { buildUserOperation, type Call, type PackedUserOperation } from './user-operation.ts';

/** One of the people who sign for a treasury account. */
export interface TreasurySigner {
	/** ERC-7913: a wallet's address, or the passkey verifier's followed by a key. */
	signer: Hex;
	kind: 'passkey' | 'wallet';
	/** Whose it is, as far as this server knows. */
	person: Address | null;
	/** Whether it is the viewer's. */
	own: boolean;
}

/** An account that several people sign for, any `threshold` of them together. */
export interface TreasuryView {
	address: Address;
	threshold: number;
	signers: TreasurySigner[];
}

/** GET /api/accounts/:address/signer → what a treasury has to name so that this person can sign for it. */
export interface PersonSigner {
	person: Address;
	signer: Hex;
	kind: 'passkey' | 'wallet';
}

/** `open` rounds wait for signatures; `done` is on the chain; the rest come to nothing any more. */
export type RoundState = 'open' | 'done' | 'dropped' | 'expired';

/** One operation of a treasury and who has signed it so far. Its id is the operation's hash, which is what people sign. */
export interface RoundView {
	id: Hex;
	treasury: Address;
	operation: RoundOperation;
	proposer: Hex;
	createdAt: number;
	/** Unix seconds of the chain; the contract refuses the operation afterwards. */
	validUntil: number;
	signed: Hex[];
	state: RoundState;
	/** Why it was refused when it had enough signatures; it can be tried again. */
	failure: string | null;
	transactionHash: Hex | null;
}

/** What is open to choice in a round's operation; everything else follows, see `roundOperation`. */
export interface RoundOperation {
	nonce: string;
	validUntil: number;
	calls: { to: Address; value: string; data: Hex }[];
}

/** POST /api/treasuries/:address/rounds: an operation with its proposer's signature. */
export interface ProposeRound {
	operation: RoundOperation;
	signer: Hex;
	signature: Hex;
}

/** POST /api/rounds/:id/signatures */
export interface SignRound {
	signer: Hex;
	signature: Hex;
}

/** A round is over after at most so long; kept signatures are worth nothing then. */
export const MAX_ROUND_SECONDS = 14 * 86_400;
export const MAX_ROUND_CALLS = 16;

/**
 * The whole user operation of a round, the same for everybody who builds it: what a browser shows is what it signs.
 * Its first call is the deadline, so nobody can use the signatures later.
 */
export function roundOperation(treasury: Address, operation: RoundOperation, deadline: Address): PackedUserOperation {
	const first: Call = { to: deadline, data: encodeFunctionData({ abi: deadlineAbi, functionName: 'notAfter', args: [BigInt(operation.validUntil)] }) };
	const calls = operation.calls.map(({ to, value, data }) => ({ to, value: BigInt(value), data }));
	return buildUserOperation({ sender: treasury, nonce: BigInt(operation.nonce), calls: [first, ...calls] });
}
