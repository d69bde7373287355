import type { GiftBody, SaleBody } from '@kaishi/protocol/live';
import { api } from '#platform/api/client.ts';
import { chance } from '#platform/chance.ts';
import { tellUntold, type Untold, UntoldBox } from './untold.ts';

const FIRST_MS = 4000;
const LONGEST_MS = 60_000;

let box: UntoldBox | null = null;
let telling: Promise<void> | null = null;
let timer: ReturnType<typeof setTimeout> | undefined;
let tries = 0;

/** Says that an order came from a show: it counts among its sales, and the room hears of it if the buyer wants that. */
export function tellSale(show: string, account: string | null, body: SaleBody): void {
	tell({ kind: 'sales', show, account, since: Date.now(), body }, account);
}

/** Has a room hear of a gift. */
export function tellGift(show: string, account: string | null, body: GiftBody): void {
	tell({ kind: 'gifts', show, account, since: Date.now(), body }, account);
}

/** Goes on with what this browser could not tell before; returns how to stop. For `$effect(() => goOnTelling(account))`. */
export function goOnTelling(account: string | null): () => void {
	const online = () => void run(account);
	online();
	addEventListener('online', online);
	return () => {
		removeEventListener('online', online);
		clearTimeout(timer);
	};
}

function opened(): UntoldBox {
	box ??= new UntoldBox(localStorage);
	return box;
}

function tell(one: Untold, account: string | null): void {
	opened().add(one);
	tries = 0;
	void run(account);
}

/** One after the other: two at a time would tell the same twice. */
function run(account: string | null): Promise<void> {
	clearTimeout(timer);
	telling = (telling ?? Promise.resolve()).then(async () => {
		const waiting = await tellUntold(opened(), account, Date.now(), (path, body) => api.post(path, body));
		if (waiting === 0) tries = 0;
		else timer = setTimeout(() => void run(account), Math.min(LONGEST_MS, FIRST_MS * 2 ** tries++) * (0.5 + chance()));
	});
	return telling;
}
