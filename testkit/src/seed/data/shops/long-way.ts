import { ink } from '../../drawing/color.ts';
import { backpack } from '../../drawing/painters/outdoors/backpack.ts';
import { bell } from '../../drawing/painters/outdoors/bell.ts';
import { blanket } from '../../drawing/painters/outdoors/blanket.ts';
import { campLantern } from '../../drawing/painters/outdoors/camp-lantern.ts';
import { compass } from '../../drawing/painters/outdoors/compass.ts';
import { enamelMug } from '../../drawing/painters/outdoors/enamel-mug.ts';
import { kite } from '../../drawing/painters/outdoors/kite.ts';
import { stool } from '../../drawing/painters/outdoors/stool.ts';
import { thermos } from '../../drawing/painters/outdoors/thermos.ts';
import { COLOUR, choices, type SeededShop, single } from '../goods.ts';

export const longWay: SeededShop = {
	slug: 'long-way',
	owner: 'amara-osei',
	kind: 'b2c',
	theme: 'jade',
	country: 'SG',
	name: ['Long Way Outfitters', '远路行装'],
	tagline: ['Things for going slowly', '慢慢走用的东西'],
	about: [
		'Started by three friends who cycled from Singapore to Kunming and broke nearly everything they had bought for it. We sell what lasted, and what we made when nothing did. Repairs are free for the first owner and cheap for the next.',
		'三个朋友从新加坡骑到昆明，路上几乎把买的装备全弄坏了。我们卖的是撑下来的，和没有一样撑下来时自己做的。首任主人终身免费修，下一任便宜修。',
	],
	sign: '山',
	coin: 'usd',
	shipping: '8',
	shipByDays: 3,
	confirmByDays: 14,
	cancelHours: 12,
	returnDays: 30,
	restockingBps: 1000,
	affiliateBps: 600,
	goods: [
		{
			title: ['Swallow kite', '沙燕风筝'],
			text: [
				'A Beijing swallow in ripstop with carbon spars, so it looks three hundred and flies like yesterday. Goes up in four knots; comes down when it is bored.',
				'北京沙燕，面料换成防撕裂布，骨架换成碳杆：看着三百岁，飞着像昨天。四节风就上天，腻了自己下来。',
			],
			category: 'outdoors',
			variants: single('46', 16),
			facts: [
				[
					['Span', '翼展'],
					['140 cm', '140 厘米'],
				],
				[
					['Packed', '收纳'],
					['70 × 8 cm', '70 × 8 厘米'],
				],
			],
			picture: { by: kite, color: ink.vermilion, accent: ink.indigo, style: 0, on: ['hills', 'sky'], near: ['hills', 'dawn', 1.5, 480, 420] },
		},
		{
			title: ['Carp kite', '鲤鱼风筝'],
			text: [
				'Swims rather than flies. The tail was cut by a sailmaker, and children under six hold the line with both hands, in awe.',
				'与其说飞，不如说游。尾巴是裁船帆的师傅裁的，六岁以下的孩子会双手拉线，满脸敬畏。',
			],
			category: 'outdoors',
			variants: single('38', 11),
			picture: { by: kite, color: '#4d9c86', accent: ink.wheat, style: 2, on: ['hills', 'wheat'], near: ['hills', 'lilac', 1.5, 500, 400] },
		},
		{
			title: ['Brass bicycle bell', '黄铜车铃'],
			text: [
				'One clear note, a fifth above a tram. Spun brass, leather washer, two screws. Pedestrians smile; we have counted.',
				'一声清响，比电车高五度。旋压黄铜，皮垫圈，两颗螺丝。行人会笑，我们数过。',
			],
			category: 'outdoors',
			variants: choices(['Brass', '黄铜', '24', 60], ['Ink', '墨', '24', 41]),
			options: [COLOUR],
			picture: { by: bell, color: ink.brass, accent: ink.walnut, style: 0, on: ['sweep', 'celadon'], near: ['moon', 'dawn', 1.6, 470, 540] },
		},
		{
			title: ['Enamel mug, mountain', '远山搪瓷杯'],
			text: ['Half a litre, survives open fire and opinions. Chips only make it more yours.', '半升，经得住明火，也经得住意见。磕掉一块瓷，就更是你的了。'],
			category: 'outdoors',
			options: [COLOUR],
			variants: choices(['Vermilion', '朱', '16', 75], ['Plum leaf', '梅紫叶', '16', 62], ['Sky', '天青', '16', 58]),
			picture: { by: enamelMug, color: '#b63d2c', accent: ink.wheat, style: 0, on: ['table', 'moss'], near: ['hills', 'sky', 1.6, 440, 620] },
		},
		{
			title: ['Roll-top pack, 24 litres', '卷口背包 24 升'],
			text: [
				'Waxed canvas, bridle leather, brass that can be replaced with a coin. Fits a laptop, a loaf and a raincoat; fits badly under aircraft seats and we do not care.',
				'打蜡帆布，缰绳皮，铜件用硬币就能换。装得下电脑、一条面包和雨衣；塞不进飞机座位底下，我们不在乎。',
			],
			category: 'outdoors',
			options: [COLOUR],
			variants: choices(['Forest', '林绿', '132', 9], ['Wheat', '麦黄', '132', 6], ['Ink', '墨', '138', 2]),
			picture: { by: backpack, color: '#3f6b56', accent: ink.wood, style: 0, on: ['hills', 'moss'], near: ['table', 'wheat', 1.6, 480, 560] },
		},
		{
			title: ['Flask with cup, 750 ml', '带杯保温壶 750 毫升'],
			text: [
				'Hot for eighteen hours in a Yunnan February. The pattern is from a bus seat outside Dali.',
				'云南二月里能热十八个小时。花纹抄自大理郊外一辆班车的座椅。',
			],
			category: 'outdoors',
			variants: single('34', 31),
			picture: { by: thermos, color: '#2f5f52', accent: ink.indigo, style: 1, on: ['window', 'rice'], near: ['table', 'clay', 1.6, 500, 600] },
		},
		{
			title: ['Folding stool', '折叠小马扎'],
			text: [
				'Ash legs, canvas seat, one rivet. The correct height for peeling garlic and for watching other people work.',
				'白蜡木腿，帆布面，一颗铆钉。这个高度适合剥蒜，也适合看别人干活。',
			],
			category: 'outdoors',
			variants: single('42', 18),
			picture: { by: stool, color: ink.vermilion, accent: ink.cream, style: 1, on: ['awning', 'rice'], near: ['boards', 'sky', 1.5, 490, 600] },
		},
		{
			title: ['Storm lantern, rechargeable', '充电马灯'],
			text: [
				'A flame that is not one: warm LED behind real glass, forty hours on low. Hang it, carry it, argue by its light.',
				'不是火的火：真玻璃后面是暖光灯珠，低档四十小时。可挂，可提，可在灯下争论。',
			],
			category: 'outdoors',
			variants: single('48', 13),
			picture: { by: campLantern, color: '#35607a', accent: ink.brass, style: 0, on: ['night', 'ink'], near: ['night', 'jade', 1.6, 480, 540] },
		},
		{
			title: ['Picnic blanket with straps', '带绑带野餐毯'],
			text: [
				'Wool on top, waxed cotton below. Two metres square, which is four friends or one couple.',
				'上面羊毛，下面打蜡棉布。两米见方，坐四个朋友，或者一对情侣。',
			],
			category: 'outdoors',
			coin: 'xrp',
			variants: single('120', 7),
			picture: { by: blanket, color: '#b4503a', accent: ink.wheat, style: 1, on: ['hills', 'celadon'], near: ['sweep', 'rice', 1.5, 500, 640] },
		},
		{
			title: ['Pocket compass, brass', '黄铜怀表式指南针'],
			text: [
				'Liquid-damped, no batteries, and a lid that closes with the sound of a decision. Works where your telephone has no opinion.',
				'充液阻尼，不用电池，盖子合上那一声像下定决心。手机没主意的地方，它有。',
			],
			category: 'outdoors',
			coin: 'native',
			variants: single('0.014', 10),
			picture: { by: compass, color: ink.indigo, accent: ink.vermilion, style: 0, on: ['paper', 'moss'], near: ['boards', 'wheat', 1.7, 450, 580] },
		},
	],
};
