import { type Abi, type AbiEvent, type Address, decodeAbiParameters, getAddress, type Hex, toEventSelector } from 'viem';
import type { RawLog } from './log-source.ts';
import type { ChainEvent } from './projection.ts';

/** A deployed contract whose events are projected; its `name` prefixes them. */
export interface IndexedContract {
	name: string;
	address: Address;
	abi: Abi;
}

/** Null for logs we do not know or cannot decode: anybody may deploy a contract that imitates an event badly. */
export type DecodeLog = (log: RawLog, timestamp: number) => ChainEvent<never> | null;

export function createDecoder(contracts: readonly IndexedContract[]): DecodeLog {
	const known = new Map<string, { contract: Address; name: string; event: AbiEvent }>();
	for (const { name, address, abi } of contracts) {
		for (const item of abi) {
			if (item.type !== 'event') continue;
			known.set(keyOf(address, toEventSelector(item)), { contract: getAddress(address), name: `${name}.${item.name}`, event: item });
		}
	}
	return (log, timestamp) => {
		const found = log.topics[0] && known.get(keyOf(log.address, log.topics[0]));
		if (!found) return null;
		const args = decodeArgs(found.event, log);
		if (args === null) return null;
		const { blockNumber, blockHash, transactionHash, logIndex } = log;
		return { name: found.name, address: found.contract, args: args as never, blockNumber, blockHash, timestamp, transactionHash, logIndex };
	};
}

const keyOf = (address: Address, selector: Hex) => `${address.toLowerCase()}${selector}`;

/** As viem's `decodeEventLog`, which would hash the event's signature once more for every log. */
function decodeArgs(event: AbiEvent, log: RawLog): Record<string, unknown> | null {
	const indexed = event.inputs.filter((input) => input.indexed);
	const rest = event.inputs.filter((input) => !input.indexed);
	if (log.topics.length !== indexed.length + 1) return null;
	try {
		const args: Record<string, unknown> = {};
		for (const [i, input] of indexed.entries()) [args[input.name ?? '']] = decodeAbiParameters([input], log.topics[i + 1] as Hex);
		const values = rest.length > 0 ? decodeAbiParameters(rest, log.data) : [];
		for (const [i, input] of rest.entries()) args[input.name ?? ''] = values[i];
		return args;
	} catch {
		return null;
	}
}
