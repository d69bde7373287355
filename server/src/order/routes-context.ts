import type { OrderReads } from '@kaishi/protocol/order';
import { Refusal } from '@kaishi/protocol/platform/errors';
import type { Context } from 'hono';
import type { Address, Hex } from 'viem';
import type { Queryable } from '../platform/db/database.ts';
import { bytes32Text, parseOrRefuse } from '../platform/http/parse.ts';
import type { ViewerOf } from '../platform/http/viewer.ts';
import type { DownloadFiles } from './downloads.ts';

export interface OrderRoutesContext {
	db: Queryable;
	reads: OrderReads;
	viewerOf: ViewerOf;
	files: DownloadFiles;
}

/** The viewer's address, or a refusal. */
export async function requireViewer(c: Context, viewerOf: ViewerOf): Promise<Address> {
	const viewer = await viewerOf(c.req.header('cookie') ?? null);
	if (!viewer) throw new Refusal('Session_Required', 'unauthenticated');
	return viewer.address;
}

export const orderIdParam = (c: Context): Hex => parseOrRefuse(bytes32Text, c.req.param('id'));
