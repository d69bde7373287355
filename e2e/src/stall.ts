import { crc32, deflateSync } from 'node:zlib';
import type { OfferTerms } from '@kaishi/protocol/order';
import type { UploadedMedia } from '@kaishi/protocol/platform/media';
import type { MediaItem } from '@kaishi/protocol/shop';
import { offerIdOf } from '@kaishi/protocol/shop';
import { type Actor, openShop, ordinaryContent, ordinaryTerms, type PasskeyUser, publishListing } from '@kaishi/testkit';
import type { Extras } from './journey.ts';

/** A shop with one product that has a picture, opened beside the browser so that a journey can begin at its door. */
export interface Stall {
	seller: PasskeyUser;
	slug: string;
	shopId: bigint;
	listingId: bigint;
	offer: { offerId: bigint; terms: OfferTerms };
	/** `/p/<id>` */
	productPath: string;
}

let opened = 0;

export async function openStall(extras: Extras, options: { stock?: number; terms?: Partial<OfferTerms>; perAccount?: number } = {}): Promise<Stall> {
	const seller = await extras.passkeyUser();
	const slug = `journey-${process.pid}-${++opened}`;
	const shopId = await openShop(seller, { slug, profile: { name: { en: 'Lane Tea House', 'zh-CN': '巷口茶舍' } } });
	await seller.signIn();
	const media = [await uploadPicture(seller)];
	const terms = await ordinaryTerms(seller, options.terms);
	const listingId = await publishListing(seller, {
		shopId,
		content: { ...ordinaryContent, media, ...(options.perAccount && { perAccount: options.perAccount }) },
		terms: [terms],
		stocks: [options.stock ?? 20],
	});
	return { seller, slug, shopId, listingId, offer: { offerId: offerIdOf(listingId, 0), terms }, productPath: `/p/${listingId}` };
}

async function uploadPicture(actor: Actor): Promise<MediaItem> {
	const response = await actor.client.fetch('/api/media', {
		method: 'POST',
		headers: { 'content-type': 'image/png' },
		body: new Uint8Array(drawPng(640, 480)),
	});
	if (!response.ok) throw new Error(`upload: ${response.status} ${await response.text()}`);
	const { media } = (await response.json()) as UploadedMedia;
	return { cid: media.cid, width: media.width, height: media.height, alt: { en: 'A tin of tea', 'zh-CN': '一罐茶' } };
}

/** A picture with something in it: two colours that flow into each other. */
export function drawPng(width: number, height: number): Buffer {
	const rows = Buffer.alloc((width * 3 + 1) * height);
	for (let y = 0; y < height; y++) {
		for (let x = 0; x < width; x++) rows.set([(x * 255) / width, 120, (y * 255) / height], y * (width * 3 + 1) + 1 + x * 3);
	}
	const header = Buffer.alloc(13);
	header.writeUInt32BE(width, 0);
	header.writeUInt32BE(height, 4);
	header.set([8, 2, 0, 0, 0], 8);
	return Buffer.concat([
		Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
		pngChunk('IHDR', header),
		pngChunk('IDAT', deflateSync(rows)),
		pngChunk('IEND', Buffer.alloc(0)),
	]);
}

function pngChunk(type: string, data: Buffer): Buffer {
	const body = Buffer.concat([Buffer.from(type), data]);
	const frame = Buffer.alloc(8);
	frame.writeUInt32BE(data.length, 0);
	frame.writeUInt32BE(crc32(body), 4);
	return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)]);
}
