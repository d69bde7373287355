import { courtBytecode } from '@kaishi/protocol/generated/bytecode/court';
import { courtAbi } from '@kaishi/protocol/generated/court';
import { type Currency, parseAmount } from '@kaishi/protocol/platform/money';
import { RATE_DECIMALS } from '@kaishi/protocol/platform/rates';
import { type Address, encodeDeployData, encodeFunctionData, type Hex, isAddressEqual, zeroAddress } from 'viem';
import { sampleRates } from '../rates/sample-rates.ts';
import type { Chain } from './chain.ts';
import { ensureContract, mustSucceed } from './create2.ts';
import type { Operator } from './operator.ts';
import { readContract } from './read-contract.ts';

/** What a seat locks, what a juror earns at least, and where small and medium orders end, in US dollars. */
const SEAT_DOLLARS = '20';
const MIN_FEE_DOLLARS = '0.1';
const SMALL_BELOW_DOLLARS = '100';
const MEDIUM_BELOW_DOLLARS = '1000';
/** What each juror earns of what is at stake. */
const FEE_BPS = 100;
/** What an incoherent or absent juror loses of a seat's stake. */
const PENALTY_BPS = 2000;
/** A seat's stake where the market lists no dollar: a hundredth of the native coin. */
const NATIVE_SEAT = '0.01';

/** ERC-1497: the question that any arbitration front end shows, readable without fetching anything. */
const QUESTION = {
	category: 'Kaishi orders',
	title: 'Who gets the money of this order?',
	description: 'The order, its terms and its history stand on this chain; the parties state their case as evidence.',
	question: 'Who gets what is left in escrow?',
	rulingOptions: {
		type: 'single-select',
		titles: ['Buyer', 'Seller', 'Even split'],
		descriptions: ['All of it goes to the buyer.', 'All of it is settled as if the buyer had confirmed.', 'Each side gets a half.'],
	},
	evidenceDisplayInterfaceURI: '',
};

/** The house court with its jury and insurance, priced for the listed currencies and handed over to the timelock for good. */
export async function ensureCourt(
	chain: Chain,
	operator: Operator,
	market: { salt: Hex; timelock: Address; orderBook: Address; shop: Address; forwarder: Address; currencies: Currency[] },
): Promise<{ court: Address; jury: Address; feeInsurance: Address }> {
	const { salt, timelock, orderBook, shop, forwarder, currencies } = market;
	const stake = stakeOf(currencies, chain.embedded);
	const question = `data:application/json,${encodeURIComponent(JSON.stringify(QUESTION))}`;
	const args = [orderBook, shop, operator.address, forwarder, stake.token, stake.seat, PENALTY_BPS, question] as const;
	const court = await ensureContract(chain, operator, 'Court', encodeDeployData({ abi: courtAbi, bytecode: courtBytecode, args }), salt);
	const read = { address: court, abi: courtAbi } as const;
	const [jury, feeInsurance, owner] = [
		await readContract(chain, { ...read, functionName: 'jury' }),
		await readContract(chain, { ...read, functionName: 'insurance' }),
		await readContract(chain, { ...read, functionName: 'owner' }),
	];
	// Once handed over, only the timelock decides, and what it decided is not to be put right here.
	if (!isAddressEqual(owner, operator.address)) return { court, jury, feeInsurance };
	for (const currency of currencies) {
		const tariff = tariffOf(currency, chain.embedded);
		if (tariff === null) continue;
		const { minFee } = await readContract(chain, { ...read, functionName: 'tariffOf', args: [currency.address] });
		if (minFee === tariff.minFee) continue;
		const data = encodeFunctionData({ abi: courtAbi, functionName: 'setTariff', args: [currency.address, tariff] });
		await mustSucceed(operator.send({ to: court, data }), 'Court.setTariff');
	}
	const data = encodeFunctionData({ abi: courtAbi, functionName: 'transferOwnership', args: [timelock] });
	await mustSucceed(operator.send({ to: court, data }), 'Court.transferOwnership');
	return { court, jury, feeInsurance };
}

/** Null where the worth of a unit is not known: such a currency is judged by its share alone until governance prices it. */
function tariffOf(currency: Currency, embedded: boolean) {
	const worth = (dollars: string) => unitsFor(currency, dollars, embedded);
	const [minFee, smallBelow, mediumBelow] = [worth(MIN_FEE_DOLLARS), worth(SMALL_BELOW_DOLLARS), worth(MEDIUM_BELOW_DOLLARS)];
	if (minFee === null || smallBelow === null || mediumBelow === null) return null;
	return { minFee, feeBps: FEE_BPS, smallBelow, mediumBelow };
}

function stakeOf(currencies: Currency[], embedded: boolean): { token: Address; seat: bigint } {
	const dollar = currencies.find(({ iso }) => iso === 'USD');
	const seat = dollar === undefined ? null : unitsFor(dollar, SEAT_DOLLARS, embedded);
	return dollar === undefined || seat === null ? { token: zeroAddress, seat: parseAmount(NATIVE_SEAT, 18) } : { token: dollar.address, seat };
}

/** Base units worth so many dollars; play money by the sample rates, real money only where a unit is a dollar. */
function unitsFor({ iso, asset, decimals }: Currency, dollars: string, embedded: boolean): bigint | null {
	const code = iso ?? asset;
	const rate = sampleRates().find((sample) => sample.code === code && (embedded || code === 'USD'));
	return rate === undefined ? null : (parseAmount(dollars, RATE_DECIMALS) * 10n ** BigInt(decimals)) / BigInt(rate.value);
}
