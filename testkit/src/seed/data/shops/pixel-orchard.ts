import { ink } from '../../drawing/color.ts';
import { icons } from '../../drawing/painters/digital/icons.ts';
import { patterns } from '../../drawing/painters/digital/patterns.ts';
import { photos } from '../../drawing/painters/digital/photos.ts';
import { planner } from '../../drawing/painters/digital/planner.ts';
import { poster } from '../../drawing/painters/digital/poster.ts';
import { record } from '../../drawing/painters/digital/record.ts';
import { specimen } from '../../drawing/painters/digital/specimen.ts';
import { strokes } from '../../drawing/painters/digital/strokes.ts';
import { tablet } from '../../drawing/painters/digital/tablet.ts';
import { choices, type SeededShop, single } from '../goods.ts';

export const pixelOrchard: SeededShop = {
	slug: 'pixel-orchard',
	owner: 'noor-haddad',
	kind: 'c2c',
	theme: 'indigo',
	country: 'FR',
	name: ['Pixel Orchard', '像素果园'],
	tagline: ['Files that arrive before the kettle boils', '水还没开，文件就到了'],
	about: [
		'I draw letters, icons and patterns, and sell the files. You pay, you download, you own a licence that fits on one page and says yes to most things. If a file is broken I fix it the same day; if you simply do not like it, write to me and I will refund you.',
		'我画字、画图标、画纹样，然后把文件卖给您。付款、下载，得到一页纸就写完、而且大多数事都答应的授权。文件坏了当天修；单纯不喜欢，写信来，我退款。',
	],
	sign: '井',
	coin: 'usd',
	shipping: '0',
	shipByDays: 0,
	confirmByDays: 7,
	cancelHours: 0,
	returnDays: 7,
	affiliateBps: 2000,
	goods: [
		{
			title: ['Old Street Song, a display font', '老街宋 标题字体'],
			text: [
				'Drawn after shop signs that survived the fifties. 2,100 characters, two weights, and a set of numerals that sit still in price lists.',
				'照着五十年代留下来的招牌画的。两千一百字，两种字重，外加一套在价目表里站得住的数字。',
			],
			category: 'digital',
			kind: 'digital',
			options: [['Licence', '授权']],
			variants: choices(['Personal', '个人', '18', null], ['Studio', '工作室', '68', null]),
			facts: [
				[
					['Formats', '格式'],
					['OTF, WOFF2', 'OTF、WOFF2'],
				],
			],
			picture: { by: specimen, color: ink.vermilion, accent: ink.amber, style: 0, on: ['linen', 'celadon'], near: ['boards', 'sky', 1.7, 480, 330] },
		},
		{
			title: ['Grove icons, 240 pieces', '小树林图标 240 枚'],
			text: [
				'Rounded, friendly, and drawn on a grid you can extend yourself. SVG, one stroke width, no hidden layers named “final2”.',
				'圆润友善，画在您自己也能接着画的网格上。SVG，统一线宽，没有叫“最终版2”的隐藏图层。',
			],
			category: 'digital',
			kind: 'digital',
			variants: single('22', null),
			picture: { by: icons, color: ink.jade, accent: ink.amber, style: 1, on: ['paper', 'rice'], near: ['linen', 'sky', 1.7, 420, 420] },
		},
		{
			title: ['E-book: “A Year of Noodles”', '电子书《一年吃面》'],
			text: [
				'Fifty-two bowls, one per week, with the shopping list first. Written with Grandma Wu, who disagrees with chapter nine.',
				'五十二碗，一周一碗，购物单放在最前面。与吴阿婆合写，她不同意第九章。',
			],
			category: 'digital',
			kind: 'digital',
			variants: single('9', null),
			facts: [
				[
					['Languages', '语言'],
					['English and Chinese', '中英双语'],
				],
				[
					['Pages', '页数'],
					['184', '184 页'],
				],
			],
			picture: { by: tablet, color: '#b5673c', accent: ink.vermilion, style: 0, on: ['boards', 'wheat'], near: ['linen', 'dawn', 1.6, 500, 420] },
		},
		{
			title: ['E-book: “Learning to Mend”', '电子书《学着补》'],
			text: [
				'Darning, patching, re-handling, and when to stop. Photographs of hands, not of products.',
				'织补、打补丁、换提手，以及什么时候该停手。拍的是手，不是商品。',
			],
			category: 'digital',
			kind: 'digital',
			variants: single('8', null),
			picture: { by: tablet, color: ink.indigo, accent: ink.celadon, style: 1, on: ['linen', 'blush'], near: ['boards', 'moss', 1.6, 500, 360] },
		},
		{
			title: ['Poster: “Ridge Line”, to print yourself', '海报《山脊》自印文件'],
			text: [
				'Vector, so your printer may be as large as your wall. Five colours; the sun can be removed, I will not be hurt.',
				'矢量，墙多大就能印多大。五个颜色，太阳可以去掉，我不会难过。',
			],
			category: 'digital',
			kind: 'digital',
			variants: single('12', null),
			picture: { by: poster, color: ink.jade, accent: ink.celadon, style: 0, on: ['table', 'dawn'], near: ['sweep', 'rice', 1.5, 500, 400] },
		},
		{
			title: ['Photo recipes, dawn set', '清晨调色预设'],
			text: ['Eighteen presets made on ferries. They keep skin skin-coloured and fog foggy.', '十八款，都是在渡轮上调的。肤色还是肤色，雾还是雾。'],
			category: 'digital',
			kind: 'digital',
			coin: 'btc',
			variants: single('0.00023', null),
			picture: { by: photos, color: ink.amber, accent: ink.vermilion, style: 0, on: ['boards', 'stone'], near: ['linen', 'lilac', 1.6, 500, 400] },
		},
		{
			title: ['Pattern library, forty repeats', '四方连续纹样四十款'],
			text: [
				'Waves, cranes, lattice, ikat; all seamless, all recolourable by changing three numbers. Half of this market is wrapped in them.',
				'水波、仙鹤、窗格、扎经，全部无缝，改三个数就换色。这个集市一半的包装都是它。',
			],
			category: 'digital',
			kind: 'digital',
			options: [['Licence', '授权']],
			variants: choices(['Personal', '个人', '16', null], ['Commercial', '商用', '58', null]),
			picture: { by: patterns, color: ink.indigo, accent: ink.plum, style: 0, on: ['paper', 'blush'], near: ['linen', 'wheat', 1.6, 500, 480] },
		},
		{
			title: ['Weekly planner, printable', '可打印周计划'],
			text: [
				'Seven days and one box for the thing you will actually do. A4 and Letter, Monday or Sunday start, twelve colours of optimism.',
				'七天，外加一格留给您真正会做的那件事。A4 和 Letter，周一起或周日起，十二种颜色的乐观。',
			],
			category: 'digital',
			kind: 'digital',
			variants: single('4', null),
			picture: { by: planner, color: ink.jade, accent: ink.amber, style: 0, on: ['linen', 'rice'], near: ['boards', 'dawn', 1.7, 480, 480] },
		},
		{
			title: ['Field sounds: a market morning', '采样：一个早市'],
			text: [
				'Forty minutes of shutters, scales, oil and greetings, recorded in Penang, Como and Hangzhou. For work, for sleep, for the homesick.',
				'四十分钟的卷帘门、秤砣、油锅和招呼声，录于槟城、科莫、杭州。干活听，睡觉听，想家听。',
			],
			category: 'digital',
			kind: 'digital',
			coin: 'native',
			variants: single('0.003', null),
			picture: { by: record, color: ink.indigo, accent: ink.amber, style: 0, on: ['boards', 'clay'], near: ['paper', 'sky', 1.6, 480, 500] },
		},
		{
			title: ['Ink brushes for painting apps', '水墨笔刷'],
			text: [
				'Thirty-two brushes sampled from real goat and weasel, dry to soaking. They run out of ink if you ask them to.',
				'三十二支，采自真羊毫与狼毫，从枯笔到饱墨。愿意的话，它们会写到没墨。',
			],
			category: 'digital',
			kind: 'digital',
			coin: 'xrp',
			variants: single('24', null),
			picture: { by: strokes, color: ink.indigo, accent: ink.amber, style: 0, on: ['boards', 'rice'], near: ['linen', 'stone', 1.7, 480, 420] },
		},
	],
};
