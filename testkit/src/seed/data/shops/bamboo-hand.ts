import { ink } from '../../drawing/color.ts';
import { fan } from '../../drawing/painters/craft/fan.ts';
import { hoop } from '../../drawing/painters/craft/hoop.ts';
import { knot } from '../../drawing/painters/craft/knot.ts';
import { paperCut } from '../../drawing/painters/craft/paper-cut.ts';
import { plant } from '../../drawing/painters/craft/plant.ts';
import { spoons } from '../../drawing/painters/craft/spoons.ts';
import { steamer } from '../../drawing/painters/craft/steamer.ts';
import { umbrella } from '../../drawing/painters/craft/umbrella.ts';
import { basket } from '../../drawing/painters/home/basket.ts';
import { COLOUR, choices, type SeededShop, SIZE, single } from '../goods.ts';

export const bambooHand: SeededShop = {
	slug: 'bamboo-hand',
	owner: 'luo-dashan',
	kind: 'c2c',
	theme: 'jade',
	country: 'CN',
	name: ['Bamboo Hand', '竹手作'],
	tagline: ['Eleven villages, forty pairs of hands', '十一个村，四十双手'],
	about: [
		'A cooperative in the hills of Sichuan. I drive the van and write the listings; the makers set their own prices and sign their work. Nothing is made in a hurry, so please do not be in one. Each sale is split on the spot: the maker is paid the moment you confirm.',
		'四川山里的合作社。我负责开车和上架，价钱由做东西的人自己定，活儿自己署名。没有一样是赶出来的，所以也请您别赶。每笔钱当场分：您一确认，师傅就收到了。',
	],
	sign: '竹',
	coin: 'cny',
	shipping: '12',
	shipByDays: 5,
	confirmByDays: 14,
	cancelHours: 24,
	returnDays: 14,
	split: { person: 'deng-shouyi', bps: 2000 },
	goods: [
		{
			title: ['Bamboo steamer, two tiers', '竹蒸笼两层'],
			text: [
				'Bent over flame, laced with bamboo instead of wire. Breathes, so your buns do not cry. Made by Master Deng, who eats lunch from his own.',
				'火上弯圈，竹丝缝边，不用铁丝。会透气，包子不流泪。邓师傅做的，他自己天天用。',
			],
			category: 'craft',
			options: [SIZE],
			variants: choices(['21 cm', '21 厘米', '88', 18], ['27 cm', '27 厘米', '128', 9]),
			facts: [
				[
					['Maker', '匠人'],
					['Deng Shouyi', '邓守义'],
				],
				[
					['Village', '村子'],
					['Upper Qingxi', '上清溪村'],
				],
			],
			picture: { by: steamer, color: '#cfa968', accent: ink.jade, style: 0, on: ['table', 'celadon'], near: ['shelf', 'wheat', 1.6, 480, 600] },
		},
		{
			title: ['Folding fan, plum branch', '折扇·墨梅'],
			text: [
				'Eighteen ribs of lacquered bamboo, paper painted before it is pleated, so the picture breathes as you do. Opens with a sound like rain starting.',
				'十八档漆竹骨，先画后折，画会跟着您一起呼吸。打开时像雨刚落下来。',
			],
			category: 'craft',
			variants: single('76', 14),
			picture: { by: fan, color: ink.celadon, accent: ink.vermilion, style: 0, on: ['linen', 'rice'], near: ['paper', 'blush', 1.6, 460, 420] },
		},
		{
			title: ['Folding fan, mountains', '折扇·远山'],
			text: [
				'The same bones, another mood: three washes of green and a red sun that Old Pei insists is the moon.',
				'同样的骨，另一种脾气：三层青，一轮红日，裴老爷子坚持说那是月亮。',
			],
			category: 'craft',
			variants: single('76', 1),
			picture: { by: fan, color: ink.wheat, accent: ink.jade, style: 1, on: ['boards', 'stone'], near: ['linen', 'celadon', 1.6, 560, 440] },
		},
		{
			title: ['Oil-paper umbrella', '油纸伞'],
			text: [
				'Thirty-two ribs, mulberry paper, five coats of tung oil. Keeps off sun and light rain; in a storm it asks to go home. Smells of the workshop for a month.',
				'三十二骨，桑皮纸，五道桐油。遮太阳，挡小雨，遇到大雨它会要求回家。头一个月带着作坊的味道。',
			],
			category: 'craft',
			options: [COLOUR],
			variants: choices(['Amber blossom', '琥珀团花', '168', 7], ['Jade bands', '玉色双环', '158', 9]),
			picture: { by: umbrella, color: ink.amber, accent: ink.vermilion, style: 1, on: ['window', 'sky'], near: ['hills', 'celadon', 1.5, 440, 420] },
		},
		{
			title: ['Embroidery in a hoop', '绣绷小品'],
			text: [
				'Split-thread Shu embroidery, one flower per maker, four makers per hoop. Hang it as it is: the ring is part of it.',
				'蜀绣劈丝，一人一朵，一绷四人。直接挂就好，圈也是作品的一部分。',
			],
			category: 'craft',
			variants: single('138', 6),
			picture: { by: hoop, color: ink.sky, accent: ink.plum, style: 0, on: ['paper', 'celadon'], near: ['linen', 'dawn', 1.7, 540, 440] },
		},
		{
			title: ['Three spoons: cherry, walnut, maple', '三把勺：樱桃、核桃、枫'],
			text: [
				'Carved green and dried slowly, so they will not crack in soup. Sister Fang marks each with the weather of the day.',
				'湿木下刀，慢慢阴干，下汤也不裂。芳姐在柄上刻了那天的天气。',
			],
			category: 'craft',
			variants: single('64', 23),
			picture: { by: spoons, color: ink.clay, accent: ink.vermilion, style: 0, on: ['linen', 'moss'], near: ['boards', 'sky', 1.7, 500, 380] },
		},
		{
			title: ['Good-luck knot with tassels', '如意盘长结'],
			text: [
				'One cord, no beginning, no end, about four hours. The amber beads are resin and say so.',
				'一根绳，没有头没有尾，大约四个钟头。琥珀珠是树脂的，照实说。',
			],
			category: 'craft',
			options: [COLOUR],
			variants: choices(['Red', '正红', '36', 48], ['Celadon', '青', '36', 20]),
			picture: { by: knot, color: ink.vermilion, accent: ink.amber, style: 0, on: ['linen', 'stone'], near: ['boards', 'dawn', 1.6, 500, 440] },
		},
		{
			title: ['Pine in a pot, seven years', '七年小松盆景'],
			text: [
				'Grown from seed by a retired bus driver who knows about patience. Comes with a page of care and his telephone number.',
				'退休公交司机从种子养起的，他懂什么叫等。附一页养护说明和他的电话。',
			],
			category: 'craft',
			variants: single('260', 2),
			picture: { by: plant, color: '#4b6f8f', accent: ink.wheat, style: 0, on: ['moon', 'dawn'], near: ['window', 'stone', 1.6, 480, 420] },
		},
		{
			title: ['Window paper-cut, framed', '窗花剪纸（带卡纸）'],
			text: [
				'Cut freehand with scissors, folded eight times, never drawn first. Grandmother Qi says the paper already knows.',
				'折八折，剪刀直接下，从不打稿。齐婆婆说，纸自己知道。',
			],
			category: 'craft',
			variants: single('48', 32),
			picture: { by: paperCut, color: ink.vermilion, accent: ink.vermilion, style: 0, on: ['linen', 'indigo'], near: ['paper', 'wheat', 1.6, 500, 470] },
		},
		{
			title: ['Gathering basket', '采茶篮'],
			text: [
				'The basket tea pickers carry, one size smaller for cities. Weighs nothing, holds a weekend.',
				'采茶人背的那种，给城里做小了一号。轻得没分量，装得下一个周末。',
			],
			category: 'craft',
			variants: single('98', 12),
			picture: { by: basket, color: ink.jade, accent: ink.moss, style: 0, on: ['hills', 'wheat'], near: ['boards', 'celadon', 1.6, 480, 640] },
		},
	],
};
