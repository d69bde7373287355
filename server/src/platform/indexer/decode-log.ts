import { type Abi, type AbiEvent, type Address, decodeEventLog, getAddress, type Hex, toEventSelector } from 'viem';
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

function decodeArgs(event: AbiEvent, log: RawLog): unknown {
	try {
		return decodeEventLog({ abi: [event], topics: log.topics as [Hex, ...Hex[]], data: log.data, strict: true }).args ?? {};
	} catch {
		return null;
	}
}
