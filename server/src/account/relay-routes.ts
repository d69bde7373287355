import type { PackedUserOperation, Viewer } from '@kaishi/protocol/account';
import { Hono } from 'hono';
import { decodeAbiParameters, type Hex } from 'viem';
import { parseBody } from '../platform/http/parse.ts';
import type { AccountRoutesContext } from './context.ts';
import { findPasskeyBySigner, removedPasskeysOf } from './passkeys.ts';
import { actionRequest, authorizedOrderRequest, forwardRequest, orderRequest, userOperationRequest } from './requests.ts';
import { endSessionsOf, startSession } from './sessions.ts';

/** Signed intents. Each carries its own proof, so nobody has to be signed in. */
export function relayRoutes(context: AccountRoutesContext): Hono {
	const { db, publicUrl, relayer } = context;
	const app = new Hono();

	app.post('/user-operation', async (c) => {
		const { operation } = await parseBody(userOperationRequest, c);
		let isFirst = false;
		const relayed = await relayer.userOperation(operation, () => {
			isFirst = true;
		});
		// Signatures are public once they are on the chain: only who brought this one first has proven possession.
		if (isFirst) {
			await endSessionsOf(db, operation.sender, await removedPasskeysOf(context, operation.sender));
			const viewer = await viewerOf(context, operation);
			if (viewer !== null) c.header('Set-Cookie', await startSession(db, viewer, publicUrl));
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
	app.post('/action', async (c) => c.json(await relayer.action(await parseBody(actionRequest, c))));
	return app;
}

/** Whom the operation signs in: its account, by the passkey that signed it, unless the operation itself removed that one. */
async function viewerOf(context: AccountRoutesContext, operation: PackedUserOperation): Promise<Viewer | null> {
	const [signer] = signersOf(operation.signature);
	const passkey = signer === undefined ? null : await findPasskeyBySigner(context, signer);
	if (passkey === null) return { address: operation.sender, kind: 'passkey', credentialId: null };
	const removed = (await removedPasskeysOf(context, operation.sender)).includes(passkey.credential_id);
	return removed ? null : { address: operation.sender, kind: 'passkey', credentialId: passkey.credential_id };
}

function signersOf(signature: Hex): readonly Hex[] {
	try {
		return decodeAbiParameters([{ type: 'bytes[]' }, { type: 'bytes[]' }], signature)[0];
	} catch {
		return [];
	}
}
