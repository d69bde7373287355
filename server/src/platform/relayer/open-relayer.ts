import type { ForwardRequest, PackedUserOperation, Relayed } from '@kaishi/protocol/account';
import { orderBookAbi } from '@kaishi/protocol/generated/order-book';
import { type Order, orderIdOf } from '@kaishi/protocol/order';
import { Refusal } from '@kaishi/protocol/platform/errors';
import { isTabSignature } from '@kaishi/protocol/tab';
import { type Address, concat, encodeFunctionData, type Hex, isAddressEqual, keccak256 } from 'viem';
import type { Chain } from '../chain/chain.ts';
import { hasCode } from '../chain/create2.ts';
import type { Deployment } from '../chain/deployment.ts';
import type { Operator } from '../chain/operator.ts';
import { keccakHex } from '../crypto/keccak.ts';
import { createRateLimiter, type Rate } from '../limits/rate-limit.ts';
import { createBatchCarriages } from './batches.ts';
import { type CartOrder, createCartCarriage } from './carts.ts';
import { type Carriage, Dispatcher, type Shareable } from './dispatcher.ts';
import { createDrips } from './drips.ts';
import { createForeignCode } from './foreign-code.ts';
import { createForwards } from './forwards.ts';
import { createLandings, type Landing } from './landings.ts';
import { Once } from './once.ts';
import { createOrderCarriages } from './orders.ts';
import { createOwnAccounts } from './own-accounts.ts';
import { createPolicy } from './policy.ts';
import { createRecoveryCarriages } from './recoveries.ts';
import type { Lane, Relayer, SignedAction } from './relayer.ts';
import { simulate } from './simulate.ts';
import { createUserOperations } from './user-operations.ts';

export interface RelayerOptions {
	chain: Chain;
	deployment: Deployment;
	operator: Operator;
	/** Resolves when the tables hold everything up to this block. */
	waitForProjection: (blockNumber: bigint) => Promise<void>;
	/** Valid intents of one account. */
	rate?: Rate;
	/** How long intents are gathered into one transaction, milliseconds. */
	gatherMs?: number;
	/** Whether promised orders wait for their place on the chain: they go first. */
	settling?: () => boolean;
}

const DEFAULT_RATE: Rate = { burst: 200, perSecond: 20 };
const REMEMBERED = 10_000;
/** Drawing or paying a panel of fifteen out of tens of thousands of jurors. Contracts of ours alone are poked. */
const POKE_GAS = 4_000_000n;

export function openRelayer(options: RelayerOptions): Relayer {
	const { chain, deployment, operator } = options;
	const { contracts } = deployment;
	const desk = createDesk(options);
	const orders = createOrderCarriages(contracts.orderBook, chain.chainId);
	const drips = createDrips(contracts.faucet);
	const pokes: Carriage<{ to: Address; data: Hex }> = {
		capacity: 1,
		gas: () => POKE_GAS,
		encode: ([item]) => item ?? { to: operator.address, data: '0x' },
		logsOf: (_, __, logs) => [...logs],
	};
	const batches = createBatchCarriages(contracts.batch);
	const recoveries = createRecoveryCarriages(contracts.recovery);
	const accounts = createOwnAccounts(chain, contracts.accountFactory);
	// A contract that signs (ERC-1271) may sign otherwise in the block than before: it does so at nobody else's cost.
	const together = async <T>(pair: Shareable<T>, signer: Address): Promise<Carriage<T>> => ((await hasCode(chain, signer)) ? pair.alone : pair.shared);
	const placeOnce = (order: Order, signature: Hex, place: () => Promise<Landing>) => {
		const orderId = orderIdOf(order, chain.chainId, contracts.orderBook, keccakHex);
		return desk.once(`order:${orderId}:${keccak256(signature)}`, () =>
			place().catch(async (refusal: unknown) => {
				const placed = refusal instanceof Refusal && refusal.code === 'OrderBook_AlreadyPlaced' ? await desk.landings.findOrder(orderId) : null;
				if (placed === null) throw refusal;
				return placed;
			}),
		);
	};
	return {
		userOperation: createUserOperationDoor(options, desk),
		forward: createForwardDoor(options, desk),
		order: (order, signature) =>
			placeOnce(order, signature, async () => {
				requireOwnSignature(signature);
				return await desk.relay(await together(orders.signed, order.buyer), 'money', order.buyer, { order, signature });
			}),
		authorizedOrder: (order, validAfter, validBefore, signature) =>
			placeOnce(order, signature, () => desk.relay(orders.authorized, 'money', order.buyer, { order, validAfter, validBefore, signature })),
		cart: createCartDoor(options, desk),
		action: (action) =>
			desk.once(actionKey(action, orderIdOf(action.order, chain.chainId, contracts.orderBook, keccakHex)), async () =>
				desk.relay(await together(orders.action, action.actor), 'money', action.actor, action),
			),
		settleDue: async (order) => desk.answer(await desk.relay(orders.due, 'money', operator.address, order)),
		approveRecovery: async (approval) => desk.answer(await desk.relay(recoveries.approval, 'catalogue', approval.guardian, approval)),
		vetoRecovery: async (veto) => desk.answer(await desk.relay(recoveries.veto, 'money', veto.guardian, veto)),
		async executeRecovery(target) {
			// Somebody else's contract could do anything with the gas when it is told of its new signers.
			if (await accounts.isForeign(target.account)) throw new Refusal('Relayer_UnsupportedOperation', 'invalid', { field: 'account' });
			return desk.answer(await desk.relay(recoveries.execution, 'catalogue', target.account, target));
		},
		sweep: async (shopId, currency) => desk.answer(await desk.relay(orders.sweep, 'money', operator.address, { shopId, currency })),
		async openTab(opening, signature) {
			// Somebody's own token could fail in the block on purpose, and with it everything that travels beside it.
			if (!deployment.currencies.some(({ address }) => isAddressEqual(address, opening.token)))
				throw new Refusal('OrderBook_CurrencyNotAllowed', 'invalid', { currency: opening.token });
			return desk.once(`tab:${opening.account}:${opening.key}:${opening.token}:${keccak256(signature)}`, async () => {
				const data = encodeFunctionData({ abi: orderBookAbi, functionName: 'openTab', args: [opening, signature] });
				return await desk.relay(await together(batches, opening.account), 'money', opening.account, { to: contracts.orderBook, data });
			});
		},
		tabStep: async (data) => desk.answer(await desk.relay(batches.shared, 'money', operator.address, { to: contracts.tabs, data })),
		poke: async (to, data) => desk.answer(await desk.relay(pokes, 'money', operator.address, { to, data })),
		async faucet(account) {
			if (drips === null || !chain.embedded) throw new Refusal('Faucet_NotAvailable', 'notFound');
			return desk.answer(await desk.relay(drips, 'money', account, account));
		},
	};
}

/** What is paid from a tab goes through the sequencer, which knows what it has promised: here it would take that away. */
function requireOwnSignature(signature: Hex): void {
	if (isTabSignature(signature)) throw new Refusal('Relayer_UnsupportedOperation', 'invalid', { field: 'signature' });
}

/** What every door of the relayer shares. */
interface Desk {
	landings: ReturnType<typeof createLandings>;
	/** Answers an intent once; the same key again gets the same answer. */
	once(key: string, work: () => Promise<Landing>): Promise<Relayed>;
	/** Simulates, then carries. */
	relay<T>(carriage: Carriage<T>, lane: Lane, account: Address, item: T): Promise<Landing>;
	/** Carries what has been simulated. */
	carry<T>(carriage: Carriage<T>, lane: Lane, account: Address, item: T): Promise<Landing>;
	/** The answer once the tables hold it. */
	answer(landing: Landing): Promise<Relayed>;
}

function createDesk({ chain, deployment, operator, waitForProjection, rate = DEFAULT_RATE, gatherMs = 4, settling }: RelayerOptions): Desk {
	const landings = createLandings(chain, deployment);
	const dispatcher = new Dispatcher(chain, operator, gatherMs, settling);
	const takeOne = createRateLimiter(rate, { code: 'Relayer_TooMany' });
	const remembered = new Once<Landing>(REMEMBERED);
	const answer: Desk['answer'] = async ({ transactionHash, blockNumber, created }) => {
		await waitForProjection(blockNumber);
		return { transactionHash, blockNumber: blockNumber.toString(), created };
	};
	const carry: Desk['carry'] = async (carriage, lane, account, item) => {
		// Counted only now: with intents that are not theirs nobody can use up another's allowance. What the operator does is not counted.
		if (account !== operator.address) takeOne(account.toLowerCase());
		return landings.of(await dispatcher.dispatch(carriage, lane, item));
	};
	return {
		landings,
		answer,
		carry,
		once: async (key, work) => answer(await remembered.do(key, work)),
		async relay(carriage, lane, account, item) {
			const failed = await simulate(chain, { from: operator.address, gas: carriage.gas([item]), ...carriage.encode([item]) });
			if (failed !== null) throw failed.refusal;
			return await carry(carriage, lane, account, item);
		},
	};
}

function createUserOperationDoor({ chain, deployment, operator }: RelayerOptions, desk: Desk): Relayer['userOperation'] {
	const policy = createPolicy(deployment);
	const operations = createUserOperations(chain, deployment.contracts.entryPoint, operator.address);
	const foreignCode = createForeignCode(deployment);
	const accounts = createOwnAccounts(chain, deployment.contracts.accountFactory);
	const relay = async (op: PackedUserOperation, hash: Hex, onFirst?: () => void): Promise<Landing> => {
		const lane = policy.laneOfUserOperation(op);
		// An operation that brings its account into being names our factory; the EntryPoint checks that it is the sender's.
		const [foreign, failed] = await Promise.all([op.initCode === '0x' && accounts.isForeign(op.sender), operations.simulate(op)]);
		if (foreign) throw new Refusal('Relayer_UnsupportedOperation', 'invalid', { field: 'sender' });
		if (failed === null) {
			const landing = await desk.carry(foreignCode.runsIn(op) ? operations.carriage.alone : operations.carriage.shared, lane, op.sender, op);
			onFirst?.();
			return landing;
		}
		const mayHaveLanded = ['Account_InvalidNonce', 'Account_AlreadyDeployed'].includes(failed.refusal.code);
		const earlier = mayHaveLanded ? await desk.landings.findUserOperation(hash, (logs) => operations.carriage.alone.logsOf([op], 0, logs)) : null;
		if (earlier === null) throw failed.refusal;
		return earlier;
	};
	return (op, onFirst) => {
		const hash = operations.hashOf(op);
		return desk.once(`operation:${hash}:${keccak256(op.signature)}`, () => relay(op, hash, onFirst));
	};
}

function createForwardDoor({ chain, deployment, operator }: RelayerOptions, desk: Desk): Relayer['forward'] {
	const policy = createPolicy(deployment);
	const forwards = createForwards(chain, deployment.contracts.forwarder, operator.address);
	const relay = async (request: ForwardRequest, signature: Hex): Promise<Landing> => {
		const lane = policy.laneOfForward(request);
		const signed = { ...request, signature };
		const refusal = await forwards.check(signed);
		if (refusal !== null) throw refusal;
		return await desk.carry(forwards.carriage, lane, request.from, signed);
	};
	return (request, signature) =>
		desk.once(['forward', request.from.toLowerCase(), request.nonce, keccak256(request.data), keccak256(signature)].join(':'), () => relay(request, signature));
}

function createCartDoor({ chain, deployment }: RelayerOptions, desk: Desk): Relayer['cart'] {
	const { batch, orderBook } = deployment.contracts;
	const carriage = createCartCarriage(batch, orderBook);
	const place = async (orders: readonly CartOrder[], ids: readonly Hex[], buyer: Address): Promise<Landing> => {
		try {
			return await desk.relay(carriage, 'money', buyer, orders);
		} catch (refusal) {
			if (!(refusal instanceof Refusal) || refusal.code !== 'OrderBook_AlreadyPlaced') throw refusal;
			const placed = await Promise.all(ids.map((id) => desk.landings.findOrder(id)));
			const last = placed.at(-1);
			if (!last || placed.includes(null)) throw refusal;
			return { ...last, created: { ...last.created, orderIds: [...ids] } };
		}
	};
	return (orders) => {
		const [first] = orders;
		if (!first || !orders.every(({ order }) => isAddressEqual(order.buyer, first.order.buyer)))
			throw new Refusal('Relayer_UnsupportedOperation', 'invalid', { field: 'orders' });
		for (const { signature } of orders) requireOwnSignature(signature);
		const ids = orders.map(({ order }) => orderIdOf(order, chain.chainId, orderBook, keccakHex));
		return desk.once(`cart:${keccak256(concat([...ids, ...orders.map(({ signature }) => signature)]))}`, () => place(orders, ids, first.order.buyer));
	};
}

/** Everything that was signed, and by whom: the same key is the same intent. */
function actionKey(action: SignedAction, orderId: Hex): string {
	return [
		'action',
		orderId,
		action.action,
		action.bps,
		action.step,
		action.actor.toLowerCase(),
		action.data,
		action.validBefore,
		keccak256(action.signature),
	].join(':');
}
