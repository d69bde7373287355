import { ink } from '../../drawing/color.ts';
import { cable } from '../../drawing/painters/electronics/cable.ts';
import { deskLamp } from '../../drawing/painters/electronics/desk-lamp.ts';
import { earbuds } from '../../drawing/painters/electronics/earbuds.ts';
import { headphones } from '../../drawing/painters/electronics/headphones.ts';
import { inkClock } from '../../drawing/painters/electronics/ink-clock.ts';
import { keyboard } from '../../drawing/painters/electronics/keyboard.ts';
import { powerBank } from '../../drawing/painters/electronics/power-bank.ts';
import { radio } from '../../drawing/painters/electronics/radio.ts';
import { speaker } from '../../drawing/painters/electronics/speaker.ts';
import { toolRoll } from '../../drawing/painters/electronics/tool-roll.ts';
import { COLOUR, choices, type SeededShop, single } from '../goods.ts';

export const signalKey: SeededShop = {
	slug: 'signal-key',
	owner: 'tang-yi',
	kind: 'b2c',
	theme: 'indigo',
	country: 'CN',
	name: ['Signal & Key', '信号与键'],
	tagline: ['Electronics you can open with a screwdriver', '一把螺丝刀就能打开的电子产品'],
	about: [
		'Shenzhen, third floor, behind the resistor market. We design small things with screws instead of glue, publish the schematics, and keep spare parts for ten years because we intend to be here. Batteries are standard cells. Firmware is open. Questions are answered by the person who soldered it.',
		'深圳，三楼，电阻市场后面。我们做小东西，用螺丝不用胶，公开原理图，备件留十年，因为我们打算一直在。电池是标准电芯，固件开源，回答问题的就是焊它的人。',
	],
	sign: '开',
	coin: 'usd',
	shipping: '6',
	shipByDays: 3,
	confirmByDays: 14,
	cancelHours: 6,
	returnDays: 30,
	restockingBps: 500,
	affiliateBps: 1000,
	goods: [
		{
			title: ['K61 mechanical keyboard', 'K61 机械键盘'],
			text: [
				'Sixty-one keys, hot-swappable, a case milled from one block and finished in tea colours. The spacebar was tuned by a cellist. Ships with a puller, a brush and no software you must install.',
				'六十一键，热插拔，整块铣出来的壳，茶色系表面。空格键请大提琴手调过音。附拔键器和小刷子，不附任何非装不可的软件。',
			],
			category: 'electronics',
			options: [COLOUR, ['Switch', '轴体']],
			variants: [
				{
					values: [
						['Indigo and cream', '靛与米'],
						['Linear', '线性'],
					],
					price: '139',
					stock: 14,
				},
				{
					values: [
						['Indigo and cream', '靛与米'],
						['Tactile', '段落'],
					],
					price: '139',
					stock: 9,
				},
				{
					values: [
						['Celadon and ink', '青与墨'],
						['Linear', '线性'],
					],
					price: '145',
					stock: 6,
				},
				{
					values: [
						['Celadon and ink', '青与墨'],
						['Tactile', '段落'],
					],
					price: '145',
					stock: 1,
				},
			],
			facts: [
				[
					['Layout', '配列'],
					['60 %, ANSI', '60%，ANSI'],
				],
				[
					['Firmware', '固件'],
					['Open source', '开源'],
				],
			],
			picture: { by: keyboard, color: ink.indigo, accent: ink.plum, style: 1, on: ['boards', 'wheat'], near: ['linen', 'stone', 1.8, 430, 470] },
		},
		{
			title: ['Over-ear headphones H2', 'H2 头戴耳机'],
			text: [
				'Replaceable pads, replaceable cable, replaceable everything. Tuned flat, with one honest bump for buses. The stand is included because desks deserve it.',
				'耳垫可换，线可换，什么都可换。调音平直，只为公交车留了一点诚实的隆起。附支架，桌子也要体面。',
			],
			category: 'electronics',
			options: [COLOUR],
			variants: choices(['Jade', '玉', '118', 17], ['Plum', '梅紫', '118', 8]),
			picture: { by: headphones, color: ink.jade, accent: ink.wheat, style: 1, on: ['sweep', 'rice'], near: ['arch', 'blush', 1.6, 480, 500] },
		},
		{
			title: ['Table radio “Corner Shop”', '台式收音机“街角”'],
			text: [
				'FM, Bluetooth, and a dial with real weight in it. We kept the hum out and the warmth in. Runs two weeks on two cells.',
				'调频、蓝牙，还有一个真有分量的旋钮。把嗡嗡声关在外面，把暖意留在里面。两节电芯能响两周。',
			],
			category: 'electronics',
			variants: single('84', 12),
			picture: { by: radio, color: '#c8883c', accent: ink.cream, style: 1, on: ['shelf', 'celadon'], near: ['table', 'dawn', 1.6, 480, 600] },
		},
		{
			title: ['Bookshelf speakers, pair', '书架音箱一对'],
			text: [
				'Walnut veneer, paper cones, a crossover you can see through the back. They like being eleven centimetres from the wall; we measured.',
				'胡桃木皮、纸盆，分频器从背后就看得见。它们喜欢离墙十一厘米，量过的。',
			],
			category: 'electronics',
			coin: 'btc',
			variants: single('0.0032', 5),
			picture: { by: speaker, color: ink.indigo, accent: ink.vermilion, style: 0, on: ['table', 'rice'], near: ['moon', 'clay', 1.6, 450, 600] },
		},
		{
			title: ['Desk lamp, two joints', '两节台灯'],
			text: [
				'High colour rendering, no flicker at any brightness, a shade spun from one disc. The joints hold without springs, by friction and good manners.',
				'高显色，全亮度无频闪，灯罩一片旋成。关节不用弹簧，靠摩擦和教养撑着。',
			],
			category: 'electronics',
			options: [COLOUR],
			variants: choices(['Copper', '铜', '72', 10], ['Indigo', '靛蓝', '72', 7]),
			picture: { by: deskLamp, color: '#b96a48', accent: ink.wheat, style: 0, on: ['night', 'indigo'], near: ['table', 'lilac', 1.6, 500, 380] },
		},
		{
			title: ['Earbuds with a case that shuts', '耳机，盒子关得上'],
			text: [
				'The hinge is metal and so is the click. Six hours, three more charges in the box, and a battery you can order and change with a spudger.',
				'合页是金属的，那声“咔”也是。听六小时，盒里还能充三回，电池能单买，撬棒一撬就换。',
			],
			category: 'electronics',
			variants: single('69', 24),
			picture: { by: earbuds, color: ink.celadon, accent: ink.jade, style: 0, on: ['sweep', 'sky'], near: ['moon', 'lilac', 1.6, 450, 600] },
		},
		{
			title: ['Power bank, 10,000 mAh', '一万毫安充电宝'],
			text: [
				'Two standard cells behind four screws. Aluminium, so it warms a pocket in winter. Tells the truth about its capacity, which is rarer than it should be.',
				'四颗螺丝后面是两节标准电芯。铝壳，冬天还能焐手。标多少就是多少，这年头不多见。',
			],
			category: 'electronics',
			options: [COLOUR],
			variants: choices(['Vermilion', '朱', '39', 40], ['Plum', '梅紫', '39', 35]),
			picture: { by: powerBank, color: ink.vermilion, accent: ink.amber, style: 0, on: ['paper', 'sky'], near: ['linen', 'celadon', 1.6, 480, 480] },
		},
		{
			title: ['Paper-screen clock', '电子纸时钟'],
			text: [
				'No glow, no tick, one charge a year. Shows the time, the solar term and the weather if you let it. The font has been argued about for months.',
				'不发光，不滴答，一年充一次电。显示时间、节气，愿意的话还有天气。这个字体吵了好几个月。',
			],
			category: 'electronics',
			variants: single('46', 28),
			picture: { by: inkClock, color: '#d7a24a', accent: ink.vermilion, style: 0, on: ['shelf', 'blush'], near: ['table', 'stone', 1.6, 470, 640] },
		},
		{
			title: ['Braided cable, two metres', '编织线两米'],
			text: [
				'USB-C at both ends, a hundred watts, a sleeve woven on a shoelace machine. Comes with a tie so it does not become a nest.',
				'两头 USB-C，一百瓦，外皮是织鞋带的机器织的。附绑带，免得变成鸟窝。',
			],
			category: 'electronics',
			options: [COLOUR],
			variants: choices(['Jade', '玉', '14', 90], ['Amber', '琥珀', '14', 85]),
			picture: { by: cable, color: ink.jade, accent: ink.indigo, style: 0, on: ['linen', 'dawn'], near: ['boards', 'stone', 1.7, 500, 640] },
		},
		{
			title: ['Repair kit for all of the above', '以上全部产品的维修包'],
			text: [
				'Bits, spudgers, solder, a square of copper braid and a poster of every exploded view. If you break something while using it, the part is free.',
				'批头、撬棒、焊锡、吸锡带，加一张全部产品的爆炸图海报。用它修坏了什么，零件白送。',
			],
			category: 'electronics',
			coin: 'native',
			variants: single('0.009', 30),
			picture: { by: toolRoll, color: '#51606b', accent: ink.vermilion, style: 0, on: ['boards', 'wheat'], near: ['linen', 'stone', 1.6, 480, 460] },
		},
	],
};
