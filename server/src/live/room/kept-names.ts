import type { LocalText } from '@kaishi/protocol/platform/local-text';
import type { Address } from 'viem';
import type { Queryable } from '../../platform/db/database.ts';
import { shopFaces } from '../../shop/public.ts';
import { mayModerate } from './access.ts';
import type { ShowRow } from './query.ts';
import { nameOf, shortAddress } from './speakers.ts';

/** Names that stand for the shop in its room: nobody else carries them, or what looks the same. */
export interface KeptNames {
	shop: readonly string[];
	people: readonly string[];
}

/** Letters of other alphabets, and digits, that look like one of ours in most fonts. */
const LOOKALIKES = toTable([
	['a', 'аαɑ'],
	['b', 'вβ'],
	['c', 'сς'],
	['d', 'ԁđ'],
	['e', 'еε'],
	['g', 'ɡ'],
	['h', 'һн'],
	['j', 'ј'],
	['k', 'кκ'],
	['l', '1|iіιıӏł'],
	['m', 'м'],
	['n', 'η'],
	['o', '0оοσø'],
	['p', 'рρ'],
	['q', 'ԛ'],
	['s', '5ѕ$'],
	['t', 'тτ'],
	['u', 'υμ'],
	['v', 'ν'],
	['w', 'ԝω'],
	['x', 'хχ'],
	['y', 'уγ'],
]);

function toTable(rows: readonly (readonly [string, string])[]): ReadonlyMap<string, string> {
	return new Map(rows.flatMap(([ours, theirs]) => [...theirs].map((one) => [one, ours] as const)));
}

/** What the eye takes from a name: without case, width, accents, spaces and signs, and lookalikes as one letter. */
export function skeletonOf(name: string): string {
	return [...name.normalize('NFKD').toLowerCase()]
		.map((letter) => LOOKALIKES.get(letter) ?? letter)
		.join('')
		.replace(/[^\p{L}\p{N}]/gu, '')
		.replaceAll('rn', 'm')
		.replaceAll('vv', 'w');
}

/** A sign of Chinese says as much as two letters. */
const weightOf = (skeleton: string) => [...skeleton].reduce((sum, letter) => sum + (/\p{Script=Han}/u.test(letter) ? 2 : 1), 0);
/** Shorter names of shops may be part of honest ones. */
const LEAST_PART = 6;

/** Whether a name is one of these, or has the shop's in it ("… official"). */
export function isKept({ shop, people }: KeptNames, name: string): boolean {
	const skeleton = skeletonOf(name);
	if ([...shop, ...people].some((kept) => kept !== '' && skeletonOf(kept) === skeleton)) return true;
	return shop.map(skeletonOf).some((kept) => weightOf(kept) >= LEAST_PART && skeleton.includes(kept));
}

export async function keptNamesOf(db: Queryable, { shop_id, host, co_hosts }: Pick<ShowRow, 'shop_id' | 'host' | 'co_hosts'>): Promise<KeptNames> {
	const [faces, people] = await Promise.all([shopFaces(db, async () => new Map(), [shop_id]), Promise.all([host, ...co_hosts].map((one) => nameOf(db, one)))]);
	const names: LocalText = faces.get(shop_id)?.name ?? {};
	return { shop: Object.values(names), people };
}

/** What a notice calls somebody: who carries a name of the shop's without being of it is called by the address. */
export async function noticeNameOf(db: Queryable, show: ShowRow, account: Address): Promise<string> {
	const [name, kept, isOurs] = await Promise.all([nameOf(db, account), keptNamesOf(db, show), mayModerate(db, show, account)]);
	return isOurs || !isKept(kept, name) ? name : shortAddress(account);
}
