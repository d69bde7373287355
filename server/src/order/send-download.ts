import { Refusal } from '@kaishi/protocol/platform/errors';
import type { Hex } from 'viem';
import type { Queryable } from '../platform/db/database.ts';
import { contentDisposition, type DownloadFiles } from './downloads.ts';
import { findDownload } from './private-store.ts';

export const hasDownload = async (db: Queryable, listingId: string): Promise<boolean> => (await findDownload(db, listingId)) !== null;

/** The file of a listing, for whoever bought it; `orderId` names the purchase in a refusal. */
export async function sendDownload(db: Queryable, files: DownloadFiles, listingId: string, orderId: Hex): Promise<Response> {
	const download = await findDownload(db, listingId);
	const stream = download && (await files.read(download));
	if (!download || !stream) throw new Refusal('Order_DownloadMissing', 'notFound', { orderId });
	return new Response(stream, {
		headers: {
			'Content-Type': 'application/octet-stream',
			'Content-Disposition': contentDisposition(download.name),
			'Content-Length': String(download.bytes),
			'Cache-Control': 'private, no-store',
		},
	});
}
