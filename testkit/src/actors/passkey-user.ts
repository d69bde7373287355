import {
	buildUserOperation,
	type Call,
	encodeInitCode,
	encodeMultiSignature,
	encodeWebAuthnSignature,
	nestTypedData,
	type PackedUserOperation,
	type RegisteredPasskey,
	type Relayed,
	type RelayUserOperation,
	type SignRound,
	signInChallenge,
	type TypedStatement,
	userOperationHash,
} from '@kaishi/protocol/account';
import { encodePlaceOrder, type Order, settle } from '@kaishi/protocol/order';
import { type Address, encodeFunctionData, erc20Abi, type Hex, zeroAddress, zeroHash } from 'viem';
import type { Actor } from './actor.ts';
import type { MarketClient } from './market-client.ts';
import { freshNonce, SoftwareAuthenticator } from './software-authenticator.ts';

/** A person who signs with a passkey; the account is created on the chain by its first operation. */
export class PasskeyUser implements Actor {
	readonly kind = 'passkey';
	readonly address: Address;
	readonly client: MarketClient;
	readonly authenticator: SoftwareAuthenticator;
	/** ERC-7913. */
	readonly signer: Hex;
	#deployed: boolean;

	private constructor(client: MarketClient, authenticator: SoftwareAuthenticator, registered: RegisteredPasskey) {
		this.client = client;
		this.authenticator = authenticator;
		this.address = registered.address;
		this.signer = registered.signer;
		this.#deployed = registered.deployed;
	}

	/** @param options.secret 32 bytes to derive the passkey from; random when left out. */
	static async register(client: MarketClient, options: { label?: string; secret?: Uint8Array } = {}): Promise<PasskeyUser> {
		const authenticator = new SoftwareAuthenticator(client.origin, options.secret);
		const registered = await client.post<RegisteredPasskey>('/api/passkeys', {
			credentialId: authenticator.credentialId,
			publicKey: authenticator.publicKey,
			label: options.label ?? 'Test passkey',
		});
		return new PasskeyUser(client, authenticator, registered);
	}

	/** The same passkey acting for an existing account that lets it sign, or is to. */
	actingFor(account: Address): PasskeyUser {
		return new PasskeyUser(this.client, this.authenticator, { address: account, signer: this.signer, deployed: true });
	}

	async execute(calls: Call[]): Promise<Relayed> {
		const relayed = await this.client.relay('user-operation', toWire(await this.signOperation(calls)));
		this.#deployed = true;
		return relayed;
	}

	/** A signed operation that nobody has sent yet; tests bend it before they relay it. */
	async signOperation(calls: Call[], chainId?: number): Promise<PackedUserOperation> {
		const market = await this.client.market();
		const initCode = this.#deployed ? undefined : encodeInitCode(market.contracts.accountFactory, [this.signer], 1n, zeroHash);
		const operation = buildUserOperation({ sender: this.address, nonce: freshNonce(), calls, ...(initCode ? { initCode } : {}) });
		const hash = userOperationHash(operation, chainId ?? market.chainId, market.contracts.entryPoint);
		const signature = encodeWebAuthnSignature(this.authenticator.signHash(hash));
		return { ...operation, signature: encodeMultiSignature([{ signer: this.signer, signature }]) };
	}

	async cosign(operation: PackedUserOperation): Promise<SignRound> {
		const { chainId, contracts } = await this.client.market();
		const signature = encodeWebAuthnSignature(this.authenticator.signHash(userOperationHash(operation, chainId, contracts.entryPoint)));
		return { signer: this.signer, signature };
	}

	async sign(statement: TypedStatement): Promise<Hex> {
		if (!this.#deployed) await this.execute([]);
		const { hash, wrap } = nestTypedData(this.address, (await this.client.market()).chainId, statement);
		return wrap(encodeMultiSignature([{ signer: this.signer, signature: encodeWebAuthnSignature(this.authenticator.signHash(hash)) }]));
	}

	async place(order: Order): Promise<Relayed> {
		const { orderBook } = (await this.client.market()).contracts;
		const { total } = settle(order);
		const native = order.terms.currency === zeroAddress;
		const place: Call = {
			to: orderBook,
			value: native ? total : 0n,
			data: encodePlaceOrder(order),
		};
		if (native) return this.execute([place]);
		const approve = encodeFunctionData({ abi: erc20Abi, functionName: 'approve', args: [orderBook, total] });
		return this.execute([{ to: order.terms.currency, data: approve }, place]);
	}

	/** @param wish the account to enter, where the passkey was let into one that is not its own. */
	async signIn(wish?: Address): Promise<void> {
		const { challenge } = await this.client.post<{ challenge: Hex }>('/api/session/challenge');
		const { authenticatorData, clientDataJSON, der } = this.authenticator.assert(signInChallenge(this.client.origin, challenge, wish));
		await this.client.post('/api/session/passkey', {
			...(wish ? { account: wish } : {}),
			challenge,
			credentialId: this.authenticator.credentialId,
			authenticatorData,
			clientDataJSON,
			signature: der,
		});
	}
}

export function toWire(operation: PackedUserOperation): RelayUserOperation {
	return { operation: { ...operation, nonce: operation.nonce.toString(), preVerificationGas: operation.preVerificationGas.toString() } };
}
