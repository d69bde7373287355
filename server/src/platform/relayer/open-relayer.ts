import type { Relayed } from '@kaishi/protocol/account';
import { faucetAbi } from '@kaishi/protocol/generated/faucet';
import { type Order, orderIdOf } from '@kaishi/protocol/order';
import { Refusal } from '@kaishi/protocol/platform/errors';
import { type Address, encodeFunctionData, type Hex, keccak256, numberToHex } from 'viem';
import type { Chain } from '../chain/chain.ts';
import type { Deployment } from '../chain/deployment.ts';
import { TRANSACTION_GAS_CAP } from '../chain/executor.ts';
import type { Operator } from '../chain/operator.ts';
import { fetchReceipt } from '../chain/receipts.ts';
import { createdIn, ORDER_PLACED } from './created.ts';
import { type Carriage, Dispatcher, type Inclusion } from './dispatcher.ts';
import { createForwards } from './forwards.ts';
import { Once } from './once.ts';
import { createOrderCarriages } from './orders.ts';
import { createPolicy } from './policy.ts';
import type { Lane, Relayer, SignedAction } from './relayer.ts';
import { simulate } from './simulate.ts';
import { type Rate, TokenBuckets } from './token-bucket.ts';
import { createUserOperations, findUserOperation } from './user-operations.ts';

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
}

const DEFAULT_RATE: Rate = { burst: 200, perSecond: 20 };
/** A real node does not search its whole history for one log. */
const SEARCHED_BLOCKS = 9_000n;

export function openRelayer(options: RelayerOptions): Relayer {
	const { chain, deployment, operator, waitForProjection } = options;
	const { contracts } = deployment;
	const policy = createPolicy(deployment);
	const dispatcher = new Dispatcher(chain, operator, options.gatherMs ?? 4);
	const buckets = new TokenBuckets(options.rate ?? DEFAULT_RATE, 'Relayer_TooMany');
	const once = new Once<Inclusion>(10_000);
	const userOperations = createUserOperations(chain, contracts.entryPoint, operator.address);
	const forwards = createForwards(chain, contracts.forwarder, operator.address);
	const orders = createOrderCarriages(contracts.orderBook, chain.chainId);
	const drips: Carriage<Address> = {
		capacity: 1,
		encode: ([account = '0x']) => ({ to: contracts.faucet ?? '0x', data: encodeFunctionData({ abi: faucetAbi, functionName: 'drip', args: [account] }) }),
		logsOf: (_, __, logs) => [...logs],
	};

	const answer = async (inclusion: Promise<Inclusion>): Promise<Relayed> => {
		const { transactionHash, blockNumber, logs } = await inclusion;
		await waitForProjection(blockNumber);
		return { transactionHash, blockNumber: blockNumber.toString(), created: createdIn(logs, contracts) };
	};
	/** Only what would succeed is counted: nobody can use up another's allowance with forged intents. */
	const relay = async <T>(carriage: Carriage<T>, lane: Lane, account: Address, item: T): Promise<Inclusion> => {
		const failed = await simulate(chain, { from: operator.address, gas: TRANSACTION_GAS_CAP, ...carriage.encode([item]) });
		if (failed !== null) throw failed.refusal;
		buckets.take(account.toLowerCase());
		return await dispatcher.dispatch(carriage, lane, item);
	};
	const searchFrom = async () => {
		const start = BigInt(deployment.startBlock);
		if (chain.embedded) return start;
		const recent = (await chain.head()).number - SEARCHED_BLOCKS;
		return recent > start ? recent : start;
	};
	const inclusionIn = async (transactionHash: Hex, carriageLogs: (logs: Inclusion['logs']) => Inclusion['logs']): Promise<Inclusion | null> => {
		const receipt = await fetchReceipt((method, params) => chain.request(method, params), transactionHash);
		return receipt === null ? null : { transactionHash, blockNumber: receipt.blockNumber, logs: carriageLogs(receipt.logs) };
	};
	/** The order was placed before, perhaps by another relayer or before a restart: that is the answer. */
	const findOrder = async (orderId: Hex): Promise<Inclusion | null> => {
		const filter = { address: contracts.orderBook, topics: [[ORDER_PLACED], [orderId]], fromBlock: numberToHex(await searchFrom()), toBlock: 'latest' };
		const [log] = await chain.request<{ transactionHash: Hex }[]>('eth_getLogs', [filter]);
		return log ? await inclusionIn(log.transactionHash, (logs) => logs.filter((one) => one.topics[1] === orderId)) : null;
	};
	const placed = (order: Order, signature: Hex, place: () => Promise<Inclusion>): Promise<Inclusion> => {
		const orderId = orderIdOf(order, chain.chainId, contracts.orderBook);
		return once.do(`order:${orderId}:${keccak256(signature)}`, async () => {
			try {
				return await place();
			} catch (refusal) {
				const earlier = refusal instanceof Refusal && refusal.code === 'OrderBook_AlreadyPlaced' ? await findOrder(orderId) : null;
				if (earlier === null) throw refusal;
				return earlier;
			}
		});
	};

	return {
		userOperation(op, onFirst) {
			const hash = userOperations.hashOf(op);
			return answer(
				once.do(`operation:${hash}:${keccak256(op.signature)}`, async () => {
					const lane = policy.laneOfUserOperation(op);
					const failed = await userOperations.simulate(op);
					if (failed === null) {
						buckets.take(op.sender.toLowerCase());
						const inclusion = await dispatcher.dispatch(userOperations.carriage, lane, op);
						onFirst?.();
						return inclusion;
					}
					const landed = ['Account_InvalidNonce', 'Account_AlreadyDeployed'].includes(failed.refusal.code)
						? await findUserOperation(chain, contracts.entryPoint, hash, await searchFrom())
						: null;
					const earlier = landed && (await inclusionIn(landed.transactionHash, (logs) => userOperations.carriage.logsOf([op], 0, logs)));
					if (!earlier) throw failed.refusal;
					return earlier;
				}),
			);
		},
		forward(request, signature) {
			return answer(
				once.do(`forward:${keccak256(signature)}:${request.from}:${request.nonce}:${keccak256(request.data)}`, async () => {
					const lane = policy.laneOfForward(request);
					const signed = { ...request, signature };
					const refusal = await forwards.check(signed);
					if (refusal !== null) throw refusal;
					return await relay(forwards.carriage, lane, request.from, signed);
				}),
			);
		},
		order: (order, signature) => answer(placed(order, signature, () => relay(orders.signed, 'money', order.buyer, { order, signature }))),
		authorizedOrder: (order, validAfter, validBefore, signature) =>
			answer(placed(order, signature, () => relay(orders.authorized, 'money', order.buyer, { order, validAfter, validBefore, signature }))),
		action: (action) =>
			answer(
				once.do(actionKey(action, orderIdOf(action.order, chain.chainId, contracts.orderBook)), () => relay(orders.action, 'money', action.actor, action)),
			),
		settleDue: (order) => answer(relay(orders.due, 'money', order.buyer, order)),
		async faucet(account) {
			if (contracts.faucet === null || !chain.embedded) throw new Refusal('Faucet_NotAvailable', 'notFound');
			return await answer(relay(drips, 'money', account, account));
		},
	};
}

/** Everything that was signed, and by whom: the same key is the same intent. */
function actionKey(action: SignedAction, orderId: Hex): string {
	return ['action', orderId, action.action, action.actor.toLowerCase(), action.data, action.validBefore, keccak256(action.signature)].join(':');
}
