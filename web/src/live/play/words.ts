import type { EntryRule, PotFault, PotView } from '@kaishi/protocol/live';
import type { Currency } from '@kaishi/protocol/platform/money';
import { m } from '#platform/i18n/index.ts';
import { moneyText } from '#platform/i18n/money.ts';

type Currencies = readonly Currency[];

export const potName = ({ kind }: Pick<PotView, 'kind'>): string => (kind === 'draw' ? m.live_play_draw() : m.live_play_packet());

/** What there is to win. */
export function potOffer(pot: PotView, currencies: Currencies): string {
	const text = (amount: bigint) => moneyText({ currency: pot.currency, amount: amount.toString() }, currencies);
	if (pot.kind === 'draw') return m.live_play_draw_prizes({ count: pot.places, amount: text(BigInt(pot.amount) / BigInt(pot.places)) });
	const words = pot.kind === 'even' ? m.live_play_packet_even : m.live_play_packet_lucky;
	return words({ amount: text(BigInt(pot.amount)), count: pot.places });
}

export const ruleWords: Record<EntryRule, () => string> = {
	everyone: m.live_play_rule_everyone,
	spoke: m.live_play_rule_spoke,
	bought: m.live_play_rule_bought,
};

export const faultWords: Record<PotFault, () => string> = {
	secret: m.live_play_fault_secret,
	block: m.live_play_fault_block,
	reveal: m.live_play_fault_reveal,
	seed: m.live_play_fault_seed,
	winners: m.live_play_fault_winners,
	sum: m.live_play_fault_sum,
};
