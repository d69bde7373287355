import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { before, beforeEach, describe, it } from 'node:test';
import { type Address, encodeFunctionData, type Hex, hexToBytes, keccak256, numberToHex, zeroHash } from 'viem';
import type { PrivateKeyAccount } from 'viem/accounts';
import { arbitrableDeskAbi, courtAbi, feeInsuranceAbi, juryAbi } from '../../../protocol/src/generated/index.ts';
import { type Contract, present, Refusal } from '../../scripts/chain.ts';
import { type House, openHouse } from '../../scripts/house.ts';
import { DAY, GENESIS, Market } from '../../scripts/market.ts';
import { type Order, totalOf } from '../../scripts/orders.ts';
import { call, passkey, SmartAccount } from '../../scripts/passkey.ts';

const RICH = 10n ** 15n;
const STAKE = 100_000_000n;
const BUYER_WINS = 1;
const FORBIDDEN = { callcode: 0xf2, delegatecall: 0xf4, selfdestruct: 0xff };

/** The instructions of a contract's code. Data between them is read as instructions too, which can only make the test stricter. */
function* instructions(code: Uint8Array): Generator<number> {
	for (let i = 0; i < code.length; i++) {
		const op = present(code[i], 'byte');
		yield op;
		if (op >= 0x60 && op <= 0x7f) i += op - 0x5f;
	}
}

const writing = (abi: readonly { type: string; name?: string; stateMutability?: string }[]) =>
	abi.filter((item) => item.type === 'function' && (item.stateMutability === 'nonpayable' || item.stateMutability === 'payable')).map((item) => item.name);

describe('the house court, as it is deployed', () => {
	let market: Market;
	let house: House;
	let buyer: SmartAccount;
	let juror: SmartAccount;
	let forwarded: PrivateKeyAccount;
	let wallet: PrivateKeyAccount;
	let offerId: bigint;
	let fresh: string;

	before(async () => {
		market = await Market.open();
		house = await openHouse(market);
		const account = (name: string) => SmartAccount.at(market, [passkey(market.verifier.address, name)]);
		[buyer, juror] = [await account('buyer'), await account('juror')];
		[forwarded, wallet] = [await market.wallet('forwarded'), await market.wallet('wallet')];
		await market.stake(buyer.address, RICH);
		await market.stake(numberToHex(market.shopId, { size: 20 }), RICH);
		await market.stake(juror.address, STAKE);
		await juror.run([call(market.orderBook, 'transferAndCall', [market.token.address, house.jury.address, STAKE, '0x'])]);
		for (const one of [forwarded, wallet]) await house.stake(one, STAKE);
		offerId = await market.publish(market.terms({ arbitrator: house.court.address }));
		fresh = await market.chain.snapshot();
	});

	beforeEach(async () => {
		await market.chain.restore(fresh);
		fresh = await market.chain.snapshot();
	});

	/** Calls the court as a wallet that has no coin: signed by it, submitted by the operator. */
	async function forward(from: PrivateKeyAccount, functionName: 'commitVote' | 'revealVote', args: readonly unknown[]) {
		const data = encodeFunctionData({ abi: courtAbi, functionName, args: args as never });
		const nonce = (await market.chain.read(market.forwarder, 'nonces', [from.address])) as bigint;
		const message = { from: from.address, to: house.court.address, value: 0n, gas: 500_000n, nonce, deadline: GENESIS + 1000 * DAY, data };
		const signature = await from.signTypedData({
			domain: { name: 'Kaishi Forwarder', version: '1', chainId: 31337, verifyingContract: market.forwarder.address },
			primaryType: 'ForwardRequest',
			types: {
				ForwardRequest: [
					{ name: 'from', type: 'address' },
					{ name: 'to', type: 'address' },
					{ name: 'value', type: 'uint256' },
					{ name: 'gas', type: 'uint256' },
					{ name: 'nonce', type: 'uint256' },
					{ name: 'deadline', type: 'uint48' },
					{ name: 'data', type: 'bytes' },
				],
			},
			message,
		});
		const { nonce: _, ...request } = message;
		await market.chain.write(market.operator, market.forwarder, 'execute', [{ ...request, signature }]);
	}

	/** As whoever holds the seat: by passkey, by signature, or by an own transaction. */
	async function asJuror(address: Address, functionName: 'commitVote' | 'revealVote', args: readonly unknown[]) {
		if (address === juror.address) await juror.run([call(house.court, functionName, args)]);
		else if (address === forwarded.address) await forward(forwarded, functionName, args);
		else await market.chain.write(address, house.court, functionName, args);
	}

	async function joined(): Promise<{ order: Order; id: bigint }> {
		const order = market.order(offerId, market.terms({ arbitrator: house.court.address }), buyer.address);
		await buyer.run([call(market.orderBook, 'placeOrder', [order])]);
		await market.chain.write(market.seller, market.orderBook, 'ship', [order, zeroHash]);
		await buyer.run([call(market.orderBook, 'perform', [order, 4, 0, keccak256('0x01')])]);
		await market.perform(market.seller, order, 'join');
		const id = BigInt(market.orderId(order));
		await market.chain.write(market.operator, house.court, 'draw', [id]);
		return { order, id };
	}

	async function pass(id: bigint) {
		await market.chain.at((await market.chain.now()) + house.periodSeconds + 1);
		await market.chain.write(market.operator, house.court, 'passPeriod', [id]);
	}

	it('judges: a passkey disputes; passkey, signature and wallet vote; a stranger carries it out', async () => {
		const { chain, operator, orderBook, token } = market;
		const { order, id } = await joined();
		await chain.mine(2);
		await chain.write(operator, house.court, 'draw', [id]);
		await pass(id);
		const panel = await Promise.all([0, 1, 2].map((seat) => house.seat(id, 0, seat)));
		assert.deepEqual(new Set(panel), new Set([juror.address, forwarded.address, wallet.address]));
		for (const [seat, address] of panel.entries()) await asJuror(address, 'commitVote', [id, seat, house.commitment(id, 0, address, BUYER_WINS, zeroHash)]);
		await chain.write(operator, house.court, 'passPeriod', [id]);
		for (const [seat, address] of panel.entries()) await asJuror(address, 'revealVote', [id, seat, BUYER_WINS, zeroHash, 'it was broken']);
		await chain.write(operator, house.court, 'passPeriod', [id]);
		await pass(id);
		const balance = (account: Address) => chain.read(orderBook, 'balanceOf', [account, token.address]) as Promise<bigint>;
		const [before, [fee]] = [await balance(buyer.address), (await chain.read(house.court, 'feeOf', [token.address, totalOf(order)])) as [bigint]];
		await chain.write(operator, house.court, 'execute', [id, order]);
		assert.equal(await balance(buyer.address), before + totalOf(order) + fee);
		await chain.write(operator, house.court, 'settleRound', [id, 0]);
		assert.equal(await balance(juror.address), fee / 3n);
		assert.equal(await balance(house.court.address), 0n);
		assert.equal((await market.stateOf(order)).state, 'ruled');
	});

	it('takes nobody else for a juror, not even through the forwarder', async () => {
		const { id } = await joined();
		await market.chain.mine(2);
		await market.chain.write(market.operator, house.court, 'draw', [id]);
		await pass(id);
		const stranger = await market.wallet('stranger');
		// The forwarder hides why; it says only that the call failed.
		await assert.rejects(forward(stranger, 'commitVote', [id, 0, keccak256('0x05')]), Refusal);
		const [seated] = (await market.chain.read(house.court, 'seatOf', [id, 0, 0])) as [Address, Hex];
		const [, commitment] = (await market.chain.read(house.court, 'seatOf', [id, 0, 0])) as [Address, Hex];
		assert.notEqual(seated, stranger.address);
		assert.equal(commitment, zeroHash);
	});

	it('starts again when the pinned hash is out of reach: what the chain answers instead is no seed', async () => {
		const { chain, operator } = market;
		const nobody = '0x0000000000000000000000000000000000000000';
		const { id } = await joined();
		await chain.mine(1000);
		await chain.write(operator, house.court, 'draw', [id]);
		assert.equal(await house.seat(id, 0, 0), nobody);
		await chain.mine(200);
		await chain.write(operator, house.court, 'draw', [id]);
		assert.notEqual(await house.seat(id, 0, 0), nobody);
	});

	it('asks the fees of the vectors', async () => {
		const { fees } = JSON.parse(readFileSync(new URL('../../../protocol/vectors/court-fees.json', import.meta.url), 'utf8'));
		for (const { tariff, atStake, perJuror, tier } of fees) {
			await market.chain.write(market.operator, house.court, 'setTariff', [market.token.address, tariff]);
			const quoted = await market.chain.read(house.court, 'feeOf', [market.token.address, BigInt(atStake)]);
			assert.deepEqual(quoted, [3n * BigInt(perJuror), BigInt(perJuror), tier], JSON.stringify({ tariff, atStake }));
		}
	});

	it('has these doors and no other', () => {
		const owned = ['renounceOwnership', 'setTariff', 'setTiming', 'transferOwnership'];
		const forParties = ['submitEvidence', 'commitVote', 'revealVote'];
		const forAnyone = ['draw', 'passPeriod', 'execute', 'close', 'settleRound', 'settleContribution'];
		const forTheBook = ['onContested', 'onJoined', 'onPaid'];
		assert.deepEqual(writing(courtAbi).sort(), [...owned, ...forParties, ...forAnyone, ...forTheBook].sort());
		assert.deepEqual(writing(juryAbi).sort(), ['dismiss', 'drawPanel', 'onPaid', 'release', 'resume', 'unstake']);
		assert.deepEqual(writing(feeInsuranceAbi).sort(), ['conclude', 'onPaid', 'reserve']);
		const desk = ['close', 'execute', 'onContested', 'onJoined', 'onPaid', 'rule', 'submit', 'submitEvidence', 'takeBack'];
		assert.deepEqual(writing(arbitrableDeskAbi).sort(), desk);
	});

	it('cannot run foreign code in its place or destroy itself', async () => {
		for (const contract of [house.court, house.jury, house.insurance] as Contract[]) {
			const code = present(await market.chain.client.getCode({ address: contract.address }), 'code');
			const used = new Set(instructions(hexToBytes(code)));
			for (const [name, op] of Object.entries(FORBIDDEN)) assert.ok(!used.has(op), `${contract.address} contains ${name}`);
		}
	});
});
