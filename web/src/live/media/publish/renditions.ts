/** One size of the picture as the host's machine encodes it. */
export interface RenditionPlan {
	/** 0 is the best. */
	id: number;
	width: number;
	height: number;
	kbps: number;
}

const LARGE_SHORT_SIDE = 720;
const SMALL_SHORT_SIDE = 360;
/** Bits that one pixel of one frame needs to look right in H.264 at conversational delay. */
const BITS_PER_PIXEL = 0.1;

const even = (pixels: number) => Math.max(2, Math.round(pixels / 2) * 2);

function scaled(width: number, height: number, shortSide: number): { width: number; height: number } {
	const factor = Math.min(1, shortSide / Math.min(width, height));
	return { width: even(width * factor), height: even(height * factor) };
}

const kbpsOf = ({ width, height }: { width: number; height: number }, framesPerSecond: number) =>
	Math.round(Math.max(350, Math.min(3500, (width * height * framesPerSecond * BITS_PER_PIXEL) / 1000)));

/** The sizes to encode of a source: its own up to 720 lines, and 360 lines where that saves a viewer at least half of the pixels. */
export function planRenditions(source: { width: number; height: number; framesPerSecond: number }, most = 2): RenditionPlan[] {
	const large = scaled(source.width, source.height, LARGE_SHORT_SIDE);
	const smallSide = Math.min(SMALL_SHORT_SIDE, Math.min(large.width, large.height) / 2);
	const sizes = [large, scaled(source.width, source.height, Math.max(smallSide, 120))];
	return sizes
		.filter((size, index) => index === 0 || size.width * size.height * 2 <= large.width * large.height)
		.slice(0, most)
		.map((size, id) => ({ id, ...size, kbps: kbpsOf(size, source.framesPerSecond) }));
}

/** H.264 constrained baseline at the lowest level that fits: what every phone decodes. */
export const codecFor = ({ width, height }: { width: number; height: number }): string => (width * height > 640 * 480 ? 'avc1.42e01f' : 'avc1.42e01e');
