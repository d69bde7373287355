import { ink } from '../../drawing/color.ts';
import { bowl } from '../../drawing/painters/ceramics/bowl.ts';
import { censer } from '../../drawing/painters/ceramics/censer.ts';
import { cups } from '../../drawing/painters/ceramics/cups.ts';
import { gaiwan } from '../../drawing/painters/ceramics/gaiwan.ts';
import { plates } from '../../drawing/painters/ceramics/plates.ts';
import { teapot } from '../../drawing/painters/ceramics/teapot.ts';
import { vase } from '../../drawing/painters/ceramics/vase.ts';
import { COLOUR, choices, type SeededShop, SIZE, single } from '../goods.ts';

export const kilnNine: SeededShop = {
	slug: 'kiln-nine',
	owner: 'he-qiu',
	kind: 'c2c',
	theme: 'indigo',
	country: 'CN',
	name: ['Kiln No. 9', '九号窑'],
	tagline: ['One potter, one wood kiln, whatever the fire decides', '一个人，一口柴窑，剩下的火说了算'],
	about: [
		'I left a design office in 2016 for a shed with a leaking roof and a kiln that eats pine for three days. I throw, glaze, fire, pack and answer messages, in that order. Pieces with a kiln kiss or a pinhole are sold as such and priced as such. What you see photographed is the piece, or its twin from the same firing.',
		'二〇一六年我离开设计院，换来一间漏雨的棚子和一口一烧三天三夜的柴窑。拉坯、上釉、烧窑、打包、回消息，都是我一个人，按这个顺序。有窑吻、针眼的，明说明价。照片里是哪一件就是哪一件，或者同窑的孪生兄弟。',
	],
	sign: '火',
	coin: 'usd',
	shipping: '9',
	shipByDays: 5,
	confirmByDays: 14,
	cancelHours: 24,
	returnDays: 14,
	goods: [
		{
			title: ['Indigo teapot with plum branch', '靛青折枝梅茶壶'],
			text: [
				'Four hundred millilitres, a spout that cuts off without a drip and a lid you can lift with wet fingers. The plum branch is painted in one breath; if I stop, I wash it off and start again.',
				'容量四百毫升，壶嘴断水利落，湿手也提得起盖。那枝梅一口气画完，中间停了就洗掉重来。',
			],
			category: 'ceramics',
			variants: single('74', 4),
			facts: [
				[
					['Clay', '泥料'],
					['Gaobai, wheel-thrown', '高白泥，手拉坯'],
				],
				[
					['Care', '养护'],
					['By hand, please', '请手洗'],
				],
			],
			picture: { by: teapot, color: '#34548c', accent: ink.vermilion, style: 4, on: ['table', 'rice'], near: ['moon', 'dawn', 1.75, 460, 650] },
		},
		{
			title: ['Moon jar', '月亮罐'],
			text: [
				'Two bowls joined at the waist, which is why no moon jar is ever quite round. Milky glaze, a faint seam if you look for it. For one branch, or for nothing.',
				'两只大碗在腰间对接，所以没有哪个月亮罐是真圆的。奶白釉，仔细看有一道若有若无的接缝。插一枝就好，什么都不插也好。',
			],
			category: 'ceramics',
			variants: choices(['22 cm', '高 22 厘米', '118', 3], ['30 cm', '高 30 厘米', '196', 1]),
			options: [SIZE],
			picture: { by: vase, color: '#ece6da', accent: ink.vermilion, style: 1, on: ['arch', 'clay'], near: ['sweep', 'sky', 1.6, 470, 620] },
		},
		{
			title: ['Tenmoku rice bowl', '天目饭碗'],
			text: [
				'Iron glaze that ran where it wanted and stopped at the foot, mostly. Deep enough for noodles, small enough for seconds. Dishwasher safe, though it feels rude.',
				'铁釉自己流，流到足边停住，大体上停住了。够深可以吃面，够小可以添饭。可进洗碗机，虽然有点失礼。',
			],
			category: 'ceramics',
			variants: choices(['One', '单只', '22', 16], ['Pair', '一对', '40', 9], ['Set of four', '四只', '76', 4]),
			options: [['Set', '组合']],
			picture: { by: bowl, color: '#33211a', accent: '#c27a3e', style: 2, on: ['table', 'wheat'], near: ['boards', 'clay', 1.7, 430, 680] },
		},
		{
			title: ['Crackle vase, celadon', '青瓷开片瓶'],
			text: [
				'Guan-style crackle in a celadon that shifts from grey to green through the day. The foot is left bare so you can feel the clay it came from.',
				'仿官釉开片，青色从早到晚在灰与绿之间走。足底露胎，摸得到它原来的泥。',
			],
			category: 'ceramics',
			variants: single('86', 5),
			picture: { by: vase, color: ink.celadon, accent: ink.plum, style: 0, on: ['window', 'stone'], near: ['shelf', 'celadon', 1.7, 470, 560] },
		},
		{
			title: ['Speckled plates, set of three', '斑点盘三件套'],
			text: [
				'Breakfast, dinner and sharing, thrown from a clay with iron in it so the speckles are not painted on but grown. They stack without wobbling; I checked all of them.',
				'早餐盘、正餐盘、分享盘，含铁的泥自己长出斑点，不是画的。叠放不晃，我一只一只试过。',
			],
			category: 'ceramics',
			variants: choices(['Sand', '砂色', '64', 7], ['Sea', '海色', '64', 6], ['Ink', '墨色', '68', 2]),
			options: [COLOUR],
			picture: { by: plates, color: '#e3d3b8', accent: ink.indigo, style: 3, on: ['sweep', 'dawn'], near: ['table', 'sky', 1.6, 480, 560] },
		},
		{
			title: ['Tall cups with dripping glaze', '流釉高杯'],
			text: [
				'They hold a flat white, a lager or half a bunch of parsley. The upper glaze melts into the lower one at 1,280 degrees and no two horizons are alike.',
				'装得下一杯澳白、一杯啤酒，或者半把香菜。上釉在一千二百八十度淌进下釉，没有两道天际线是一样的。',
			],
			category: 'ceramics',
			variants: choices(['Jade over sand', '砂底玉流', '26', 12], ['Ink over rust', '锈底墨流', '26', 10]),
			options: [['Glaze', '釉色']],
			picture: { by: cups, color: '#d8c29a', accent: ink.jade, style: 2, on: ['shelf', 'celadon'], near: ['moon', 'blush', 1.6, 470, 660] },
		},
		{
			title: ['Three-legged censer', '三足香炉'],
			text: [
				'For one stick at a time, in a bed of rice ash that I sieve from the kiln. The ears are pulled, not moulded, and slightly uneven like everybody’s.',
				'一次一支线香，炉里的草木灰是我从窑里筛的。双耳是拉出来的，不是模印，和人的一样不大对称。',
			],
			category: 'ceramics',
			variants: single('48', 8),
			picture: { by: censer, color: '#4f6b58', accent: ink.brass, style: 5, on: ['window', 'rice'], near: ['arch', 'moss', 1.7, 470, 640] },
		},
		{
			title: ['Blue landscape gaiwan', '青花山水盖碗'],
			text: [
				'Three layers of cobalt: far hills with water, near hills with less water, pines with almost none. Ninety-five millilitres, thin enough to see your fingers.',
				'三遍青料：远山多水，近山少水，松树几乎不用水。九十五毫升，薄到看得见手指。',
			],
			category: 'ceramics',
			variants: single('58', 0),
			picture: { by: gaiwan, color: '#eef0ee', accent: ink.indigo, style: 1, on: ['moon', 'indigo'], near: ['table', 'sky', 1.7, 470, 650] },
		},
		{
			title: ['Seconds box: three surprises', '盲盒：三件小瑕疵'],
			text: [
				'Three pieces with a pinhole, a warp or a glaze that changed its mind. Everything holds water. I choose, you laugh, nobody returns them.',
				'三件，要么有个针眼，要么歪一点，要么釉临时改了主意。都不漏水。我挑，你笑，至今没人退过。',
			],
			category: 'ceramics',
			variants: single('29', 11),
			picture: { by: cups, color: '#c9b7a0', accent: '#9c5b45', style: 5, on: ['boards', 'dawn'], near: ['sweep', 'clay', 1.5, 500, 680] },
		},
		{
			title: ['Ramen bowl, wide lip', '宽沿拉面碗'],
			text: [
				'One point two litres with a lip that stays cool and a place for the spoon to rest. My neighbour runs a noodle stall and bullied me into it for two years.',
				'一点二升，宽沿不烫，勺子有处搁。隔壁开面摊的催了我两年。',
			],
			category: 'ceramics',
			coin: 'native',
			variants: single('0.011', 15),
			picture: { by: bowl, color: '#b9543c', accent: ink.cream, style: 3, on: ['awning', 'rice'], near: ['table', 'moss', 1.7, 430, 690] },
		},
	],
};
