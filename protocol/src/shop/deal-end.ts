/** This long before a deal of an operator's ends on the chain it ends for buyers: what was promised by then has yet to be placed. */
export const DEAL_MARGIN_SECONDS = 120;

/** When a deal ends for buyers. @param until its end on the chain @param operatorId 0: anybody may buy it. */
export const dealEnd = (until: number, operatorId: number) => (operatorId === 0 ? until : until - DEAL_MARGIN_SECONDS);
