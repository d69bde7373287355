/** One line of the chart: how many had happened by when. */
export interface Series {
	name: string;
	color: 'receipts' | 'refusals';
	/** Milliseconds since the first tap, ascending; one entry per event. */
	times: readonly number[];
}

export interface Chart {
	title: string;
	subtitle: string;
	series: readonly Series[];
}

const WIDTH = 760;
const HEIGHT = 380;
const PLOT = { left: 64, right: 648, top: 76, bottom: 324 };
const TICKS = 5;

const style = `text{font:13px system-ui,sans-serif;fill:#2b2723}.title{font-size:17px;font-weight:600}.soft{fill:#6b645c}.grid{stroke:#d9d2c6}.axis{stroke:#8d857b}
.receipts{stroke:#1f6b4f}.refusals{stroke:#b3432b}.receipts-text{fill:#1f6b4f;font-weight:600}.refusals-text{fill:#b3432b;font-weight:600}.paper{fill:#fbf8f2}
@media(prefers-color-scheme:dark){text{fill:#e9e3d8}.soft{fill:#a89f93}.grid{stroke:#3a352f}.axis{stroke:#7c7469}.receipts{stroke:#6cc6a0}.refusals{stroke:#ec8a72}.receipts-text{fill:#6cc6a0}.refusals-text{fill:#ec8a72}.paper{fill:#1b1815}}`;

/** Who had been answered by when, as an SVG that reads on light and on dark pages. */
export function drawChart({ title, subtitle, series }: Chart): string {
	const lastMs = niceCeiling(Math.max(1, ...series.map(({ times }) => times.at(-1) ?? 0)));
	const most = niceCeiling(Math.max(1, ...series.map(({ times }) => times.length)));
	const x = (ms: number) => round(PLOT.left + (ms / lastMs) * (PLOT.right - PLOT.left));
	const y = (count: number) => round(PLOT.bottom - (count / most) * (PLOT.bottom - PLOT.top));
	const steps = Array.from({ length: TICKS + 1 }, (_, i) => i / TICKS);
	return [
		`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${escaped(`${title}. ${subtitle}`)}">`,
		`<style>${style}</style>`,
		`<rect class="paper" width="${WIDTH}" height="${HEIGHT}" rx="8"/>`,
		`<text class="title" x="24" y="34">${escaped(title)}</text>`,
		`<text class="soft" x="24" y="56">${escaped(subtitle)}</text>`,
		...steps.map((share) => `<line class="grid" x1="${PLOT.left}" x2="${PLOT.right}" y1="${y(share * most)}" y2="${y(share * most)}"/>`),
		...steps.map((share) => `<text class="soft" x="${PLOT.left - 8}" y="${y(share * most) + 4}" text-anchor="end">${round(share * most)}</text>`),
		...steps.map((share) => `<text class="soft" x="${x(share * lastMs)}" y="${PLOT.bottom + 20}" text-anchor="middle">${round(share * lastMs)}</text>`),
		`<line class="axis" x1="${PLOT.left}" x2="${PLOT.right}" y1="${PLOT.bottom}" y2="${PLOT.bottom}"/>`,
		`<text class="soft" x="${(PLOT.left + PLOT.right) / 2}" y="${PLOT.bottom + 42}" text-anchor="middle">milliseconds since everybody tapped</text>`,
		...series.map(({ times, color }) => `<path class="${color}" fill="none" stroke-width="2.5" d="${pathOf(times, x, y)}"/>`),
		...labels(series, y),
		'</svg>',
		'',
	].join('\n');
}

/** A staircase, thinned to what an eye can tell apart. */
function pathOf(times: readonly number[], x: (ms: number) => number, y: (count: number) => number): string {
	const every = Math.max(1, Math.floor(times.length / 400));
	const points = times.flatMap((ms, i) => (i % every === 0 || i === times.length - 1 ? [`H${x(ms)}V${y(i + 1)}`] : []));
	return `M${x(0)} ${y(0)}${points.join('')}H${PLOT.right}`;
}

/** Beside the ends of the lines, apart enough to read. */
function labels(series: readonly Series[], y: (count: number) => number): string[] {
	let lowest = Number.NEGATIVE_INFINITY;
	return series
		.toSorted((a, b) => b.times.length - a.times.length)
		.map(({ name, color, times }) => {
			lowest = Math.max(y(times.length) + 5, lowest + 18);
			return `<text class="${color}-text" x="${PLOT.right + 8}" y="${lowest}">${times.length} ${escaped(name)}</text>`;
		});
}

/** The next number that people would write on an axis and that divides by five. */
function niceCeiling(value: number): number {
	const power = 10 ** Math.floor(Math.log10(value));
	return ([1, 1.5, 2, 2.5, 3, 4, 5, 7.5, 10].find((step) => step * power >= value) ?? 10) * power;
}

const round = (value: number) => Math.round(value * 10) / 10;
const escaped = (text: string) => text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
