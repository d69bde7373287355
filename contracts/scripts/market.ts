import { type Address, concat, getContractAddress, type Hex, hashStruct, hashTypedData, keccak256, numberToHex, toHex, zeroAddress, zeroHash } from 'viem';
import { entryPoint08Address } from 'viem/account-abstraction';
import { type PrivateKeyAccount, privateKeyToAccount } from 'viem/accounts';
import * as abis from '../../protocol/src/generated/index.ts';
import { Chain, type Contract } from './chain.ts';
import { type Artifact, ENTRY_POINT_SALT, entryPointArtifact, productionRuntime } from './production.ts';

export const HOUR = 3600;
export const DAY = 86_400;
export const GENESIS = Date.parse('2030-01-01T00:00:00Z') / 1000;
const DETERMINISTIC_DEPLOYER = '0x4e59b44847b379578588920cA78FbF26c0B4956C';
/** The deployer's presigned creation code, for chains that lack it: https://github.com/Arachnid/deterministic-deployment-proxy */
const DETERMINISTIC_DEPLOYER_CODE =
  '0x7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe03601600081602082378035828234f58015156039578182fd5b8082525050506014600cf3';

export interface OfferTerms {
  currency: Address;
  unitPrice: bigint;
  shippingPrice: bigint;
  shipBySeconds: number;
  confirmBySeconds: number;
  cancelSeconds: number;
  returnSeconds: number;
  affiliateBps: number;
  arbitrator: Address;
  splits: readonly { recipient: Address; bps: number }[];
}

export interface Order {
  offerId: bigint;
  terms: OfferTerms;
  buyer: Address;
  quantity: bigint;
  affiliate: Address;
  feeBps: number;
  detailsHash: Hex;
  validBefore: bigint;
  salt: Hex;
}

export const actionNumber = { ship: 0, confirm: 1, cancel: 2, refund: 3, dispute: 4 } as const;
export const stateNames = ['none', 'placed', 'shipped', 'disputed', 'completed', 'refunded', 'ruled'] as const;

const split = [
  { name: 'recipient', type: 'address' },
  { name: 'bps', type: 'uint16' },
] as const;
const offerTerms = [
  { name: 'currency', type: 'address' },
  { name: 'unitPrice', type: 'uint128' },
  { name: 'shippingPrice', type: 'uint128' },
  { name: 'shipBySeconds', type: 'uint32' },
  { name: 'confirmBySeconds', type: 'uint32' },
  { name: 'cancelSeconds', type: 'uint32' },
  { name: 'returnSeconds', type: 'uint32' },
  { name: 'affiliateBps', type: 'uint16' },
  { name: 'arbitrator', type: 'address' },
  { name: 'splits', type: 'Split[]' },
] as const;
const order = [
  { name: 'offerId', type: 'uint256' },
  { name: 'terms', type: 'OfferTerms' },
  { name: 'buyer', type: 'address' },
  { name: 'quantity', type: 'uint64' },
  { name: 'affiliate', type: 'address' },
  { name: 'feeBps', type: 'uint16' },
  { name: 'detailsHash', type: 'bytes32' },
  { name: 'validBefore', type: 'uint64' },
  { name: 'salt', type: 'bytes32' },
] as const;
const orderAction = [
  { name: 'orderId', type: 'bytes32' },
  { name: 'action', type: 'uint8' },
  { name: 'data', type: 'bytes32' },
  { name: 'validBefore', type: 'uint64' },
] as const;
/** Written out here a second time on purpose: a mistake in the protocol's copy must not hide the same mistake in a test. */
export const orderTypes = { Order: order, OfferTerms: offerTerms, Split: split } as const;

export const termsHashOf = (terms: OfferTerms) => hashStruct({ data: terms, primaryType: 'OfferTerms', types: orderTypes });
export const keyOf = (name: string) => keccak256(toHex(name));

export function totalOf(o: Order): bigint {
  return o.terms.unitPrice * o.quantity + o.terms.shippingPrice;
}

/** A whole market on a fresh chain, from the bytecode that is deployed in earnest. */
export class Market {
  readonly chain: Chain;
  /** Wallets whose keys tests hold. */
  readonly keys = { seller: privateKeyToAccount(keyOf('seller')), arbitrator: privateKeyToAccount(keyOf('arbitrator')) };
  readonly operator: Address;
  readonly seller = this.keys.seller.address;
  readonly arbitrator = this.keys.arbitrator.address;
  readonly feeRecipient: Address;
  shopId = 0n;
  forwarder!: Contract<typeof abis.forwarderAbi>;
  parameters!: Contract<typeof abis.parametersAbi>;
  shop!: Contract<typeof abis.shopAbi>;
  catalog!: Contract<typeof abis.catalogAbi>;
  orderBook!: Contract<typeof abis.orderBookAbi>;
  reviews!: Contract<typeof abis.reviewsAbi>;
  token!: Contract<typeof abis.testTokenAbi>;
  verifier!: Contract<typeof abis.webAuthnVerifierAbi>;
  factory!: Contract<typeof abis.accountFactoryAbi>;
  readonly entryPoint = { address: entryPoint08Address, abi: abis.entryPointAbi };
  private salt = 0;

  private constructor(chain: Chain) {
    this.chain = chain;
    [this.operator, this.feeRecipient] = chain.accounts;
  }

  static async open(chainId = 31337): Promise<Market> {
    const runtime = await productionRuntime();
    const connection = await runtime.network.create({ override: { chainId, initialDate: new Date(GENESIS * 1000) } });
    const market = new Market(await Chain.from(connection));
    const bytecode = async (name: string) => ((await runtime.artifacts.readArtifact(name)) as unknown as Artifact).bytecode;
    await market.deploy(bytecode);
    return market;
  }

  private async deploy(bytecode: (name: string) => Promise<Hex>): Promise<void> {
    const { chain, operator } = this;
    await chain.fund(this.seller);
    await chain.fund(this.arbitrator);
    this.forwarder = await chain.deploy(abis.forwarderAbi, await bytecode('Forwarder'));
    const forwarder = this.forwarder.address;
    this.parameters = await chain.deploy(abis.parametersAbi, await bytecode('Parameters'), [operator, this.feeRecipient]);
    this.shop = await chain.deploy(abis.shopAbi, await bytecode('Shop'), [forwarder]);
    // The catalogue and the order book name each other: the second address is known before it exists.
    const nonce = BigInt(await chain.client.getTransactionCount({ address: operator }));
    const orderBook = getContractAddress({ from: operator, nonce: nonce + 1n });
    const parameters = this.parameters.address;
    const shop = this.shop.address;
    this.catalog = await chain.deploy(abis.catalogAbi, await bytecode('Catalog'), [shop, parameters, orderBook, forwarder]);
    this.orderBook = await chain.deploy(abis.orderBookAbi, await bytecode('OrderBook'), [shop, this.catalog.address, parameters, forwarder]);
    if (this.orderBook.address.toLowerCase() !== orderBook.toLowerCase()) throw new Error('order book landed elsewhere');
    this.reviews = await chain.deploy(abis.reviewsAbi, await bytecode('Reviews'), [orderBook, shop, forwarder]);
    this.token = await chain.deploy(abis.testTokenAbi, await bytecode('TestToken'), ['Test Dollar', 'tUSD', 6, operator]);
    this.verifier = await chain.deploy(abis.webAuthnVerifierAbi, await bytecode('WebAuthnVerifier'));
    const account = await chain.deploy(abis.accountAbi, await bytecode('Account'));
    this.factory = await chain.deploy(abis.accountFactoryAbi, await bytecode('AccountFactory'), [account.address]);
    await this.deployEntryPoint();
    for (const currency of [zeroAddress, this.token.address] as const) {
      await chain.write(operator, this.parameters, 'setCurrency', [currency, true]);
    }
    await chain.write(operator, this.parameters, 'setArbitrator', [this.arbitrator, true]);
    await chain.write(this.seller, this.shop, 'open', ['tea-house', this.seller, toHex('{}')]);
    this.shopId = 1n;
  }

  private async deployEntryPoint(): Promise<void> {
    const { chain, operator } = this;
    if (!(await chain.client.getCode({ address: DETERMINISTIC_DEPLOYER }))) {
      const code = `0x${DETERMINISTIC_DEPLOYER_CODE.slice(-138)}`;
      await chain.provider.request({ method: 'hardhat_setCode', params: [DETERMINISTIC_DEPLOYER, code] });
    }
    const data = concat([ENTRY_POINT_SALT, entryPointArtifact().bytecode]);
    await chain.send({ from: operator, to: DETERMINISTIC_DEPLOYER, data });
    if (!(await chain.client.getCode({ address: entryPoint08Address }))) throw new Error('EntryPoint is not at its canonical address');
  }

  /** A wallet known by name, with coin for gas. */
  async wallet(name: string): Promise<PrivateKeyAccount> {
    const wallet = privateKeyToAccount(keyOf(name));
    await this.chain.fund(wallet.address);
    return wallet;
  }

  terms(change: Partial<OfferTerms> = {}): OfferTerms {
    return {
      currency: this.token.address,
      unitPrice: 25_000_000n,
      shippingPrice: 3_000_000n,
      shipBySeconds: 2 * DAY,
      confirmBySeconds: 7 * DAY,
      cancelSeconds: HOUR,
      returnSeconds: 7 * DAY,
      affiliateBps: 0,
      arbitrator: this.arbitrator,
      splits: [],
      ...change,
    };
  }

  /** Publishes one listing and returns its first variant's offer id. */
  async publish(terms: OfferTerms | OfferTerms[], stock = 2 ** 48 - 1, content: Hex = toHex('{"title":"Tea"}')): Promise<bigint> {
    const all = [terms].flat();
    const stocks = all.map(() => stock);
    const receipt = await this.chain.write(this.seller, this.catalog, 'publish', [this.shopId, 0, content, all, stocks]);
    return BigInt(receipt.logs.at(-1)!.topics[1]!) << 16n;
  }

  order(offerId: bigint, terms: OfferTerms, buyer: Address, change: Partial<Order> = {}): Order {
    return {
      offerId,
      terms,
      buyer,
      quantity: 1n,
      affiliate: zeroAddress,
      feeBps: 0,
      detailsHash: keyOf('details'),
      validBefore: BigInt(GENESIS + 1000 * DAY),
      salt: keccak256(numberToHex(++this.salt, { size: 32 })),
      ...change,
    };
  }

  get domain() {
    return { name: 'Kaishi', version: '1', chainId: 31337, verifyingContract: this.orderBook.address } as const;
  }

  orderId(o: Order): Hex {
    return hashTypedData({ domain: this.domain, types: orderTypes, primaryType: 'Order', message: o });
  }

  signOrder(wallet: PrivateKeyAccount, o: Order): Promise<Hex> {
    return wallet.signTypedData({ domain: this.domain, types: orderTypes, primaryType: 'Order', message: o });
  }

  async signAction(wallet: PrivateKeyAccount, o: Order, name: keyof typeof actionNumber, data: Hex = zeroHash) {
    const action = actionNumber[name];
    const validBefore = o.validBefore;
    const signature = await wallet.signTypedData({
      domain: this.domain,
      types: { OrderAction: orderAction },
      primaryType: 'OrderAction',
      message: { orderId: this.orderId(o), action, data, validBefore },
    });
    return { order: o, action, actor: wallet.address, data, validBefore, signature };
  }

  /** Mints tokens to `account` and lets the order book draw on them. */
  async allow(account: Address, amount: bigint): Promise<void> {
    await this.chain.write(this.operator, this.token, 'mint', [account, amount]);
    await this.chain.write(account, this.token, 'approve', [this.orderBook.address, 2n ** 256n - 1n]);
  }

  /** Puts tokens into the account's balance inside the order book. */
  async stake(account: Address, amount: bigint): Promise<void> {
    const { chain, operator } = this;
    await chain.write(operator, this.token, 'mint', [operator, amount]);
    await chain.write(operator, this.token, 'approve', [this.orderBook.address, amount]);
    await chain.write(operator, this.orderBook, 'deposit', [account, this.token.address, amount]);
  }

  /** A buyer's ERC-3009 authorization of `value` to the order book. */
  authorize(wallet: PrivateKeyAccount, value: bigint, nonce: Hex, validBefore = BigInt(GENESIS + 1000 * DAY)): Promise<Hex> {
    return wallet.signTypedData({
      domain: { name: 'Test Dollar', version: '1', chainId: 31337, verifyingContract: this.token.address },
      primaryType: 'ReceiveWithAuthorization',
      types: {
        ReceiveWithAuthorization: [
          { name: 'from', type: 'address' },
          { name: 'to', type: 'address' },
          { name: 'value', type: 'uint256' },
          { name: 'validAfter', type: 'uint256' },
          { name: 'validBefore', type: 'uint256' },
          { name: 'nonce', type: 'bytes32' },
        ],
      },
      message: { from: wallet.address, to: this.orderBook.address, value, validAfter: 0n, validBefore, nonce },
    });
  }

  async stateOf(o: Order): Promise<{ state: (typeof stateNames)[number]; deadline: number }> {
    const [state, deadline] = (await this.chain.read(this.orderBook, 'stateOf', [this.orderId(o)])) as [number, number];
    return { state: stateNames[state], deadline };
  }
}
