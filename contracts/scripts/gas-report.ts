import type { Snapshot } from './gas-cases.ts';

/** One ERC-20 order from placement to release, as measured when this architecture was chosen. */
const PEERS = [
	['Base commerce-payments (authorize + capture)', 201_000],
	['Kleros escrow v2', 231_000],
	['x402r', 296_000],
	['Origin', 331_000],
	['OpenBazaar', 510_000],
	['Boson (505k–740k)', 505_000],
] as const;

const GOAL_ALONE = 130_000;
const GOAL_IN_BATCH = 90_000;
/** Both sides' transactions of a dispute judged by three jurors; Kleros escrow v2, with a mock court, takes 681,000. */
const GOAL_DISPUTE = 400_000;
/** Placement and acceptance of a signed offer; Kleros escrow takes 321,000 for its settlement. */
const GOAL_SETTLEMENT = 150_000;
/** One more order from a tab in a batch of a hundred; and each of ten purchases on a tab that is opened, and settled in a batch. */
const GOAL_MARGINAL = 60_000;
const GOAL_PURCHASE = 15_000;
/** What the happy path cost before after-sales, warranties and courts were states of an order; it may cost 3 % more. */
const BEFORE = { alone: 128_742, native: 129_868, batch: 83_194, passkey: 196_089 };
const MORE = 1.03;
const number = (gas: number) => gas.toLocaleString('en-US');
const words = (name: string) => name.replace(/(?<=[a-z])(?=[A-Z0-9])|(?<=[0-9])(?=[A-Z])/g, ' ').toLowerCase();

/** `bench/gas.md`, wholly from the snapshot. */
export function gasReport(snapshot: Snapshot): string {
	const { lifeAlone, lifeInBatchOfSignatures: batches, lifeByPasskey, disputeParties, disputeJurors, ordersFromTabs: drop, tab } = snapshot;
	const alone = lifeAlone.fromBalance;
	const native = lifeAlone.withNativeValue;
	const wallet = lifeAlone.fromAllowance;
	const batch = batches.of50;
	const ours: [string, number][] = [
		['**Kaishi, in batches of 50 by signature**', batch],
		['**Kaishi, alone, from a balance**', alone],
		['**Kaishi, alone, native coin sent along**', native],
		['**Kaishi, alone, from a token allowance**', wallet],
		['**Kaishi, by passkey, cart of five in one operation**', lifeByPasskey.cartOfFiveInOneOperation],
		['**Kaishi, by passkey, bundles of 50**', lifeByPasskey.bundleOf50],
	];
	const comparison = [...ours, ...PEERS].sort((a, b) => a[1] - b[1]).map(([name, gas]) => `| ${name} | ${number(gas)} |`);
	const verdict = (gas: number, goal: number) => `${number(gas)} of ${number(goal)}: ${gas <= goal ? 'held' : '**missed**'}`;
	const happy: [string, number, number][] = [
		['alone', alone, BEFORE.alone],
		['native coin', native, BEFORE.native],
		['batches of 50', batch, BEFORE.batch],
		['passkeys, bundles of 50', lifeByPasskey.bundleOf50, BEFORE.passkey],
	];
	const change = (now: number, before: number) => `${now < before ? '−' : '+'}${(Math.abs(now / before - 1) * 100).toFixed(1)} %`;
	const happyPath = happy.map(([name, now, before]) => `${name} ${change(now, before)}${now <= before * MORE ? '' : ' (**missed**)'}`).join(', ');
	const tenPurchases: [string, number][] = [
		['opened by a wallet itself, settled alone', tab.open + tab.settleOne],
		["opened by a wallet's signature that is relayed, settled alone", tab.openBySignature + tab.settleOne],
		['opened by a wallet itself, settled in a batch of ten', tab.open + tab.settleEachOfTenInBatch],
		["opened by a passkey's signature, settled alone", tab.openBySignatureOfPasskey + tab.settleOne],
		["opened by a passkey's signature and settled, each in a batch of ten", tab.openBySignatureOfPasskeyInBatchOfTen + tab.settleEachOfTenInBatch],
	];
	const details = Object.entries(snapshot).flatMap(([group, figures]) => [
		`\n### ${words(group)}\n\n| | gas |\n|---|---:|`,
		...Object.entries(figures).map(([name, gas]) => `| ${words(name)} | ${number(gas)} |`),
	]);
	return `# What an order costs in gas

Written by \`contracts/scripts/gas.ts\` from \`contracts/snapshots/gas.json\`; the tests fail when a figure changes.

## One order's happy life, placed and confirmed

| | gas per order |
|---|---:|
${comparison.join('\n')}

Goals: alone ${verdict(alone, GOAL_ALONE)} (native coin ${verdict(native, GOAL_ALONE)}); in batches ${verdict(batch, GOAL_IN_BATCH)}.

With returns, exchanges, warranties, settlements and courts as states of an order, its happy life costs, against what it did without them (at most 3 % more): ${happyPath}.

How to read it: whole transactions, base cost and calldata included, on the bytecode that is deployed. Accounts exist and balances are
non-zero before and after, as in a market's daily run; a seller's very first credit in a currency costs 17,100 more. Paying from an allowance
moves the token inside the placement, which is closest to what the peers' figures contain. Theirs also pay the token out; our seller withdraws later,
once for many orders (${number(snapshot.money.withdrawShop)} gas, which whoever withdraws after every single order has to add). Batches are paid from balances and include the buyers' signatures;
${number(batches.of50DifferentOffers)} when all 50 orders take different offers of one shop. Data fees of a layer 2 are not counted.

## A dispute, from placement to its ruling by three jurors

The parties' side (place, ship, open, join, execute): ${verdict(disputeParties.wholePathToRuling, GOAL_DISPUTE)}. Kleros escrow v2 takes 681,000 with a mock court.
Other disputes are open meanwhile, so that the court's balance is not empty; one who opens the only dispute pays 17,100 more. The court's own work is
not the parties': asking for a panel and drawing it (${number(disputeJurors.askForPanel + disputeJurors.draw)}, the node's keeper or anyone), voting (${number(disputeJurors.commitVote + disputeJurors.revealVote)} each juror), paying the panel (${number(disputeJurors.settleRound)}).
Drawing and paying depend on who is drawn: those two are rounded up to the next 250,000.

## Settled between the two

Placement and acceptance of the other side's signed offer: ${verdict(snapshot.settlement.placeAndAccept, GOAL_SETTLEMENT)}; with a shipment in between ${number(snapshot.settlement.placeShipAndAccept)}. Kleros escrow v2 takes 321,000.

## The hot drop: orders from tabs, and purchases on them

One more order that a tab's key signed, in an operator's batch of 100 through \`Batch.runEach\`, all of one pledged offer: ${verdict(drop.oneMoreInBatchOf100, GOAL_MARGINAL)}. No such order
can cost less than ${number(drop.itsFloor)}: a word that was empty (22,100), one signature (3,000) and its calldata (${number(drop.itsCalldata)}). What comes on top: the tab's word (5,000), \`OrderPlaced\` (4,200) and \`TabSpent\` (2,400), by which everything can
be found again from the chain alone, and ${number(drop.oneMoreInBatchOf100 - drop.itsFloor - 11_600)} for everything else: terms, stock, pledge, balance, and five calls between contracts.

Of a flash deal without a limit per buyer: ${number(drop.oneMoreOfDealInBatchOf100)}. A limit is a word per buyer: the first ${number(100)} buyers, ${number(drop.ofLimitedDealInBatchOf100)} each.

Ten purchases on a tab, opening and settling included, each:

| | gas |
|---|---:|
${tenPurchases.map(([name, all]) => `| ${name} | ${verdict(Math.round(all / 10), GOAL_PURCHASE)} |`).join('\n')}

Purchases themselves cost nothing: the tenth and the thousandth are one more signature of each side. What comes at the same time travels together, up to 32 in one transaction. A passkey that is alone
cannot come below: its opening takes ${number(tab.openBySignatureOfPasskey)}, ${number(tab.openBySignatureOfPasskey - tab.openBySignature)} of them for what a passkey's signature is more than a wallet's (its calldata, the account's proxy and list of signers, P-256), where the
other ${number(tab.openBySignature)} and the settlement's ${number(tab.settleOne)} leave ${number(10 * GOAL_PURCHASE - tab.openBySignature - tab.settleOne)}.

## All figures
${details.join('\n')}
`;
}
