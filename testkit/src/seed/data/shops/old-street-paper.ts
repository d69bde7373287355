import { ink } from '../../drawing/color.ts';
import { planner } from '../../drawing/painters/digital/planner.ts';
import { brushes } from '../../drawing/painters/paper/brushes.ts';
import { cards } from '../../drawing/painters/paper/cards.ts';
import { inkstone } from '../../drawing/painters/paper/inkstone.ts';
import { notebook } from '../../drawing/painters/paper/notebook.ts';
import { pen } from '../../drawing/painters/paper/pen.ts';
import { scrolls } from '../../drawing/painters/paper/scrolls.ts';
import { sealStone } from '../../drawing/painters/paper/seal-stone.ts';
import { tapes } from '../../drawing/painters/paper/tapes.ts';
import { choices, type SeededShop, SIZE, single } from '../goods.ts';

export const oldStreetPaper: SeededShop = {
	slug: 'old-street-paper',
	owner: 'xu-wen',
	kind: 'b2c',
	theme: 'ink',
	country: 'CN',
	name: ['Old Street Paper', '老街纸铺'],
	tagline: ['Paper, brushes and ink since the street was new', '这条街还新的时候，我们就在卖纸了'],
	about: [
		'The shop is eleven paces deep and has sold paper since 1931. We write the tags by brush, we wrap without tape, and we will tell you honestly when a cheaper brush is the better one for you. Ask before you buy: somebody at the counter has been doing this for forty years.',
		'铺子进深十一步，从一九三一年卖纸到今天。价签用毛笔写，包装不用胶带；便宜的那支笔更适合您，我们会照直说。买前尽管问，柜台后面有人干了四十年。',
	],
	sign: '文',
	coin: 'cny',
	shipping: '10',
	shipByDays: 3,
	confirmByDays: 10,
	cancelHours: 6,
	returnDays: 7,
	remedy: 'keep',
	goods: [
		{
			title: ['Thread-bound notebook, xuan paper', '宣纸线装本'],
			text: [
				'Eighty leaves of raw xuan, bound with five stitches in waxed cotton. Ink bleeds a little, as it should; pencils behave. The cover takes a name beautifully.',
				'生宣八十页，蜡棉线五眼装。墨会微微洇开，本该如此；铅笔很听话。封面题个名字格外好看。',
			],
			category: 'paper',
			options: [['Cover', '封面']],
			variants: choices(['Plum cloth', '梅紫布面', '46', 40], ['Green plaid', '青格布面', '46', 33], ['Indigo waves', '靛蓝水纹', '52', 21]),
			picture: { by: notebook, color: '#7a4562', accent: ink.clay, style: 0, on: ['table', 'rice'], near: ['boards', 'wheat', 1.6, 470, 470] },
		},
		{
			title: ['Brush set with stand', '毛笔架套装'],
			text: [
				'Weasel for lines, goat for washes, wolf-and-goat for everything you have not decided yet. The stand is pear wood and holds them tip down, so they dry straight.',
				'狼毫勾线，羊毫渲染，兼毫应付还没想好的一切。笔架是梨木的，笔尖朝下挂，干了也直。',
			],
			category: 'paper',
			options: [['Set', '套装']],
			variants: choices(['Four brushes', '四支', '168', 12], ['Six brushes', '六支', '228', 7]),
			picture: { by: brushes, color: ink.walnut, accent: ink.vermilion, style: 1, on: ['window', 'rice'], near: ['sweep', 'dawn', 1.6, 500, 440] },
		},
		{
			title: ['She inkstone, carved pool', '歙砚·云池'],
			text: [
				'Slate from Wuyuan with a faint gold vein. It grinds quietly and holds water overnight. One stone, one owner: it learns your wrist.',
				'婺源龙尾石，隐约一道金星。发墨细而不响，隔夜不涸。一方砚认一个人，它记得您的手腕。',
			],
			category: 'paper',
			variants: single('420', 3),
			facts: [
				[
					['Stone', '石料'],
					['Longwei, Wuyuan', '婺源龙尾石'],
				],
				[
					['Size', '尺寸'],
					['16 × 11 × 3 cm', '16 × 11 × 3 厘米'],
				],
			],
			picture: { by: inkstone, color: ink.ink, accent: ink.brass, style: 0, on: ['boards', 'moss'], near: ['linen', 'stone', 1.7, 640, 660] },
		},
		{
			title: ['Pine-soot ink stick', '松烟墨锭'],
			text: [
				'Soot of Huangshan pine, hide glue, a little borneol, and nine years in a drawer. Matt and bluish where oil soot is brown and glossy. Grind slowly; that is the point.',
				'黄山松烟、牛皮胶、一点冰片，外加抽屉里躺的九年。松烟沉静带青，不像油烟亮而偏褐。慢慢磨，要的就是慢。',
			],
			category: 'paper',
			variants: single('88', 25),
			picture: { by: inkstone, color: '#2b2b30', accent: ink.wheat, style: 1, on: ['paper', 'wheat'], near: ['boards', 'clay', 1.9, 340, 790] },
		},
		{
			title: ['Fountain pen, brass nib', '铜尖钢笔'],
			text: [
				'Turned from one rod of resin, posted it balances on the second knuckle. The nib is tuned by Mr Xu for sideways light and small characters.',
				'整根树脂车制，套上笔帽，重心正好落在第二指节。徐师傅按侧锋小字调过笔尖。',
			],
			category: 'paper',
			options: [['Nib', '笔尖']],
			variants: choices(['Fine', '细', '196', 9], ['Medium', '中', '196', 11]),
			picture: { by: pen, color: '#8c3b2b', accent: ink.jade, style: 0, on: ['boards', 'dawn'], near: ['linen', 'rice', 1.7, 520, 650] },
		},
		{
			title: ['Washi tape, box of four', '和纸胶带四卷'],
			text: [
				'Patterns redrawn from our own wrapping paper of the thirties. Tears by hand, peels without a mark, ends arguments about gift wrap.',
				'图案描自我们三十年代的包装纸。手撕即断，揭下不留痕，从此包礼物不吵架。',
			],
			category: 'paper',
			variants: single('32', 80),
			picture: { by: tapes, color: ink.jade, accent: ink.indigo, style: 0, on: ['table', 'blush'], near: ['sweep', 'sky', 1.6, 480, 700] },
		},
		{
			title: ['Letterpress cards, eight and envelopes', '活版贺卡八枚（含封）'],
			text: [
				'Printed on a 1954 proof press that needs two people and one opinion. Four designs, two of each, wax seals included, stamps not.',
				'一九五四年的打样机印的，要两个人，只能有一个主意。四款各两枚，附火漆，不附邮票。',
			],
			category: 'paper',
			variants: single('58', 36),
			picture: { by: cards, color: ink.indigo, accent: ink.plum, style: 2, on: ['linen', 'celadon'], near: ['paper', 'dawn', 1.7, 560, 480] },
		},
		{
			title: ['Name seal, cut to order', '姓名章（代刻）'],
			text: [
				'Qingtian stone, your name in small-seal script, a loach knob on top. Tell us the characters in the delivery note; we send a sketch before the first cut.',
				'青田石，小篆刻名，泥鳅钮。要刻的字写在收货备注里，下刀前先发墨稿给您。',
			],
			category: 'paper',
			options: [SIZE],
			variants: choices(['15 mm', '15 毫米', '158', 30], ['20 mm', '20 毫米', '198', 30]),
			picture: { by: sealStone, color: '#b9a27c', accent: ink.celadon, style: 0, on: ['sweep', 'stone'], near: ['table', 'celadon', 1.7, 430, 620] },
		},
		{
			title: ['Sized xuan, ten scrolls', '熟宣十卷'],
			text: [
				'Alum-sized so that fine lines stay fine. Cut to 34 by 138, rolled round a reed, tied with a paper tape you can write on.',
				'矾过的熟宣，细线不跑。裁成三十四乘一百三十八，芦杆为芯，纸带扎口，带上可以写字。',
			],
			category: 'paper',
			variants: single('76', 45),
			picture: { by: scrolls, color: '#5b7ba3', accent: ink.vermilion, style: 1, on: ['shelf', 'wheat'], near: ['moon', 'rice', 1.6, 450, 420] },
		},
		{
			title: ['Perpetual calendar, unbound sheets', '活页万年历'],
			text: [
				'Twelve sheets that work for any year, with solar terms in the margin and room for one sentence a day. Nail not included, wall not included.',
				'十二页，哪一年都能用，边上印节气，每天留一句话的地方。不含钉子，也不含墙。',
			],
			category: 'paper',
			variants: single('39', 2),
			picture: { by: planner, color: ink.vermilion, accent: ink.amber, style: 0, on: ['boards', 'sky'], near: ['linen', 'wheat', 1.7, 480, 430] },
		},
	],
};
