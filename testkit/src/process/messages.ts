/** What a parent may ask of a market in another process. Amounts are strings: messages are JSON. */
export interface MarketCommands {
	/** Moves chain time ahead and waits until the tables know. Seconds. */
	advance(seconds: number): Promise<void>;
	processAll(): Promise<void>;
	/** One hash per derived table. */
	fingerprints(): Promise<Record<string, string>>;
	/** Forgets all derived tables and folds the chain again. */
	reindex(): Promise<void>;
	/** Newest block of the chain. */
	head(): Promise<{ number: string; hash: string }>;
	blockHash(number: string): Promise<string | null>;
	/** Which of these orders the tables do not hold. */
	missingOrders(ids: string[]): Promise<string[]>;
	/** From now on nothing can be written about orders: what is paid stands on the chain and nowhere else. Until the process ends. */
	holdProjection(): Promise<void>;
	/** The name of an order's state as the chain tells it. */
	stateOnChain(orderId: string): Promise<string>;
	/** Whether this server leads those that share its chain and database. */
	leads(): Promise<boolean>;
	/** The operator's private key: with it a test breaks the operator's word. */
	operatorKey(): Promise<string>;
	/** CPU seconds of the process since it started, user and system. */
	cpuSeconds(): Promise<number>;
	/** Asks the chain itself, by a JSON-RPC method that changes nothing. */
	chain(method: string, params: unknown[]): Promise<unknown>;
	/** Makes the operator call a contract; at most four million gas. Resolves once the tables know. */
	operate(to: string, data: string): Promise<void>;
	/** How busy the event loop has been since the last ask. Delays in milliseconds. */
	eventLoop(): Promise<EventLoopUse>;
	/** Writes down what the process spends its time on, until `stopProfile`. */
	startProfile(): Promise<void>;
	/** Leaves the profile in a file that browsers' developer tools open. */
	stopProfile(file: string): Promise<void>;
}

export interface EventLoopUse {
	/** 0 to 1. */
	utilization: number;
	p99Ms: number;
	maxMs: number;
}

export interface Ask {
	id: number;
	method: keyof MarketCommands;
	params: unknown[];
}

export type Answer = { ready: { url: string } } | { id: number; result: unknown } | { id: number; error: string };
