import type { Font } from 'fontkit';
import PdfDocument from 'pdfkit';
import { glyphOf, type Weight } from './fonts.ts';
import { breakLines } from './lines.ts';

/** A4 in points. */
const WIDTH = 595.28;
const HEIGHT = 841.89;
export const MARGIN = 48;
export const CONTENT_WIDTH = WIDTH - 2 * MARGIN;
const FOOT = 40;

export interface TextStyle {
	/** Points from the left margin. */
	x?: number;
	width?: number;
	size?: number;
	weight?: Weight;
	color?: string;
	align?: 'left' | 'right';
	/** Longer text ends in an ellipsis. */
	maxLines?: number;
}

export interface PaperInfo {
	title: string;
	author: string;
	subject: string;
	keywords: string;
	/** BCP 47, for readers of screens. */
	language: string;
	/** Unix seconds: a document's date, never the clock's, so that the same content gives the same bytes. */
	createdAt: number;
	/** At the foot of every page, before the page's number. */
	foot: string;
}

/** Sheets that are written on from top to bottom; a new one begins by itself. */
export class Paper {
	y = MARGIN;
	readonly #document: PDFKit.PDFDocument;
	readonly #foot: string;
	readonly #chunks: Buffer[] = [];

	constructor(info: PaperInfo) {
		this.#foot = info.foot;
		this.#document = new PdfDocument({
			size: 'A4',
			margin: 0,
			bufferPages: true,
			lang: info.language,
			displayTitle: true,
			// any embedded font: the library would otherwise read one of its own
			font: fontOf(glyphOf('x', 400).font),
			info: {
				Title: info.title,
				Author: info.author,
				Subject: info.subject,
				Keywords: info.keywords,
				Creator: 'Kaishi',
				Producer: 'Kaishi',
				CreationDate: new Date(info.createdAt * 1000),
				ModDate: new Date(info.createdAt * 1000),
			},
		});
		this.#document.on('data', (chunk: Buffer) => this.#chunks.push(chunk));
	}

	/** Begins a new sheet unless `height` points are left on this one. */
	ensure(height: number): void {
		if (this.y + height <= HEIGHT - MARGIN - FOOT) return;
		this.#document.addPage();
		this.y = MARGIN;
	}

	/** Writes from `y` downwards without moving it; returns the height used. */
	write(text: string, style: TextStyle = {}): number {
		const { x = 0, width = CONTENT_WIDTH - x, size = 9, weight = 400, color = '#1B1A17', align = 'left', maxLines = 3 } = style;
		const lines = breakLines(text, { width: (width * 1000) / size, weight, maxLines });
		const lineHeight = size * 1.5;
		lines.forEach((line, i) => {
			let left = MARGIN + x + (align === 'right' ? width - (line.width * size) / 1000 : 0);
			for (const run of line.runs) {
				this.#document.font(fontOf(run.font)).fontSize(size).fillColor(color);
				// Without ligatures and kerning the widths are those that were measured, and copied text is what was written.
				this.#document.text(run.text, left, this.y + i * lineHeight, { lineBreak: false, baseline: -size, features: [] });
				left += [...run.text].reduce((sum, character) => sum + glyphOf(character, weight).width, 0) * (size / 1000);
			}
		});
		return lines.length * lineHeight;
	}

	/** A paragraph: writes and moves on; begins a new sheet where it does not fit. */
	say(text: string, style: TextStyle = {}): void {
		this.ensure((style.size ?? 9) * 1.5 * 2);
		this.y += this.write(text, style);
	}

	rule(color = '#D8D0C2', width = 0.6): void {
		this.#document
			.moveTo(MARGIN, this.y)
			.lineTo(WIDTH - MARGIN, this.y)
			.lineWidth(width)
			.strokeColor(color)
			.stroke();
	}

	box(at: { x: number; y: number; width: number; height: number }, color: string): void {
		this.#document.rect(MARGIN + at.x, at.y, at.width, at.height).fill(color);
	}

	space(height: number): void {
		this.y += height;
	}

	/** Numbers the pages and closes the document. */
	finish(): Promise<Buffer> {
		const { count } = this.#document.bufferedPageRange();
		for (let page = 0; page < count; page++) {
			this.#document.switchToPage(page);
			this.y = HEIGHT - MARGIN;
			this.write(this.#foot, { size: 7, color: '#6B655A', width: CONTENT_WIDTH - 60, maxLines: 1 });
			this.write(`${page + 1} / ${count}`, { size: 7, color: '#6B655A', x: CONTENT_WIDTH - 60, width: 60, align: 'right' });
		}
		return new Promise((resolve) => {
			this.#document.on('end', () => resolve(Buffer.concat(this.#chunks)));
			this.#document.end();
		});
	}
}

/** The library takes fonts that are opened already; its types know files only. */
const fontOf = (font: Font) => font as unknown as string;
