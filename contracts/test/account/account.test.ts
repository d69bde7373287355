import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import {
	type Address,
	concat,
	encodeAbiParameters,
	type Hex,
	hashDomain,
	hashStruct,
	keccak256,
	numberToHex,
	pad,
	stringToHex,
	type TransactionReceipt,
	toHex,
	zeroAddress,
} from 'viem';
import { accountAbi, entryPointAbi } from '../../../protocol/src/generated/index.ts';
import { eventsOf, Refusal } from '../../scripts/chain.ts';
import { Market } from '../../scripts/market.ts';
import { type OfferTerms, type Order, orderTypes, totalOf } from '../../scripts/orders.ts';
import { call, handleOps, passkey, SmartAccount, walletSigner } from '../../scripts/passkey.ts';

const succeeded = (receipt: TransactionReceipt) => eventsOf(receipt, entryPointAbi, 'UserOperationEvent').map((e) => e.args.success);
const refusedWith =
	(name: string, ...args: unknown[]) =>
	(error: unknown) =>
		error instanceof Refusal && error.errorName === name && args.every((arg) => error.args.includes(arg));

describe('passkey account through EntryPoint v0.8', () => {
	let market: Market;
	let terms: OfferTerms;
	let offerId: bigint;

	before(async () => {
		market = await Market.open();
		terms = market.terms();
		offerId = await market.publish(terms, 1000);
	});

	async function passkeyAccount(name: string): Promise<SmartAccount> {
		return SmartAccount.at(market, [passkey(market.verifier.address, name)]);
	}

	const place = (order: Order) => call(market.orderBook, 'placeOrder', [order]);
	const confirm = (order: Order) => call(market.orderBook, 'confirm', [order]);
	const orderFor = (buyer: Address) => market.order(offerId, terms, buyer);

	it('is deployed by its first operation, which buys; the next one confirms', async () => {
		const account = await passkeyAccount('first');
		const order = orderFor(account.address);
		await market.stake(account.address, totalOf(order));
		assert.equal(await market.chain.client.getCode({ address: account.address }), undefined);

		assert.deepEqual(succeeded(await account.run([place(order)])), [true]);
		assert.equal((await market.stateOf(order)).state, 'placed');
		assert.deepEqual(succeeded(await account.run([confirm(order)])), [true]);
		assert.equal((await market.stateOf(order)).state, 'completed');
	});

	it('approves, places two orders and confirms one in a single operation', async () => {
		const account = await passkeyAccount('cart');
		const [a, b] = [orderFor(account.address), orderFor(account.address)];
		await market.chain.write(market.operator, market.token, 'mint', [account.address, totalOf(a) * 2n]);
		const approve = call(market.token, 'approve', [market.orderBook.address, totalOf(a) * 2n]);
		assert.deepEqual(succeeded(await account.run([approve, place(a), place(b), confirm(a)])), [true]);
		assert.equal((await market.stateOf(a)).state, 'completed');
		assert.equal((await market.stateOf(b)).state, 'placed');
	});

	it('error: a batch fails as a whole', async () => {
		const account = await passkeyAccount('whole');
		const order = orderFor(account.address);
		await market.stake(account.address, totalOf(order));
		assert.deepEqual(succeeded(await account.run([place(order), place(order)])), [false]);
		assert.equal((await market.stateOf(order)).state, 'none');
	});

	it('error: a signature of another passkey is refused with AA24', async () => {
		const account = await passkeyAccount('mine');
		const operation = await account.operation([], [passkey(market.verifier.address, 'thief')]);
		await assert.rejects(handleOps(market, [operation]), refusedWith('FailedOp', 'AA24 signature error'));
	});

	it('error: a signature of another operation is refused with AA24', async () => {
		const account = await passkeyAccount('mine');
		const operation = await account.operation([]);
		const other = await account.operation([place(orderFor(account.address))]);
		await assert.rejects(handleOps(market, [{ ...operation, callData: other.callData }]), refusedWith('FailedOp', 'AA24 signature error'));
	});

	it('error: an operation cannot be replayed', async () => {
		const account = await passkeyAccount('replayed');
		const operation = await account.operation([]);
		assert.deepEqual(succeeded(await handleOps(market, [operation])), [true]);
		await assert.rejects(handleOps(market, [{ ...operation, initCode: '0x' }]), refusedWith('FailedOp', 'AA25 invalid account nonce'));
	});

	it('error: nobody else executes, and the signers cannot be set twice', async () => {
		const account = await passkeyAccount('owned');
		await account.run([]);
		const contract = { address: account.address, abi: accountAbi };
		const { chain, operator } = market;
		const mode = pad('0x01', { dir: 'right', size: 32 });
		await assert.rejects(chain.write(operator, contract, 'execute', [mode, '0x']), refusedWith('AccountUnauthorized'));
		await assert.rejects(chain.write(operator, contract, 'addSigners', [[operator]]), refusedWith('AccountUnauthorized'));
		await assert.rejects(chain.write(operator, contract, 'removeSigners', [[operator]]), refusedWith('AccountUnauthorized'));
		await assert.rejects(chain.write(operator, contract, 'setThreshold', [1n]), refusedWith('AccountUnauthorized'));
		await assert.rejects(chain.write(operator, contract, 'initialize', [[operator], 1n]), refusedWith('InvalidInitialization'));
		const implementation = (await chain.read(market.factory, 'implementation', [])) as Address;
		await assert.rejects(
			chain.write(operator, { address: implementation, abi: accountAbi }, 'initialize', [[operator], 1n]),
			refusedWith('InvalidInitialization'),
		);
	});

	it('behavior: creating twice returns the same account, and other signers mean another address', async () => {
		const { chain, operator, factory } = market;
		const salt = toHex(7, { size: 32 });
		const args = [[operator], 1n, salt] as const;
		const address = (await chain.read(factory, 'predict', args)) as Address;
		await chain.write(operator, factory, 'create', args);
		const again = await chain.write(operator, factory, 'create', args);
		assert.equal(again.logs.length, 0);
		const others = await chain.read(factory, 'predict', [[market.seller], 1n, salt]);
		assert.notEqual(others, address);
		assert.equal(await chain.read({ address, abi: accountAbi }, 'isSigner', [operator]), true);
	});

	it('error: an account without signers, or with an unreachable threshold, cannot be created', async () => {
		const { chain, operator, factory } = market;
		const salt = toHex(0, { size: 32 });
		await assert.rejects(chain.write(operator, factory, 'create', [[], 1n, salt]), refusedWith('MultiSignerERC7913UnreachableThreshold'));
		await assert.rejects(chain.write(operator, factory, 'create', [[operator], 0n, salt]), refusedWith('MultiSignerERC7913ZeroThreshold'));
	});

	it('behavior: two of three signers, a passkey and a wallet, act together; one alone does not', async () => {
		const wallet = await market.wallet('co-owner');
		const third = passkey(market.verifier.address, 'third');
		const signers = [passkey(market.verifier.address, 'first-of-three'), walletSigner(wallet), third];
		const account = await SmartAccount.at(market, signers, 2n);
		const order = orderFor(account.address);
		await market.stake(account.address, totalOf(order));

		assert.deepEqual(succeeded(await account.run([place(order)], signers.slice(0, 2))), [true]);
		const alone = await account.operation([confirm(order)], [third]);
		await assert.rejects(handleOps(market, [alone]), refusedWith('FailedOp', 'AA24 signature error'));
		const twice = await account.operation([confirm(order)], [third, third]);
		await assert.rejects(handleOps(market, [twice]), refusedWith('FailedOp', 'AA24 signature error'));
		assert.deepEqual(succeeded(await account.run([confirm(order)], signers.slice(1))), [true]);
	});

	it('behavior: a second passkey is added, the lost one removed', async () => {
		const account = await passkeyAccount('lost');
		const spare = passkey(market.verifier.address, 'spare');
		const self = { address: account.address, abi: accountAbi };
		assert.deepEqual(succeeded(await account.run([call(self, 'addSigners', [[spare.bytes]])])), [true]);
		const lost = account.signers[0]!.bytes;
		assert.deepEqual(succeeded(await account.run([call(self, 'removeSigners', [[lost]])], [spare])), [true]);
		assert.equal(await market.chain.read(self, 'isSigner', [lost]), false);
		const operation = await account.operation([]);
		await assert.rejects(handleOps(market, [operation]), refusedWith('FailedOp', 'AA24 signature error'));
		assert.deepEqual(succeeded(await account.run([call(self, 'removeSigners', [[spare.bytes]])], [spare])), [false]);
	});

	it('behavior: owns a shop, is given another one, and pays in coin', async () => {
		const account = await passkeyAccount('owner');
		const { chain, shop, seller, orderBook, operator } = market;
		const open = call(shop, 'open', ['passkey-shop', account.address, toHex('{}')]);
		assert.deepEqual(succeeded(await account.run([open])), [true]);
		await chain.write(seller, shop, 'open', ['given-away', seller, toHex('{}')]);
		await chain.write(seller, shop, 'safeTransferFrom', [seller, account.address, 3n]);
		assert.equal(await chain.read(shop, 'ownerOf', [2n]), account.address);
		assert.equal(await chain.read(shop, 'ownerOf', [3n]), account.address);

		const native = market.terms({ currency: zeroAddress });
		const order = market.order(await market.publish(native), native, account.address);
		await chain.send({ from: operator, to: account.address, value: totalOf(order) });
		assert.deepEqual(succeeded(await account.run([call(orderBook, 'placeOrder', [order], totalOf(order))])), [true]);
		assert.equal((await market.stateOf(order)).state, 'placed');
	});

	/** Wraps an order's signature the way ERC-7739 asks for, so that it counts for this account alone. */
	async function signOrder(account: SmartAccount, order: Order, signers?: typeof account.signers): Promise<Hex> {
		const contentsType =
			'Order(uint256 offerId,uint32 version,OfferTerms terms,address buyer,uint64 quantity,address affiliate,uint16 feeBps,bytes32 detailsHash,uint64 validBefore,bytes32 salt)OfferTerms(address currency,uint128 unitPrice,uint128 shippingPrice,uint32 shipBySeconds,uint32 confirmBySeconds,uint32 cancelSeconds,uint32 returnSeconds,uint16 affiliateBps,address arbitrator,Split[] splits)Split(address recipient,uint16 bps)';
		const separator = hashDomain({
			domain: { ...market.domain, chainId: 31337n },
			types: {
				EIP712Domain: [
					{ name: 'name', type: 'string' },
					{ name: 'version', type: 'string' },
					{ name: 'chainId', type: 'uint256' },
					{ name: 'verifyingContract', type: 'address' },
				],
			},
		});
		const contents = hashStruct({ data: order, primaryType: 'Order', types: orderTypes });
		const typeHash = keccak256(
			stringToHex(`TypedDataSign(Order contents,string name,string version,uint256 chainId,address verifyingContract,bytes32 salt)${contentsType}`),
		);
		const struct = keccak256(
			encodeAbiParameters(
				[{ type: 'bytes32' }, { type: 'bytes32' }, { type: 'bytes32' }, { type: 'bytes32' }, { type: 'uint256' }, { type: 'address' }, { type: 'bytes32' }],
				[typeHash, contents, keccak256(stringToHex('Kaishi Account')), keccak256(stringToHex('1')), 31337n, account.address, pad('0x00', { size: 32 })],
			),
		);
		const signature = await account.sign(keccak256(concat(['0x1901', separator, struct])), signers);
		return concat([signature, separator, contents, stringToHex(contentsType), numberToHex(contentsType.length, { size: 2 })]);
	}

	it('behavior: an order signed off-chain (ERC-1271, ERC-7739) is placed by the relayer', async () => {
		const account = await passkeyAccount('signs-only');
		await account.run([]);
		const order = orderFor(account.address);
		await market.stake(account.address, totalOf(order));
		const forged = await signOrder(account, order, [passkey(market.verifier.address, 'thief')]);
		await assert.rejects(market.chain.write(market.operator, market.orderBook, 'placeOrders', [[order], [forged]]), refusedWith('OrderBook_InvalidSignature'));
		await market.chain.write(market.operator, market.orderBook, 'placeOrders', [[order], [await signOrder(account, order)]]);
		assert.equal((await market.stateOf(order)).state, 'placed');
	});
});
