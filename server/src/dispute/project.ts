import type { Hex } from 'viem';
import type { Queryable } from '../platform/db/database.ts';
import type { ChainEvent, Projection } from '../platform/indexer/projection.ts';
import { contribute, returnContribution } from './project-appeal.ts';
import { addEvidence, closeCase, joinCase, openCase } from './project-case.ts';
import { drawJuror, drawPanel, passPeriod, payJuror, pinDraw, postponeDraw, ruleRound, settleRound } from './project-round.ts';
import { changeStake, concludeInsurance, insureOrder, reserveFee, setTariff, setTiming } from './project-rules.ts';
import { commitVote, revealVote } from './project-vote.ts';
import { disputeTables } from './tables.ts';

/** Folds the events of the court, its jury and its insurance into cases, panels, votes, stakes and rules. */
export function createDisputeProjection(): Projection {
	return {
		domain: 'dispute',
		tables: disputeTables,
		handlers: {
			'Court.DisputeOpened': openCase,
			'Court.DisputeJoined': joinCase,
			'Court.DrawPinned': pinDraw,
			'Court.DrawPostponed': postponeDraw,
			'Court.JurorDrawn': drawJuror,
			'Court.PanelDrawn': drawPanel,
			'Court.PeriodPassed': passPeriod,
			'Court.VoteCommitted': commitVote,
			'Court.VoteRevealed': revealVote,
			'Court.RoundRuled': ruleRound,
			'Court.AppealContributed': contribute,
			'Court.ContributionSettled': returnContribution,
			'Court.DisputeClosed': closeCase,
			'Court.JurorPaid': payJuror,
			'Court.RoundSettled': settleRound,
			'Court.Evidence': addEvidence,
			'Court.TariffSet': setTariff,
			'Court.TimingSet': setTiming,
			'Jury.StakeChanged': changeStake,
			'FeeInsurance.OrderInsured': insureOrder,
			'FeeInsurance.FeeReserved': reserveFee,
			'FeeInsurance.FeeConcluded': concludeInsurance,
		},
		topics: topicsOf,
	};
}

interface Named {
	disputeId?: bigint;
	evidenceGroupId?: bigint;
	orderId?: Hex;
	juror?: string;
}

/** Both sides, whoever sits on a panel of the case, and everybody who looks at it. */
async function topicsOf(db: Queryable, event: ChainEvent<never>): Promise<string[]> {
	const { disputeId, evidenceGroupId, orderId, juror } = event.args as Named;
	const topics = ['court', ...(juror === undefined ? [] : [`account:${juror.toLowerCase()}`]), ...(orderId === undefined ? [] : [`order:${orderId}`])];
	const id = disputeId ?? evidenceGroupId;
	if (id === undefined) return topics;
	const { rows } = await db.query<{ order_id: string; buyer: string; shop_id: string; jurors: string[] | null }>(
		`select order_id, buyer, shop_id, (select array_agg(distinct juror) from dispute.seats s where s.dispute_id = c.dispute_id) as jurors
		 from dispute.cases c where dispute_id = $1`,
		[id.toString()],
	);
	for (const { order_id, buyer, shop_id, jurors } of rows) {
		topics.push(`order:${order_id}`, `shop:${shop_id}`, ...[buyer, ...(jurors ?? [])].map((account) => `account:${account.toLowerCase()}`));
	}
	return topics;
}
