import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { type Hex, hexToBytes } from 'viem';
import { auctionsAbi, batchAbi, catalogAbi, operatorsAbi, orderBookAbi, reviewsAbi, shopAbi, tabsAbi } from '../../../protocol/src/generated/index.ts';
import { type Contract, present } from '../../scripts/chain.ts';
import { Market } from '../../scripts/market.ts';

/** EIP-170: more code a chain does not take. */
const MAX_CODE_BYTES = 24_576;

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

describe('no owner, no pause, no upgrade', () => {
	let market: Market;

	before(async () => {
		market = await Market.open();
	});

	it('the order book has these doors and no other', () => {
		assert.deepEqual(writing(orderBookAbi).sort(), [
			'act',
			'confirm',
			'deposit',
			'depositWithAuthorization',
			'openTab',
			'perform',
			'placeOrder',
			'placeOrderWithAuthorization',
			'placeOrders',
			'placeWon',
			'rule',
			'settle',
			'settleDue',
			'ship',
			'sweep',
			'transfer',
			'transferAndCall',
			'transferEach',
			'withdraw',
			'withdrawShop',
		]);
	});

	it('catalogue, shop and reviews have these doors and no other', () => {
		assert.deepEqual(writing(catalogAbi).sort(), ['delist', 'endDeal', 'openDeal', 'pledge', 'publish', 'restock', 'setStock', 'take', 'unpledge']);
		assert.deepEqual(writing(reviewsAbi).sort(), ['reply', 'review']);
		const erc721 = ['approve', 'safeTransferFrom', 'safeTransferFrom', 'setApprovalForAll', 'transferFrom'];
		const treasury = ['applyGuard', 'authorizeWithdrawal', 'lowerCap', 'setGuard', 'setLimits', 'vetoGuard'];
		assert.deepEqual(writing(shopAbi).sort(), [...erc721, ...treasury, 'open', 'setPayout', 'setProfile', 'setStaff'].sort());
	});

	it('tabs, operators, auctions and batches have these doors and no other', () => {
		assert.deepEqual(writing(tabsAbi).sort(), ['challenge', 'claim', 'close', 'finish', 'onPaid', 'open', 'release', 'settle', 'spend']);
		const claims = ['claimConflicting', 'claimConflictingTabStates', 'claimDropped'];
		assert.deepEqual(writing(operatorsAbi).sort(), ['announceWithdrawal', ...claims, 'compensate', 'onPaid', 'register', 'withdrawBond']);
		assert.deepEqual(writing(auctionsAbi).sort(), ['bid', 'cancel', 'empty', 'finish', 'giveUp', 'onPaid', 'open', 'reclaim', 'reveal']);
		assert.deepEqual(writing(batchAbi).sort(), ['run', 'runEach']);
	});

	it('none of them can run foreign code in its place or destroy itself', async () => {
		for (const contract of [market.orderBook, market.catalog, market.shop, market.operators, market.tabs, market.auctions, market.batch] as Contract[]) {
			const code = present(await market.chain.client.getCode({ address: contract.address }), 'code') as Hex;
			const used = new Set(instructions(hexToBytes(code)));
			for (const [name, op] of Object.entries(FORBIDDEN)) assert.ok(!used.has(op), `${contract.address} contains ${name}`);
		}
	});

	it('every contract fits on a chain as it is', async () => {
		const sizes = new Map<string, number>();
		for (const [name, contract] of Object.entries(market)) {
			if (typeof contract !== 'object' || !('abi' in contract)) continue;
			const code = present(await market.chain.client.getCode({ address: (contract as Contract).address }), name);
			sizes.set(name, hexToBytes(code).length);
		}
		assert.ok(sizes.size >= 10, 'contracts were found');
		for (const [name, bytes] of sizes) assert.ok(bytes <= MAX_CODE_BYTES, `${name} has ${bytes} bytes`);
	});
});
