import { type BegunReplay, beginReplay } from '../platform/chain/begin-replay.ts';
import type { Config } from '../platform/config/config.ts';
import type { OpenDatabase } from '../platform/db/open-database.ts';
import { type Postgres, startPostgres } from '../platform/db/postgres-supervisor.ts';
import type { PushSender } from '../platform/push/push-sender.ts';
import type { Market } from './market.ts';

export interface MarketOptions {
	config: Config;
	/** An open database instead of the configured one; closed with the market. */
	database?: OpenDatabase;
	/** False skips fsync of the embedded database: tests only. */
	durable?: boolean;
	/** Embedded only: a new chain starts this far from the wall clock, seconds; negative in the past. */
	startOffsetSeconds?: number;
	/** Through which browsers are told while no page is open; default: their makers' push services. */
	push?: PushSender;
	/** Called when the chain is on its way, if it is to be replayed: what else a start needs is loaded now. */
	meanwhile?: () => void;
	/** Operational failures, never refusals; default: a line on standard error. */
	onError?: (error: unknown) => void;
}

/** What goes on in a thread and in processes of its own while this one loads its code. */
export interface Begun {
	/** Null: the chain is not in the data directory. */
	readonly replay: BegunReplay | null;
	/** Null: the database is not in the data directory. */
	readonly postgres: Promise<Postgres> | null;
	/** Ends both, whoever uses them; once. */
	leave(): Promise<void>;
}

/**
 * Opens everything below the HTTP server. A restart replays the chain and starts the database while most of the server's code is
 * loaded: whoever was killed is back as soon as the slowest of the three is done.
 */
export async function openMarket(options: MarketOptions): Promise<Market> {
	const begun = begin(options);
	try {
		// Loading leaves nothing a turn for long: what goes on beside it must be at work before.
		await begun.replay?.underway;
		options.meanwhile?.();
		const { openParts } = await import('./open-market.ts');
		return await openParts(options, begun);
	} catch (error) {
		await begun.leave();
		throw error;
	}
}

function begin({ config: { dataDir, rpcUrl, databaseUrl }, database, durable = true }: MarketOptions): Begun {
	// First: it takes the data directory for this process alone.
	const replay = rpcUrl === null ? beginReplay(dataDir) : null;
	const postgres = database || databaseUrl !== null ? null : startPostgres({ dataDir, durable });
	// Whoever waits for it is told; nobody does when the chain does not open.
	postgres?.catch(() => undefined);
	let leaving: Promise<void> | null = null;
	const leave = async () => {
		await (await postgres?.catch(() => null))?.stop();
		await replay?.leave();
	};
	return { replay, postgres, leave: () => (leaving ??= leave()) };
}
