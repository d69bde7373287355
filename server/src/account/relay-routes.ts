import type { PackedUserOperation } from '@kaishi/protocol/account';
import { Hono } from 'hono';
import { decodeAbiParameters, type Hex } from 'viem';
import { parseBody } from '../platform/http/parse.ts';
import type { AccountRoutesContext } from './context.ts';
import { findPasskeyBySigner, noteUse, removedPasskeysOf } from './passkeys.ts';
import {
	actionRequest,
	authorizedOrderRequest,
	cartRequest,
	forwardRequest,
	orderRequest,
	recoveryApprovalRequest,
	recoveryRequest,
	recoveryVetoRequest,
	userOperationRequest,
} from './requests.ts';
import { endSessionsOf, readViewer, startSession } from './sessions.ts';

/** Signed intents. Each carries its own proof, so nobody has to be signed in. */
export function relayRoutes(context: AccountRoutesContext): Hono {
	const { relayer } = context;
	const app = new Hono();

	app.post('/user-operation', async (c) => {
		const { operation } = await parseBody(userOperationRequest, c);
		let isFirst = false;
		const relayed = await relayer.userOperation(operation, () => {
			isFirst = true;
		});
		// Signatures are public once they are on the chain: only who brought this one first has proven possession.
		if (isFirst) {
			await noteUse(context, operation.sender, signersOf(operation.signature));
			const removed = await endRemovedPasskeys(context, operation);
			const cookie = await signIn(context, operation, removed, c.req.header('cookie') ?? null);
			if (cookie !== null) c.header('Set-Cookie', cookie);
		}
		return c.json(relayed);
	});
	app.post('/forward', async (c) => {
		const { request, signature } = await parseBody(forwardRequest, c);
		return c.json(await relayer.forward(request, signature));
	});
	app.post('/order', async (c) => {
		const { order, signature } = await parseBody(orderRequest, c);
		return c.json(await relayer.order(order, signature));
	});
	app.post('/authorized-order', async (c) => {
		const { order, validAfter, validBefore, signature } = await parseBody(authorizedOrderRequest, c);
		return c.json(await relayer.authorizedOrder(order, validAfter, validBefore, signature));
	});
	app.post('/cart', async (c) => c.json(await relayer.cart((await parseBody(cartRequest, c)).orders)));
	app.post('/action', async (c) => c.json(await relayer.action(await parseBody(actionRequest, c))));
	app.post('/recovery-approval', async (c) => c.json(await relayer.approveRecovery(await parseBody(recoveryApprovalRequest, c))));
	app.post('/recovery-veto', async (c) => c.json(await relayer.vetoRecovery(await parseBody(recoveryVetoRequest, c))));
	app.post('/recovery', async (c) => c.json(await relayer.executeRecovery(await parseBody(recoveryRequest, c))));
	return app;
}

/** Ends sessions of passkeys that the operation may have taken from the account; returns their credentials. */
async function endRemovedPasskeys(context: AccountRoutesContext, { sender, callData }: PackedUserOperation): Promise<string[]> {
	// Only an account itself changes its signers, and then its address stands in the calls.
	if (!callData.includes(sender.slice(2).toLowerCase())) return [];
	const removed = await removedPasskeysOf(context, sender);
	await endSessionsOf(context.db, sender, removed);
	return removed;
}

/** Signs the sender in by the passkey that signed, unless this browser is signed in as the sender or the passkey was just removed. */
async function signIn(
	context: AccountRoutesContext,
	operation: PackedUserOperation,
	removed: readonly string[],
	cookieHeader: string | null,
): Promise<string | null> {
	const { db, publicUrl } = context;
	if ((await readViewer(db, cookieHeader))?.address === operation.sender) return null;
	const [signer] = signersOf(operation.signature);
	const passkey = signer === undefined ? null : await findPasskeyBySigner(context, signer);
	if (passkey !== null && removed.includes(passkey.credential_id)) return null;
	return await startSession(db, { address: operation.sender, kind: 'passkey', credentialId: passkey?.credential_id ?? null }, publicUrl);
}

function signersOf(signature: Hex): readonly Hex[] {
	try {
		return decodeAbiParameters([{ type: 'bytes[]' }, { type: 'bytes[]' }], signature)[0];
	} catch {
		return [];
	}
}
