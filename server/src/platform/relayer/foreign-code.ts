import type { PackedUserOperation } from '@kaishi/protocol/account';
import { accountFactoryAbi } from '@kaishi/protocol/generated/account-factory';
import { auctionsAbi } from '@kaishi/protocol/generated/auctions';
import { catalogAbi } from '@kaishi/protocol/generated/catalog';
import { courtAbi } from '@kaishi/protocol/generated/court';
import { deadlineAbi } from '@kaishi/protocol/generated/deadline';
import { juryAbi } from '@kaishi/protocol/generated/jury';
import { operatorsAbi } from '@kaishi/protocol/generated/operators';
import { orderBookAbi } from '@kaishi/protocol/generated/order-book';
import { recoveryAbi } from '@kaishi/protocol/generated/recovery';
import { reviewsAbi } from '@kaishi/protocol/generated/reviews';
import { shopAbi } from '@kaishi/protocol/generated/shop';
import { tabsAbi } from '@kaishi/protocol/generated/tabs';
import { type Abi, type Address, decodeAbiParameters, decodeFunctionData, erc20Abi, isAddressEqual, zeroAddress } from 'viem';
import type { Deployment } from '../chain/deployment.ts';
import { callsOf } from './policy.ts';

/** Functions that call nobody but this market's contracts and the tokens it lists. What is not named is taken to call anybody. */
const QUIET: Record<string, ReadonlySet<string>> = {
	token: new Set(['approve', 'transfer']),
	shop: new Set([
		...['open', 'setPayout', 'setProfile', 'setStaff', 'approve', 'setApprovalForAll', 'transferFrom'],
		...['setGuard', 'applyGuard', 'vetoGuard', 'lowerCap', 'setLimits'],
	]),
	tabs: new Set(['close', 'release']),
	auctions: new Set(['open', 'cancel', 'bid', 'reveal', 'reclaim', 'finish', 'giveUp', 'empty']),
	accountFactory: new Set(['create']),
	deadline: new Set(['notAfter']),
	operators: new Set(['claimDropped', 'claimConflicting', 'claimConflictingTabStates', 'announceWithdrawal', 'withdrawBond']),
	catalog: new Set(['publish', 'setStock', 'delist', 'pledge', 'unpledge', 'openDeal', 'endDeal']),
	// Not `settle`: it asks whoever offered, who may be a contract.
	orderBook: new Set(['placeOrder', 'ship', 'confirm', 'perform', 'rule', 'settleDue', 'deposit', 'withdraw', 'withdrawShop', 'transfer']),
	reviews: new Set(['review', 'reply']),
	recovery: new Set(['setGuardians', 'approve', 'veto']),
	court: new Set([...['draw', 'passPeriod', 'commitVote', 'revealVote', 'submitEvidence'], ...['execute', 'close', 'settleRound', 'settleContribution']]),
	jury: new Set(['unstake', 'resume']),
};

/** Where the vault's own doors name their token. They take any token; an order takes only what governance lists. */
const TOKEN_ARGUMENT: Record<string, number> = { deposit: 1, withdraw: 0, withdrawShop: 1, sweep: 1 };

/**
 * Tells operations in which code of strangers runs: signers of other kinds than our passkeys, tokens that are not listed,
 * and contracts that native coin is paid out to. Such code can agree when it is simulated and burn its gas in the block,
 * and the others' with it.
 */
export function createForeignCode({ contracts, currencies }: Deployment): { runsIn(op: PackedUserOperation): boolean } {
	const doors = new Map<string, { abi: Abi; quiet: ReadonlySet<string> | undefined }>();
	const listed = new Set([zeroAddress, ...currencies.map(({ address }) => address.toLowerCase())]);
	for (const { address } of currencies) doors.set(address.toLowerCase(), { abi: erc20Abi, quiet: QUIET.token });
	const abis = {
		shop: shopAbi,
		operators: operatorsAbi,
		catalog: catalogAbi,
		orderBook: orderBookAbi,
		reviews: reviewsAbi,
		tabs: tabsAbi,
		auctions: auctionsAbi,
		accountFactory: accountFactoryAbi,
		deadline: deadlineAbi,
		recovery: recoveryAbi,
		court: courtAbi,
		jury: juryAbi,
	};
	for (const [name, abi] of Object.entries(abis) as [keyof typeof contracts, Abi][])
		doors.set(contracts[name]?.toLowerCase() ?? '', { abi, quiet: QUIET[name] });

	const payees = new Set(
		[contracts.court, contracts.jury, contracts.feeInsurance, contracts.tabs, contracts.operators, contracts.auctions].map((address) => address.toLowerCase()),
	);
	const isQuiet = (sender: Address, { target, data }: ReturnType<typeof callsOf>[number]): boolean => {
		// An account changing its own signers, which is all the policy lets it ask of itself.
		if (isAddressEqual(target, sender)) return true;
		const door = doors.get(target.toLowerCase());
		if (door === undefined) return false;
		const { functionName, args = [] } = decodeFunctionData({ abi: door.abi, data });
		const token = TOKEN_ARGUMENT[functionName];
		if (token !== undefined && !listed.has((args[token] as Address).toLowerCase())) return false;
		if (functionName === 'withdraw') return args[0] !== zeroAddress || isAddressEqual(args[2] as Address, sender);
		if (functionName === 'withdrawShop' || functionName === 'sweep') return args[1] !== zeroAddress;
		// Whoever is paid is called.
		if (functionName === 'transferAndCall') return payees.has((args[1] as Address).toLowerCase());
		return door.quiet?.has(functionName) ?? false;
	};
	const isPasskey = (signer: string) => signer.length > 42 && signer.toLowerCase().startsWith(contracts.webAuthnVerifier.toLowerCase());
	return {
		runsIn(op) {
			try {
				const [signers] = decodeAbiParameters([{ type: 'bytes[]' }, { type: 'bytes[]' }], op.signature);
				return !signers.every(isPasskey) || !callsOf(op.callData).every((call) => isQuiet(op.sender, call));
			} catch {
				// What cannot be read travels alone, too.
				return true;
			}
		},
	};
}
