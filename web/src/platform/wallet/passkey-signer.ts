import {
	type AccountView,
	buildUserOperation,
	type Call,
	encodeInitCode,
	encodeMultiSignature,
	encodeWebAuthnSignature,
	nestTypedData,
	type PackedUserOperation,
	type Relayed,
	type RelayUserOperation,
	type SignRound,
	type TypedStatement,
	userOperationHash,
	webAuthnSignatureFromAssertion,
} from '@kaishi/protocol/account';
import type { MarketInfo } from '@kaishi/protocol/discovery';
import { encodeStep, type Order, type OrderStep } from '@kaishi/protocol/order';
import { type Address, concat, type Hex, zeroHash } from 'viem';
import { api } from '../api/client.ts';
import { randomHex } from './bytes.ts';
import type { KnownPasskey } from './device.ts';
import { type Balances, orderCalls } from './order-calls.ts';
import { assertPasskey } from './passkey.ts';
import type { Signer } from './signer.ts';

/** Each operation in a lane of its own: two tabs never block each other. */
const freshNonce = () => BigInt(concat([randomHex(24), '0x0000000000000000']));

const toWire = (operation: PackedUserOperation): RelayUserOperation => ({
	operation: { ...operation, nonce: operation.nonce.toString(), preVerificationGas: operation.preVerificationGas.toString() },
});

export class PasskeySigner implements Signer {
	readonly kind = 'passkey';
	readonly address: Address;
	readonly #passkey: KnownPasskey;
	readonly #market: MarketInfo;
	#deployed: Promise<boolean> | null = null;

	constructor(passkey: KnownPasskey, market: MarketInfo) {
		this.address = passkey.address;
		this.#passkey = passkey;
		this.#market = market;
	}

	/** Asks ahead of the first signature, so that nothing stands between the tap and the passkey. */
	prepare() {
		this.#deployed ??= api
			.get<AccountView>(`/api/accounts/${this.address}`)
			.then((account) => account.deployed)
			.catch((error: unknown) => {
				this.#deployed = null;
				throw error;
			});
		return this.#deployed;
	}

	placeOrder(order: Order, balance = 0n): Promise<Relayed> {
		return this.placeOrders([order], new Map([[order.terms.currency.toLowerCase(), balance]]));
	}

	placeOrders(orders: readonly Order[], balances: Balances): Promise<Relayed> {
		return this.call(orderCalls(orders, balances, this.#market.contracts.orderBook));
	}

	async questionsFor(): Promise<number> {
		return 1;
	}

	act(order: Order, step: OrderStep): Promise<Relayed> {
		return this.call([{ to: this.#market.contracts.orderBook, data: encodeStep(order, step) }]);
	}

	async sign(statement: TypedStatement): Promise<Hex> {
		// Nobody can ask an account that does not exist yet whether it signed.
		if (!(await this.prepare())) await this.call([]);
		const { hash, wrap } = nestTypedData(this.address, this.#market.chainId, statement);
		return wrap(encodeMultiSignature([{ signer: this.#passkey.signer, signature: await this.#sign(hash) }]));
	}

	async call(calls: Call[]): Promise<Relayed> {
		const { contracts, chainId } = this.#market;
		const { signer } = this.#passkey;
		const initCode = (await this.prepare()) ? undefined : encodeInitCode(contracts.accountFactory, [signer], 1n, zeroHash);
		const operation = buildUserOperation({ sender: this.address, nonce: freshNonce(), calls, ...(initCode ? { initCode } : {}) });
		const signature = await this.#sign(userOperationHash(operation, chainId, contracts.entryPoint));
		const relayed = await api
			.post<Relayed>('/api/relay/user-operation', toWire({ ...operation, signature: encodeMultiSignature([{ signer, signature }]) }))
			.catch((error: unknown) => {
				// Perhaps another tab has created the account meanwhile: ask again next time.
				this.#deployed = null;
				throw error;
			});
		this.#deployed = Promise.resolve(true);
		return relayed;
	}

	async cosign(operation: PackedUserOperation): Promise<SignRound> {
		const { contracts, chainId } = this.#market;
		return { signer: this.#passkey.signer, signature: await this.#sign(userOperationHash(operation, chainId, contracts.entryPoint)) };
	}

	async #sign(hash: Hex): Promise<Hex> {
		return encodeWebAuthnSignature(webAuthnSignatureFromAssertion(await assertPasskey(hash, this.#passkey.credentialId)));
	}
}
