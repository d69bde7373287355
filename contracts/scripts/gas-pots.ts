import { encodeAbiParameters, type Hex, keccak256, numberToHex, type TransactionReceipt, toHex } from 'viem';
import type { Market } from './market.ts';

const RICH = 10n ** 15n;
const POT = 1_000_000n;
const PLACES = 20;
const SECRET = keccak256(toHex('secret of the host'));
/** In the order of `Kind`. */
const KINDS = ['even', 'lucky', 'draw'] as const;
const WISH = [
	{
		type: 'tuple',
		components: [{ type: 'uint8' }, { type: 'uint16' }, { type: 'uint40' }, { type: 'uint16' }, { type: 'uint24' }, { type: 'bytes32' }, { type: 'bytes32' }],
	},
] as const;

/** Chance costs a little more or less by the hash of a block, in which everything before it has a part. */
const roundUp = (used: number) => Math.ceil(used / 1000) * 1000;
const gas = async (receipt: Promise<TransactionReceipt>) => Number((await receipt).gasUsed);
const commitment = (account: Hex, secret: Hex) => keccak256(encodeAbiParameters([{ type: 'address' }, { type: 'bytes32' }], [account, secret]));

/** Red packets and draws of {@link PLACES} places; everybody has a balance already. */
export async function pots(market: Market) {
	const { chain, orderBook, pots: contract, token } = market;
	const host = await market.wallet('host of pots');
	await market.stake(host.address, RICH);
	const people: Hex[] = [];
	for (let i = 0; i < PLACES; i++) {
		const { address } = await market.wallet(`guest ${i}`);
		await market.stake(address, RICH);
		people.push(address);
	}
	const open = async (kind: (typeof KINDS)[number], places: number) => {
		const until = (await chain.now()) + 60;
		const wish = [KINDS.indexOf(kind), places, until, kind === 'draw' ? 90 : 0, 1, commitment(host.address, SECRET), numberToHex(1, { size: 32 })] as const;
		return gas(chain.write(host.address, orderBook, 'transferAndCall', [token.address, contract.address, POT, encodeAbiParameters(WISH, [wish])]));
	};
	const operator = (await market.wallet('operator of tabs')).address;
	const enter = (potId: bigint, account: Hex, committed: Hex) => gas(chain.write(operator, contract, 'enter', [potId, account, committed]));
	const none = numberToHex(0, { size: 32 });
	await open('even', PLACES);
	await enter(1n, people[0] as Hex, none);
	const enterEven = await enter(1n, people[1] as Hex, none);
	await open('lucky', PLACES);
	for (const account of people) await enter(2n, account, none);
	const arm = async (potId: bigint) => {
		const used = await gas(chain.write(host.address, contract, 'arm', [potId]));
		await chain.mine(2);
		return used;
	};
	await arm(2n);
	const decideLucky = await gas(chain.write(host.address, contract, 'decide', [2n, SECRET]));
	const openDraw = await open('draw', 3);
	for (const account of people.slice(1)) await enter(3n, account, commitment(account, SECRET));
	const enterDraw = await enter(3n, people[0] as Hex, commitment(people[0] as Hex, SECRET));
	await chain.at((await chain.now()) + 60);
	let reveal = 0;
	for (const account of people) reveal = await gas(chain.write(host.address, contract, 'reveal', [3n, account, SECRET]));
	await chain.at((await chain.now()) + 90);
	const armDraw = await arm(3n);
	const decideDraw = await gas(chain.write(host.address, contract, 'decide', [3n, SECRET]));
	const decide = { decideDrawOfThreeAmongTwenty: roundUp(decideDraw), decideLuckyOfTwenty: roundUp(decideLucky) };
	return { open: openDraw, enterEven, enterDraw, reveal, arm: armDraw, ...decide };
}
