import type { CaseView, Choice, Phase, Vote } from '@kaishi/protocol/dispute';
import { m } from '#platform/i18n/index.ts';

const phaseWords: Record<Phase, () => string> = {
	none: m.dispute_phase_none,
	contested: m.dispute_phase_contested,
	evidence: m.dispute_phase_evidence,
	commit: m.dispute_phase_commit,
	reveal: m.dispute_phase_reveal,
	appeal: m.dispute_phase_appeal,
	decided: m.dispute_phase_decided,
	closed: m.dispute_phase_closed,
	executed: m.dispute_phase_executed,
};
export const phaseName = (phase: Phase) => phaseWords[phase]();

const outcomeWords: Record<Choice, () => string> = {
	none: m.dispute_outcome_none,
	buyer: m.dispute_outcome_buyer,
	seller: m.dispute_outcome_seller,
	even: m.dispute_outcome_even,
};
export const outcomeName = (choice: Choice) => outcomeWords[choice]();

const voteWords: Record<Choice, () => string> = {
	none: m.dispute_vote_none,
	buyer: m.dispute_vote_buyer,
	seller: m.dispute_vote_seller,
	even: m.dispute_vote_even,
};
export const voteName = (choice: Choice | Vote) => voteWords[choice]();

/** Where a case stands, in one sentence. */
export function standing(view: Pick<CaseView, 'phase' | 'outcome' | 'rounds' | 'round'>): string {
	const round = view.rounds.find((one) => one.round === view.round);
	if (view.outcome && (view.phase === 'closed' || view.phase === 'executed')) return outcomeName(view.outcome);
	switch (view.phase) {
		case 'contested':
			return m.dispute_text_contested();
		case 'evidence':
			return round?.postponed ? m.dispute_text_waiting_panel() : m.dispute_text_evidence();
		case 'commit':
			return m.dispute_text_commit();
		case 'reveal':
			return m.dispute_text_reveal();
		case 'appeal':
			return m.dispute_text_appeal();
		default:
			return m.dispute_text_decided();
	}
}
