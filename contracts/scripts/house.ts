import { type Address, encodeAbiParameters, type Hex, keccak256 } from 'viem';
import type { PrivateKeyAccount } from 'viem/accounts';
import * as abis from '../../protocol/src/generated/index.ts';
import type { Contract } from './chain.ts';
import type { Market } from './market.ts';
import { type Artifact, productionRuntime } from './production.ts';

/** The house court of a test market, and what its jurors do. */
export interface House {
	court: Contract<typeof abis.courtAbi>;
	jury: Contract<typeof abis.juryAbi>;
	insurance: Contract<typeof abis.feeInsuranceAbi>;
	/** Of a small order. */
	periodSeconds: number;
	stake: (wallet: PrivateKeyAccount, amount: bigint) => ReturnType<Market['chain']['write']>;
	seat: (id: bigint, round: number, seat: number) => Promise<Address>;
	commitment: (id: bigint, round: number, juror: Address, choice: number, salt: Hex) => Hex;
}

const SEAT_STAKE = 10_000_000n;
const PENALTY_BPS = 2000;

/** Deploys the court, prices the test token and lists the court for new orders. Jurors stake the test token. */
export async function openHouse(market: Market): Promise<House> {
	const { chain, orderBook, shop, token, operator, forwarder } = market;
	const runtime = await productionRuntime();
	const { bytecode } = (await runtime.artifacts.readArtifact('Court')) as unknown as Artifact;
	const args = [orderBook.address, shop.address, operator, forwarder.address, token.address, SEAT_STAKE, PENALTY_BPS, 'data:,question'];
	const court = await chain.deploy(abis.courtAbi, bytecode, args);
	const jury = { address: (await chain.read(court, 'jury', [])) as Address, abi: abis.juryAbi };
	const insurance = { address: (await chain.read(court, 'insurance', [])) as Address, abi: abis.feeInsuranceAbi };
	const tariff = { minFee: 100_000n, feeBps: 100, smallBelow: 100_000_000n, mediumBelow: 1_000_000_000n };
	await chain.write(operator, court, 'setTariff', [token.address, tariff]);
	await chain.write(operator, market.parameters, 'setArbitrator', [court.address, true]);
	return {
		court,
		jury,
		insurance,
		periodSeconds: 45 * 60,
		async stake(wallet, amount) {
			await market.stake(wallet.address, amount);
			return chain.write(wallet.address, orderBook, 'transferAndCall', [token.address, jury.address, amount, '0x']);
		},
		seat: async (id, round, seat) => ((await chain.read(court, 'seatOf', [id, round, seat])) as [Address])[0],
		/** Written out a second time on purpose, see `orderTypes`. */
		commitment(id, round, juror, choice, salt) {
			const types = [{ type: 'uint256' }, { type: 'uint8' }, { type: 'address' }, { type: 'uint8' }, { type: 'bytes32' }] as const;
			return keccak256(encodeAbiParameters(types, [id, round, juror, choice, salt]));
		},
	};
}
