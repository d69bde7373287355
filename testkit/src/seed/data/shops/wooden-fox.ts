import { ink } from '../../drawing/color.ts';
import { blocks } from '../../drawing/painters/toys/blocks.ts';
import { pullAnimal } from '../../drawing/painters/toys/pull-animal.ts';
import { puzzle } from '../../drawing/painters/toys/puzzle.ts';
import { rainbow } from '../../drawing/painters/toys/rainbow.ts';
import { top } from '../../drawing/painters/toys/top.ts';
import { train } from '../../drawing/painters/toys/train.ts';
import { tumbler } from '../../drawing/painters/toys/tumbler.ts';
import { xylophone } from '../../drawing/painters/toys/xylophone.ts';
import { choices, type SeededShop, single } from '../goods.ts';

export const woodenFox: SeededShop = {
	slug: 'wooden-fox',
	owner: 'jonas-weber',
	kind: 'b2c',
	theme: 'amber',
	country: 'DE',
	name: ['Wooden Fox', '木狐狸'],
	tagline: ['Toys that survive the second child', '传得到老二手里的玩具'],
	about: [
		'Four people and a bandsaw in the Ore Mountains. Beech, maple and lime from within sixty kilometres, water-based paint, linseed oil. Every design is chewed, thrown and left in the rain by our own children before we sell it; certificates are in the box, tooth marks are not.',
		'矿石山脉里的四个人和一台带锯。榉木、枫木、椴木都来自六十公里内，水性漆，亚麻籽油。每一款先让我们自家孩子啃过、摔过、扔在雨里过，才拿出来卖。证书在盒子里，牙印不在。',
	],
	sign: '木',
	coin: 'usd',
	shipping: '8',
	shipByDays: 4,
	confirmByDays: 14,
	cancelHours: 24,
	returnDays: 30,
	remedy: 'exchange',
	affiliateBps: 500,
	goods: [
		{
			title: ['Pull-along fox', '拉拉小狐狸'],
			text: [
				'Nods when pulled and looks offended when it tips over. Rounded everywhere, strung with a cord that is short enough to be safe and long enough for corners.',
				'一拉就点头，翻倒了会一脸委屈。处处磨圆，绳子短到安全，长到能拐弯。',
			],
			category: 'toys',
			variants: single('34', 25),
			facts: [
				[
					['Age', '年龄'],
					['12 months and up', '12 个月以上'],
				],
				[
					['Wood', '木材'],
					['Beech, lime', '榉木、椴木'],
				],
			],
			picture: { by: pullAnimal, color: '#d9733a', accent: ink.jade, style: 0, on: ['table', 'celadon'], near: ['sweep', 'dawn', 1.7, 600, 480] },
		},
		{
			title: ['Pull-along bear', '拉拉小熊'],
			text: ['Heavier than the fox and slower to anger. The ears are glued and pegged, because of Emil.', '比狐狸沉，脾气也慢。耳朵又胶又榫，都怪埃米尔。'],
			category: 'toys',
			variants: single('36', 14),
			picture: { by: pullAnimal, color: '#8a5a3a', accent: ink.amber, style: 1, on: ['shelf', 'sky'], near: ['arch', 'wheat', 1.7, 620, 480] },
		},
		{
			title: ['Pull-along hare', '拉拉小兔'],
			text: [
				'Hops, thanks to an off-centre axle that took nine tries. The tail is felt and comes off for washing or for keeping.',
				'会一蹦一蹦的，偏心轴试了九次才成。尾巴是毛毡的，可以拆下来洗，也可以拆下来收藏。',
			],
			category: 'toys',
			variants: single('36', 3),
			picture: { by: pullAnimal, color: '#c9a27c', accent: ink.vermilion, style: 2, on: ['moon', 'moss'], near: ['table', 'blush', 1.7, 640, 400] },
		},
		{
			title: ['Rainbow of five arches', '五色彩虹拱'],
			text: [
				'A bridge, a cradle, a tunnel, a very small theatre. Cut from one block so the grain runs through all five.',
				'是桥，是摇篮，是隧道，是一座很小的剧场。同一块木头锯出来，木纹一道贯穿五色。',
			],
			category: 'toys',
			options: [['Palette', '配色']],
			variants: choices(['Bright', '明亮', '42', 19], ['Earth', '大地', '42', 12]),
			picture: { by: rainbow, color: ink.plum, accent: ink.jade, style: 0, on: ['sweep', 'rice'], near: ['table', 'sky', 1.5, 490, 640] },
		},
		{
			title: ['Little steam train', '小火车'],
			text: [
				'Engine, tender and a wagon of wooden oranges that are counted every evening. Couples by magnet, polarity sorted out so nobody cries.',
				'车头、一节车厢，一车木头橘子，每晚要清点。磁铁挂钩，正反极都理顺了，不会有人哭。',
			],
			category: 'toys',
			variants: single('48', 11),
			picture: { by: train, color: ink.indigo, accent: ink.vermilion, style: 0, on: ['table', 'wheat'], near: ['moon', 'celadon', 1.5, 470, 600] },
		},
		{
			title: ['Picture blocks, nine', '图画积木九块'],
			text: [
				'Flowers, moons and hills on six sides; stack them by picture, by colour or by anger. Forty-five millimetres, too big to swallow and just right to throw.',
				'六面是花、月亮和山；可以按图叠，按颜色叠，也可以按心情叠。四十五毫米，大到吞不下，小到正好扔。',
			],
			category: 'toys',
			variants: single('29', 33),
			picture: { by: blocks, color: ink.clay, accent: ink.jade, style: 0, on: ['table', 'blush'], near: ['sweep', 'stone', 1.5, 460, 600] },
		},
		{
			title: ['Spinning tops, pair', '陀螺一对'],
			text: [
				'The big one runs for ninety seconds, the small one for bragging rights. Turned by Karin, who can do both at once.',
				'大的转九十秒，小的用来吹牛。卡琳车的，她能两个一起转。',
			],
			category: 'toys',
			variants: single('18', 52),
			picture: { by: top, color: ink.vermilion, accent: ink.wheat, style: 1, on: ['sweep', 'sky'], near: ['boards', 'rice', 1.5, 440, 640] },
		},
		{
			title: ['Xylophone, eight notes, in tune', '八音木琴（音是准的）'],
			text: [
				'Tuned by a retired organ builder who could not bear the other ones. Padouk bars, cotton cord, two mallets of which one will vanish.',
				'请退休的管风琴师傅调的音，他受不了别家的。紫檀音条，棉绳，两支琴槌，其中一支注定会失踪。',
			],
			category: 'toys',
			variants: single('44', 8),
			picture: { by: xylophone, color: ink.wheat, accent: ink.indigo, style: 0, on: ['paper', 'celadon'], near: ['boards', 'dawn', 1.6, 520, 520] },
		},
		{
			title: ['Sunrise puzzle, sixteen pieces', '日出拼图十六块'],
			text: [
				'Lime wood, laser-free: sawn by hand so each piece fits one neighbour only. The frame is the difficulty level for adults.',
				'椴木，不用激光，手工线锯，每块只认一个邻居。外框是给大人的难度。',
			],
			category: 'toys',
			variants: single('26', 21),
			picture: { by: puzzle, color: ink.celadon, accent: ink.jade, style: 0, on: ['boards', 'sky'], near: ['linen', 'wheat', 1.6, 600, 620] },
		},
		{
			title: ['Roly-poly “Auntie Peng”', '不倒翁“彭阿姨”'],
			text: [
				'A present from our friends in Tianjin that turned into a product: lead-free ballast, papier-mâché on beech, a face that has seen everything and got up again.',
				'本是天津朋友送的礼物，后来成了商品：无铅配重，榉木纸塑，一张什么都见过、又站起来了的脸。',
			],
			category: 'toys',
			options: [['Dress', '衣裳']],
			variants: choices(['Vermilion waves', '朱色水波', '22', 28], ['Plum blossom', '梅紫团花', '22', 24]),
			picture: { by: tumbler, color: ink.vermilion, accent: ink.ink, style: 0, on: ['window', 'wheat'], near: ['moon', 'jade', 1.6, 480, 460] },
		},
	],
};
