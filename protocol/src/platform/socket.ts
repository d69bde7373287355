/**
 * The socket at `/api/socket` carries news, not data: a topic changed, fetch again.
 * Topics: `order:<id>`, `shop:<id>`, `listing:<id>`, `account:<address>` (only one's own), `recovery:<address>`, `trades`, `catalog`, `live`, `live:<show>`.
 */
export type ClientMessage =
	| {
			subscribe: string[];
			/** How old what the page shows may be, milliseconds: what was said of these topics meanwhile is said once more. */
			ageMs?: number;
	  }
	| { unsubscribe: string[] };

export interface ServerMessage {
	topic: string;
	/** Block whose projection changed the topic. */
	block: string;
	/** What happened, e.g. `OrderShipped`. */
	event: string;
}
