import { encodeAbiParameters, type Hex, keccak256, numberToHex, type TransactionReceipt, zeroHash } from 'viem';
import type { PrivateKeyAccount } from 'viem/accounts';
import type { Chain } from './chain.ts';
import { type House, openHouse } from './house.ts';
import type { Market } from './market.ts';

const RICH = 10n ** 15n;
const JURORS = 20;
const BUYER = 1;

/** What depends on who is drawn, which no two runs share: rounded up to a figure that does not. */
const roughly = (figure: number) => Math.ceil(figure / 250_000) * 250_000;

const gas = async (receipt: Promise<TransactionReceipt>) => Number((await receipt).gasUsed);

interface Scene {
	market: Market;
	chain: Chain;
	house: House;
	buyer: PrivateKeyAccount;
	offerId: bigint;
}

/** A dispute before the house court, from placement to ruling; both sides' accounts and the court's are in use already. */
export async function disputes(market: Market) {
	const { chain } = market;
	const house = await openHouse(market);
	for (let i = 0; i < JURORS; i++) await openJuror(market, house, `juror ${i}`);
	const buyer = await market.wallet('disputing buyer');
	await market.stake(buyer.address, RICH);
	await market.stake(numberToHex(market.shopId, { size: 20 }), RICH);
	const offerId = await market.publish(market.terms({ arbitrator: house.court.address }), 1000);
	const scene = { market, chain, house, buyer, offerId };
	await judged(scene);
	// Other disputes are open: the court's balance is not empty.
	await contribution(scene);
	const { parties, jurors } = await judged(scene);
	const { place, ship, open, join, execute } = parties;
	return {
		disputeParties: { ...parties, wholePathToRuling: place + ship + open + join + execute },
		disputeJurors: { ...jurors, ...(await staking(scene)), contributeToAppeal: await contribution(scene) },
	};
}

/** A juror with a stake, and a balance that is not empty. */
async function openJuror(market: Market, house: House, name: string): Promise<PrivateKeyAccount> {
	const wallet = await market.wallet(name);
	await house.stake(wallet, 100_000_000n);
	await market.stake(wallet.address, 1000n);
	return wallet;
}

/** One whole dispute that the buyer wins; every figure is one transaction. */
async function judged(scene: Scene) {
	const { market, chain, house, buyer, offerId } = scene;
	const { orderBook, seller, operator } = market;
	const { court } = house;
	const order = market.order(offerId, market.terms({ arbitrator: court.address }), buyer.address);
	const place = await gas(chain.write(buyer.address, orderBook, 'placeOrder', [order]));
	const ship = await gas(chain.write(seller, orderBook, 'ship', [order, zeroHash]));
	const open = await gas(market.perform(buyer.address, order, 'dispute', keccak256('0x01')));
	const join = await gas(market.perform(seller, order, 'join', keccak256('0x02')));
	const id = BigInt(market.orderId(order));
	const askForPanel = await gas(chain.write(operator, court, 'draw', [id]));
	await chain.mine(2);
	const draw = roughly(await gas(chain.write(operator, court, 'draw', [id])));
	const evidence = await gas(chain.write(buyer.address, court, 'submitEvidence', [id, 'ipfs://bafkreihdwdcefgh4dqkjv67uzcmw7ojee6xedzdetojuzjevtenxquvyku']));
	const pass = async () => {
		await chain.at((await chain.now()) + house.periodSeconds + 1);
		return gas(chain.write(operator, court, 'passPeriod', [id]));
	};
	const passPeriod = await pass();
	const votes = await vote(scene, id);
	await pass();
	const execute = await gas(chain.write(operator, court, 'execute', [id, order]));
	const settleRound = roughly(await gas(chain.write(operator, court, 'settleRound', [id, 0])));
	return { parties: { place, ship, open, join, submitEvidence: evidence, execute }, jurors: { askForPanel, draw, passPeriod, ...votes, settleRound } };
}

/** The panel of three commits and reveals for the buyer. */
async function vote({ market, chain, house }: Scene, id: bigint) {
	const { court } = house;
	const salt = zeroHash;
	const panel = await Promise.all([0, 1, 2].map((seat) => house.seat(id, 0, seat)));
	let [commitVote, revealVote] = [0, 0];
	for (const [seat, juror] of panel.entries()) {
		const commitment = house.commitment(id, 0, juror, BUYER, salt);
		commitVote = await gas(chain.write(juror, court, 'commitVote', [id, seat, commitment]));
	}
	await chain.write(market.operator, court, 'passPeriod', [id]);
	for (const [seat, juror] of panel.entries()) {
		revealVote = await gas(chain.write(juror, court, 'revealVote', [id, seat, BUYER, salt, '']));
	}
	const passReveal = await gas(chain.write(market.operator, court, 'passPeriod', [id]));
	return { commitVote, revealVote, passReveal };
}

async function staking({ market, chain, house }: Scene) {
	const wallet = await openJuror(market, house, 'one more juror');
	return {
		stake: await gas(house.stake(wallet, 100_000_000n)),
		unstake: await gas(chain.write(wallet.address, house.jury, 'unstake', [1_000_000n])),
	};
}

/** A contribution to the seller's appeal. */
async function contribution(scene: Scene): Promise<number> {
	const { market, chain, house, buyer, offerId } = scene;
	const { court } = house;
	const order = market.order(offerId, market.terms({ arbitrator: court.address }), buyer.address);
	await chain.write(buyer.address, market.orderBook, 'placeOrder', [order]);
	await chain.write(market.seller, market.orderBook, 'ship', [order, zeroHash]);
	await market.perform(buyer.address, order, 'dispute');
	await market.perform(market.seller, order, 'join');
	const id = BigInt(market.orderId(order));
	await chain.write(market.operator, court, 'draw', [id]);
	await chain.mine(2);
	await chain.write(market.operator, court, 'draw', [id]);
	await chain.at((await chain.now()) + house.periodSeconds + 1);
	await chain.write(market.operator, court, 'passPeriod', [id]);
	await vote(scene, id);
	const friend = await market.wallet('friend of the seller');
	await market.stake(friend.address, RICH);
	const data: Hex = encodeAbiParameters([{ type: 'uint256' }, { type: 'uint8' }], [id, 1]);
	return gas(chain.write(friend.address, market.orderBook, 'transferAndCall', [market.token.address, court.address, 1000n, data]));
}
