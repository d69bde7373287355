import type { Goods, SeededShop } from './data/goods.ts';
import { drawScene } from './drawing/scene.ts';

/** What a digital good delivers: its drawing as a vector file, a text, or a short sound; small, but real. */
export function drawDownload(shop: SeededShop, goods: Goods, index: number): { name: string; bytes: Uint8Array } {
	const name = goods.title[0]
		.toLowerCase()
		.replace(/[^a-z0-9]+/g, '-')
		.replace(/^-+|-+$/g, '')
		.slice(0, 60);
	if (/e-book/i.test(goods.title[0])) return { name: `${name}.md`, bytes: encode(bookOf(shop, goods)) };
	if (/sounds/i.test(goods.title[0])) return { name: `${name}.wav`, bytes: chime() };
	const { by: painter, color, accent, style, on } = goods.picture;
	return {
		name: `${name}.svg`,
		bytes: encode(drawScene({ painter, look: { color, accent, style, seed: `${shop.slug}/${index}` }, backdrop: on[0], tone: on[1] }, 2000)),
	};
}

const encode = (text: string) => new TextEncoder().encode(text);

function bookOf(shop: SeededShop, { title, text }: Goods): string {
	return `# ${title[0]}\n\n## ${title[1]}\n\n${text[0]}\n\n${text[1]}\n\n---\n\n${shop.name[0]} · ${shop.name[1]}\n\nLicence: read it, lend it, print it for yourself. · 授权：可阅读、可转借、可自印。\n`;
}

const RATE = 11_025;
/** Pentatonic, as bells on a market morning. Hertz. */
const NOTES = [523.25, 659.25, 587.33, 783.99, 880, 659.25, 523.25];

/** Four seconds of bells as an 8-bit mono WAV file. */
function chime(): Uint8Array {
	const samples = Buffer.alloc(RATE * 4, 128);
	NOTES.forEach((hertz, k) => {
		const start = Math.floor(k * 0.5 * RATE);
		for (let i = 0; i < RATE && start + i < samples.length; i++) {
			const value = Math.sin((2 * Math.PI * hertz * i) / RATE) * Math.exp((-4 * i) / RATE) * 60;
			samples[start + i] = Math.min(255, Math.max(0, Math.round((samples[start + i] ?? 128) + value)));
		}
	});
	const header = Buffer.alloc(44);
	header.write('RIFF', 0);
	header.writeUInt32LE(36 + samples.length, 4);
	header.write('WAVEfmt ', 8);
	header.writeUInt32LE(16, 16);
	header.writeUInt16LE(1, 20);
	header.writeUInt16LE(1, 22);
	header.writeUInt32LE(RATE, 24);
	header.writeUInt32LE(RATE, 28);
	header.writeUInt16LE(1, 32);
	header.writeUInt16LE(8, 34);
	header.write('data', 36);
	header.writeUInt32LE(samples.length, 40);
	return Buffer.concat([header, samples]);
}
