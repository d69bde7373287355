import type { Address, Hex } from 'viem';
import type { Proof } from '../platform/proof.ts';

/** A guardian of this weight is enough alone, whatever the threshold: how pages give a recovery code its power. */
export const ALONE = 255;
export const MAX_GUARDIANS = 10;
/** Bounds of the contract, and what pages propose. Seconds. */
export const RECOVERY_DELAY = { least: 86_400, usual: 2 * 86_400, most: 30 * 86_400 } as const;

/** Who may help an account back. */
export interface Guardian {
	guardian: Address;
	/** 1–255. */
	weight: number;
}

/** New signers that guardians have approved for an account, and what became of it. */
export interface RecoveryProposal {
	account: Address;
	/** Decimal; approvals and signatures count in their round only. */
	round: string;
	/** ERC-7913 signers that would replace all present ones. */
	signers: Hex[];
	threshold: string;
	approvals: Address[];
	/** Guardians who object; more than half of all end it. */
	opposed: Address[];
	state: 'gathering' | 'pending' | 'vetoed' | 'executed' | 'void';
	/** Unix seconds; null until the threshold was reached. */
	executableAt: number | null;
	/** The newest event about it. */
	proof: Proof;
}

/** What stands between an account and its loss; public, as the chain shows it to everybody. */
export interface Protection {
	guardians: Guardian[];
	threshold: number;
	/** Seconds. */
	delay: number;
	round: string;
	/** Of the present round, newest first. */
	proposals: RecoveryProposal[];
}

/** POST /api/relay/recovery-approval: a guardian's EIP-712 signature. */
export interface RelayRecoveryApproval {
	account: Address;
	signers: Hex[];
	threshold: string;
	guardian: Address;
	validBefore: string;
	signature: Hex;
}
/** POST /api/relay/recovery-veto: a guardian's EIP-712 signature. */
export interface RelayRecoveryVeto {
	account: Address;
	guardian: Address;
	validBefore: string;
	signature: Hex;
}
/** POST /api/relay/recovery: anyone, once the delay is over. */
export interface RelayRecovery {
	account: Address;
	signers: Hex[];
	threshold: string;
}

export function recoveryDomain(chainId: number, recovery: Address) {
	return { name: 'Kaishi Recovery', version: '1', chainId, verifyingContract: recovery } as const;
}

export const recoveryApprovalTypes = {
	RecoveryApproval: [
		{ name: 'account', type: 'address' },
		{ name: 'signers', type: 'bytes[]' },
		{ name: 'threshold', type: 'uint64' },
		{ name: 'round', type: 'uint64' },
		{ name: 'validBefore', type: 'uint64' },
	],
} as const;

export const recoveryVetoTypes = {
	RecoveryVeto: [
		{ name: 'account', type: 'address' },
		{ name: 'round', type: 'uint64' },
		{ name: 'validBefore', type: 'uint64' },
	],
} as const;

/** Weight of those of `approvals` who are guardians; enough when it reaches the threshold. */
export function weightOf({ guardians }: Pick<Protection, 'guardians'>, approvals: readonly Address[]): number {
	const given = new Set(approvals.map((address) => address.toLowerCase()));
	return guardians.reduce((sum, { guardian, weight }) => sum + (given.has(guardian.toLowerCase()) ? weight : 0), 0);
}
