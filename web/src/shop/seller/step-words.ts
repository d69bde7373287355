import type { TreasuryView } from '@kaishi/protocol/account';
import type { MarketInfo } from '@kaishi/protocol/discovery';
import type { LocalText } from '@kaishi/protocol/platform/local-text';
import type { Money } from '@kaishi/protocol/platform/money';
import type { OperationStep } from '@kaishi/protocol/shop';
import { localized, m } from '#platform/i18n/index.ts';
import { moneyText } from '#platform/i18n/money.ts';
import { rolesIn } from './access.ts';
import { listAmounts } from './amounts.ts';
import { intlTag, roleWords, shortAddress } from './words.ts';

export interface StepContext {
	market: MarketInfo;
	treasury: TreasuryView;
	/** Names of the treasury's shops, by id. */
	names: Record<string, LocalText>;
}

/** Whose signer it is, as short as a list can have it. */
export function signerName(signer: string, treasury: TreasuryView): string {
	const known = treasury.signers.find((one) => one.signer === signer.toLowerCase());
	return shortAddress(known?.person ?? signer);
}

/** What a step does, in one sentence that leaves nothing out. Addresses stand whole: their middle is where a forger differs. */
export function stepWords(step: OperationStep, { market, treasury, names }: StepContext): string {
	const amounts = (list: Money[]) =>
		listAmounts(
			list.filter(({ amount }) => amount !== '0'),
			market,
			intlTag(),
		) || m.sell_guard_pending_nothing();
	const people = (signers: readonly string[]) =>
		new Intl.ListFormat(intlTag()).format(signers.map((signer) => treasury.signers.find((one) => one.signer === signer.toLowerCase())?.person ?? signer));
	if (step.kind === 'unknown') return m.sell_step_unknown({ address: step.to });
	if (step.kind === 'addSigners') return m.sell_step_addSigners({ people: people(step.signers) });
	if (step.kind === 'removeSigners') return m.sell_step_removeSigners({ people: people(step.signers) });
	if (step.kind === 'setThreshold') return m.sell_step_setThreshold({ threshold: step.threshold });
	const name = localized(names[step.shopId]);
	const shop = name === '' ? m.sell_step_shop({ id: step.shopId }) : name;
	switch (step.kind) {
		case 'withdraw':
			return m.sell_step_withdraw({ amount: moneyText(step.money, market.currencies), shop });
		case 'setGuard':
			return step.cold === null ? m.sell_step_liftGuard({ shop }) : m.sell_step_setGuard({ shop, address: step.cold, amounts: amounts(step.caps) });
		case 'applyGuard':
			return step.cold === null ? m.sell_step_applyLift({ shop }) : m.sell_step_applyGuard({ shop, address: step.cold, amounts: amounts(step.caps) });
		case 'vetoGuard':
			return m.sell_step_vetoGuard({ shop });
		case 'lowerCap':
			return m.sell_step_lowerCap({ shop, amount: moneyText(step.money, market.currencies) });
		case 'setStaff':
			if (step.roles === 0) return m.sell_step_removeStaff({ shop, address: step.person });
			return m.sell_step_setStaff({
				shop,
				address: step.person,
				roles: new Intl.ListFormat(intlTag()).format(rolesIn(step.roles).map((role) => roleWords[role].name())),
			});
		case 'setLimits':
			return m.sell_step_setLimits({ shop, address: step.person, amounts: amounts(step.limits) });
		case 'setPayout':
			return m.sell_step_setPayout({ shop, address: step.payout });
		case 'transferShop':
			return m.sell_step_transferShop({ shop, address: step.to });
	}
}
