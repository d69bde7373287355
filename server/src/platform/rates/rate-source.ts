import type { SignedRateTable } from '@kaishi/protocol/platform/rates';

/** Where the rates for reading come from. Another source (a price feed, an oracle contract) takes this one's place in `main`. */
export interface RateSource {
	/** The table in force, whatever its age; null when there is none. Never throws: prices are shown without it. */
	current(): Promise<SignedRateTable | null>;
}
