/** Where on the chain a fact stands; every jade seal opens one. */
export interface Proof {
	blockNumber: string;
	blockHash: `0x${string}`;
	transactionHash: `0x${string}`;
	logIndex: number;
	/** Unix seconds. */
	timestamp: number;
	contract: `0x${string}`;
	event: string;
}

/** A page of rows; `next` is opaque, null at the end. */
export interface Page<T> {
	items: T[];
	next: string | null;
}
