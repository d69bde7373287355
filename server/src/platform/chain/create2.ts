import { type Address, concat, type Hex, isAddressEqual, keccak256, getContractAddress as predictAddress } from 'viem';
import type { Chain } from './chain.ts';
import type { Operator } from './operator.ts';
import { PROXY_DEPLOYMENT } from './transaction-check.ts';

/** Deploys anything by CREATE2, at the same address on every chain. Source: Arachnid/deterministic-deployment-proxy. */
export const DEPLOYMENT_PROXY: Address = '0x4e59b44847b379578588920cA78FbF26c0B4956C';
const PROXY_DEPLOYER: Address = '0x3fAB184622Dc19b6109349B94811493BF2a45362';
/** 100,000 gas at the 100 gwei that the presigned transaction offers. */
const PROXY_COST = 10_000_000_000_000_000n;

export class DeploymentError extends Error {
	override name = 'DeploymentError';
}

/** Makes sure that the deployment proxy exists, with the transaction that everyone uses. */
export async function ensureProxy(chain: Chain, operator: Operator): Promise<void> {
	if (await hasCode(chain, DEPLOYMENT_PROXY)) return;
	const balance = BigInt(await chain.request<Hex>('eth_getBalance', [PROXY_DEPLOYER, 'latest']));
	if (balance < PROXY_COST) await mustSucceed(operator.send({ to: PROXY_DEPLOYER, value: PROXY_COST - balance }), 'funding of the deployment proxy');
	await mustSucceed(chain.submit(PROXY_DEPLOYMENT), 'deployment proxy');
}

/** Address that `initCode` has or would have. */
export function addressOf(initCode: Hex, salt: Hex): Address {
	return predictAddress({ opcode: 'CREATE2', from: DEPLOYMENT_PROXY, salt, bytecodeHash: keccak256(initCode) });
}

/** Deploys `initCode` unless it stands already; returns its address. */
export async function ensureContract(chain: Chain, operator: Operator, name: string, initCode: Hex, salt: Hex): Promise<Address> {
	const address = addressOf(initCode, salt);
	if (await hasCode(chain, address)) return address;
	await mustSucceed(operator.send({ to: DEPLOYMENT_PROXY, data: concat([salt, initCode]) }), name);
	if (!(await hasCode(chain, address))) throw new DeploymentError(`${name} is not where it was expected`);
	return address;
}

/** Address of a contract that `from` creates by a plain transaction with `nonce`. */
export function createdAddress(from: Address, nonce: number): Address {
	return predictAddress({ opcode: 'CREATE', from, nonce: BigInt(nonce) });
}

export async function hasCode(chain: Chain, address: Address): Promise<boolean> {
	return (await chain.request<Hex>('eth_getCode', [address, 'latest'])) !== '0x';
}

export async function mustSucceed(
	sent: Promise<{ success: boolean; revertData: Hex | null; contractAddress: Address | null }>,
	name: string,
	at?: Address,
): Promise<void> {
	const receipt = await sent;
	if (!receipt.success) throw new DeploymentError(`${name} failed: ${receipt.revertData ?? 'no reason given'}`);
	if (at !== undefined && (receipt.contractAddress === null || !isAddressEqual(receipt.contractAddress, at)))
		throw new DeploymentError(`${name} is not where it was expected`);
}
