import { type Address, encodeAbiParameters, encodeFunctionData, type Hex, keccak256 } from 'viem';
import { courtAbi } from '../generated/court.ts';
import { juryAbi } from '../generated/jury.ts';
import { orderBookAbi } from '../generated/order-book.ts';
import { type Order, orderToAbi, type Side, sides } from '../order/index.ts';
import { choices, type Vote } from './court.ts';

const abi = courtAbi;
const orderParameter = orderBookAbi.find((item) => item.type === 'function' && item.name === 'confirm')?.inputs ?? [];

/** What a juror commits to. The juror's address is part of it: a copied commitment cannot be revealed. */
export function commitmentOf(disputeId: bigint, round: number, juror: Address, vote: Vote, salt: Hex): Hex {
	const types = [{ type: 'uint256' }, { type: 'uint8' }, { type: 'address' }, { type: 'uint8' }, { type: 'bytes32' }] as const;
	return keccak256(encodeAbiParameters(types, [disputeId, round, juror, choices.indexOf(vote), salt]));
}

export const encodeCommitVote = (disputeId: bigint, seat: number, commitment: Hex): Hex =>
	encodeFunctionData({ abi, functionName: 'commitVote', args: [disputeId, seat, commitment] });

/** @param reason public; at most `MAX_COURT_TEXT_BYTES`. */
export const encodeRevealVote = (disputeId: bigint, seat: number, vote: Vote, salt: Hex, reason: string): Hex =>
	encodeFunctionData({ abi, functionName: 'revealVote', args: [disputeId, seat, choices.indexOf(vote), salt, reason] });

/** @param evidence URI of an ERC-1497 evidence file. */
export const encodeSubmitEvidence = (disputeId: bigint, evidence: string): Hex =>
	encodeFunctionData({ abi, functionName: 'submitEvidence', args: [disputeId, evidence] });

// What anyone may do.
export const encodeDraw = (disputeId: bigint): Hex => encodeFunctionData({ abi, functionName: 'draw', args: [disputeId] });
export const encodePassPeriod = (disputeId: bigint): Hex => encodeFunctionData({ abi, functionName: 'passPeriod', args: [disputeId] });
export const encodeClose = (disputeId: bigint): Hex => encodeFunctionData({ abi, functionName: 'close', args: [disputeId] });
export const encodeSettleRound = (disputeId: bigint, round: number): Hex => encodeFunctionData({ abi, functionName: 'settleRound', args: [disputeId, round] });
export const encodeExecute = (disputeId: bigint, order: Order): Hex =>
	encodeFunctionData({ abi, functionName: 'execute', args: [disputeId, orderToAbi(order)] });
export const encodeSettleContribution = (disputeId: bigint, round: number, side: Side, contributor: Address): Hex =>
	encodeFunctionData({ abi, functionName: 'settleContribution', args: [disputeId, round, sides.indexOf(side), contributor] });

/** Pays `to` out of the caller's balance inside the market and tells it what for. */
const encodePayment = (token: Address, to: Address, amount: bigint, data: Hex): Hex =>
	encodeFunctionData({ abi: orderBookAbi, functionName: 'transferAndCall', args: [token, to, amount, data] });

/** For the order book: contributes to a side's appeal. */
export const encodeContribute = (court: Address, token: Address, amount: bigint, disputeId: bigint, side: Side): Hex =>
	encodePayment(token, court, amount, encodeAbiParameters([{ type: 'uint256' }, { type: 'uint8' }], [disputeId, sides.indexOf(side)]));

/** For the order book: insures an order that has taken no step yet. */
export const encodeInsure = (insurance: Address, order: Order, premium: bigint): Hex =>
	encodePayment(order.terms.currency, insurance, premium, encodeAbiParameters(orderParameter, [orderToAbi(order)] as never));

/** For the order book: puts up a juror's stake. */
export const encodeStake = (jury: Address, token: Address, amount: bigint): Hex => encodePayment(token, jury, amount, '0x');

export const encodeUnstake = (amount: bigint): Hex => encodeFunctionData({ abi: juryAbi, functionName: 'unstake', args: [amount] });
export const encodeResume = (): Hex => encodeFunctionData({ abi: juryAbi, functionName: 'resume' });
