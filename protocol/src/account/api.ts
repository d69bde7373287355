import type { Address, Hex } from 'viem';
import type { OrderWire } from '../order/index.ts';
import type { Protection, RecoveryProposal } from './recovery.ts';
import type { RoundView, TreasuryView } from './rounds.ts';

/** GET /api/session → who this browser is signed in as. */
export interface Viewer {
	address: Address;
	kind: 'passkey' | 'wallet';
	/** base64url, for passkeys. */
	credentialId: string | null;
}

/** POST /api/passkeys: makes a new passkey known, so that it can sign in elsewhere. Grants nothing by itself. */
export interface RegisterPasskey {
	credentialId: string;
	publicKey: { x: Hex; y: Hex };
	label: string;
	/** The account that it was made for, when nobody is signed in: a lost one. Counts once the chain agrees. */
	account?: Address;
}
/** `address` is counterfactual: it exists on the chain from the first operation on. */
export interface RegisteredPasskey {
	address: Address;
	signer: Hex;
	deployed: boolean;
}

/** POST /api/session/challenge → 32 random bytes, usable once within five minutes. */
export interface Challenge {
	challenge: Hex;
}

/** POST /api/session/passkey: an assertion over `signInChallenge(origin, challenge, account)` by a discoverable credential. */
export interface PasskeySignIn {
	/** The account to enter and to enter from now on; without it the one chosen last, else the passkey's own. */
	account?: Address;
	challenge: Hex;
	credentialId: string;
	authenticatorData: Hex;
	clientDataJSON: string;
	/** DER as the authenticator gave it. */
	signature: Hex;
}

/** POST /api/session/wallet: EIP-4361 message over the challenge (as its nonce, first 16 bytes in hex). */
export interface WalletSignIn {
	message: string;
	signature: Hex;
}

/** POST /api/relay/* → once the projection has stored the block. */
export interface Relayed {
	transactionHash: Hex;
	blockNumber: string;
	/** Ids that the calls created, by event: shop ids, listing ids, order ids. */
	created: { shopIds: string[]; listingIds: string[]; orderIds: Hex[] };
}

/** POST /api/relay/user-operation. A success also signs the browser in as the sender: the operation proved possession. */
export interface RelayUserOperation {
	operation: {
		sender: Address;
		nonce: string;
		initCode: Hex;
		callData: Hex;
		accountGasLimits: Hex;
		preVerificationGas: string;
		gasFees: Hex;
		paymasterAndData: Hex;
		signature: Hex;
	};
}
/** POST /api/relay/forward: anything a wallet may ask of Shop, Catalog, OrderBook or Reviews. */
export interface RelayForward {
	request: { from: Address; to: Address; value: string; gas: string; nonce: string; deadline: number; data: Hex };
	signature: Hex;
}
/** POST /api/relay/order: a buyer's EIP-712 signature over the order (balance or allowance pays). */
export interface RelayOrder {
	order: OrderWire;
	signature: Hex;
}
/** POST /api/relay/authorized-order: one ERC-3009 signature pays and places. */
export interface RelayAuthorizedOrder {
	order: OrderWire;
	validAfter: string;
	validBefore: string;
	signature: Hex;
}
/**
 * POST /api/relay/cart: orders of one buyer, all or nothing. Each is signed as for `order`, or, with `authorization`, as
 * for `authorized-order`. A refusal's `item` says which of them could not be placed, counted from zero.
 */
export interface RelayCart {
	orders: { order: OrderWire; signature: Hex; authorization: { validAfter: string; validBefore: string } | null }[];
}
/** POST /api/relay/action: a signed order action. */
export interface RelayAction {
	order: OrderWire;
	action: number;
	bps: number;
	actor: Address;
	data: Hex;
	step: number;
	validBefore: string;
	signature: Hex;
}

/** GET /api/accounts/:address */
export interface AccountView {
	address: Address;
	deployed: boolean;
	/** Next nonces for wallets' forward requests. */
	forwarderNonce: string;
	/** Wallet-held tokens, by currency; balances inside the market are in `OrderReads.balancesOf`. */
	held: { currency: Address; amount: string }[];
	/** `signer` (ERC-7913) is what a browser needs to sign with a passkey it did not make itself. Shown to the account only. */
	passkeys: PasskeyView[];
	/** Everything that can sign for the account, as the chain says: also keys that this operator has never heard of. */
	signers: Hex[];
	/** How many of them have to sign together. */
	threshold: string;
	protection: Protection;
}

export interface PasskeyView {
	credentialId: string;
	signer: Hex;
	label: string;
	/** Unix seconds. */
	createdAt: number;
	/** Unix seconds; null when this operator has not seen it used. */
	lastUsedAt: number | null;
}

/** POST /api/devices → a meeting place for a new device and the old one that lets it in; forgotten after an hour. */
export interface DeviceRequest {
	id: string;
}
/** GET /api/devices/:id; PUT by a signed-in device says that the new one was let into its account. */
export interface DeviceAnswer {
	/** Null until a device has answered. The chain, not this, says whether it is true. */
	account: Address | null;
}

export interface AccountReads {
	/** Accounts that the viewer signs for together with others. */
	treasuriesOf(viewer: Viewer): Promise<TreasuryView[]>;
	/** Null unless the viewer signs for it. */
	treasury(address: Address, viewer: Viewer): Promise<TreasuryView | null>;
	/** Newest first. Refuses with `Round_NotSigner`. */
	rounds(treasury: Address, viewer: Viewer): Promise<RoundView[]>;
	account(address: Address): Promise<AccountView>;
	/** Pending recoveries of the account itself, and of those that it guards. */
	pendingRecoveries(address: Address): Promise<RecoveryProposal[]>;
}
