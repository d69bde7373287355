/** What a picker needs of an offer; `key` names a value in any language. */
export interface PickableOffer {
	variant: number;
	keys: string[];
	stock: number | null;
}

/** The offer that has exactly the chosen values, if there is one. */
export function offerOfChoice<T extends PickableOffer>(offers: readonly T[], choice: readonly string[]): T | undefined {
	return offers.find((offer) => offer.keys.length === choice.length && offer.keys.every((key, i) => key === choice[i]));
}

/** Every value of one option, in order of first appearance. */
export function valuesOfOption(offers: readonly PickableOffer[], option: number): string[] {
	return [...new Set(offers.map((offer) => offer.keys[option]).filter((key) => key !== undefined))];
}

/** Whether choosing `value` for `option`, all else as chosen, leads to something that can be bought. */
export function isAvailable(offers: readonly PickableOffer[], choice: readonly string[], option: number, value: string): boolean {
	const wanted = choice.with(option, value);
	const offer = offerOfChoice(offers, wanted);
	return offer !== undefined && offer.stock !== 0;
}

/**
 * The choice after picking `value` for `option`: the other options stay where that exists, else they move to the first
 * offer that has the value, one in stock before one without.
 */
export function choose(offers: readonly PickableOffer[], choice: readonly string[], option: number, value: string): string[] {
	const wanted = choice.with(option, value);
	if (offerOfChoice(offers, wanted)) return wanted;
	const having = offers.filter((offer) => offer.keys[option] === value);
	return (having.find((offer) => offer.stock !== 0) ?? having[0])?.keys ?? [...choice];
}

/** Where a visitor starts: the first offer in stock, else the first. */
export function firstChoice(offers: readonly PickableOffer[]): string[] {
	return (offers.find((offer) => offer.stock !== 0) ?? offers[0])?.keys ?? [];
}
