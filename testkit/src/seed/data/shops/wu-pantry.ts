import { ink } from '../../drawing/color.ts';
import { bottle } from '../../drawing/painters/food/bottle.ts';
import { fruit } from '../../drawing/painters/food/fruit.ts';
import { jar } from '../../drawing/painters/food/jar.ts';
import { mooncakes } from '../../drawing/painters/food/mooncakes.ts';
import { noodles } from '../../drawing/painters/food/noodles.ts';
import { pouch } from '../../drawing/painters/food/pouch.ts';
import { choices, type SeededShop, single, WEIGHT } from '../goods.ts';

export const wuPantry: SeededShop = {
	slug: 'wu-pantry',
	owner: 'wu-popo',
	kind: 'c2c',
	theme: 'amber',
	country: 'CN',
	name: ['Grandma Wu’s Pantry', '吴阿婆的厨房'],
	tagline: ['Cooked on Tuesdays, gone by Friday', '周二下锅，周五卖光'],
	about: [
		'My granddaughter types, I cook. Everything is made in the village kitchen, which the county inspects and the neighbours inspect harder. No preservatives: salt, sugar, oil and patience. Jars come back, I wash them, you get two yuan.',
		'打字的是我孙女，掌勺的是我。东西都在村里的厨房做，县里来查，邻居查得更严。不放防腐剂，只有盐、糖、油和耐心。瓶子寄回来我洗干净，给您两块钱。',
	],
	sign: '米',
	coin: 'cny',
	shipping: '6',
	shipByDays: 2,
	confirmByDays: 7,
	cancelHours: 3,
	returnDays: 0,
	goods: [
		{
			title: ['Chilli crisp with fermented beans', '豆豉油辣椒'],
			text: [
				'Three chillies: one for colour, one for smell, one for regret. Stirred for two hours so the garlic turns gold and not black. On noodles, on eggs, on ice cream if nobody is looking.',
				'三种辣椒：一种出色，一种出香，一种让您后悔。搅两个钟头，蒜要金黄不能发黑。拌面、配蛋，没人看见就配冰淇淋。',
			],
			category: 'food',
			options: [['Heat', '辣度']],
			variants: choices(['Gentle', '微辣', '28', 60], ['Proper', '正经辣', '28', 45], ['Village', '村里辣', '30', 2]),
			facts: [
				[
					['Net weight', '净重'],
					['280 g', '280 克'],
				],
				[
					['Keeps', '保质'],
					['6 months, then in the fridge', '6 个月，开盖冷藏'],
				],
			],
			picture: { by: jar, color: '#b7351f', accent: ink.amber, style: 1, on: ['table', 'rice'], near: ['boards', 'clay', 1.7, 460, 600] },
		},
		{
			title: ['Acacia honey, this spring', '今春洋槐蜜'],
			text: [
				'Old Chen moves forty hives up the loess hills in May and comes down with this. It stays liquid all winter, which is how you know. Not heated, not blended, sometimes a wing.',
				'老陈五月拉四十箱蜂上黄土坡，下来就是这个。一冬天不结晶，这就是真的证据。不加热，不勾兑，偶尔有片翅膀。',
			],
			category: 'food',
			options: [WEIGHT],
			variants: choices(['500 g', '500 克', '49', 38], ['1 kg', '1 公斤', '92', 17]),
			picture: { by: jar, color: '#dd9c2c', accent: ink.jade, style: 0, on: ['window', 'wheat'], near: ['table', 'moss', 1.7, 480, 620] },
		},
		{
			title: ['Hand-pulled noodles, dried', '手工挂面'],
			text: [
				'Pulled from a rod in the yard, hung in the wind, cut at arm’s length, which is why the bundles match my arm. Four minutes in the pot; they do not go soft if the phone rings.',
				'院里架杆抻的，挂在风里晾，按胳膊长短切，所以一把就是我一条胳膊。下锅四分钟，接个电话也不会坨。',
			],
			category: 'food',
			variants: single('19', 150),
			picture: { by: noodles, color: '#e4c78f', accent: ink.vermilion, style: 0, on: ['linen', 'moss'], near: ['boards', 'dawn', 1.8, 490, 480] },
		},
		{
			title: ['Fire-crystal persimmons, a box', '火晶柿子一箱'],
			text: [
				'Small, red, thin-skinned. Leave them on the windowsill until they feel like water, then bite a corner and drink. Sixteen to the box; two may ripen on the road, and we add two for that.',
				'个小、色红、皮薄。放窗台上等它软得像水，咬个角吸着吃。一箱十六个，路上可能软两个，所以多放两个。',
			],
			category: 'food',
			variants: single('45', 22),
			picture: { by: fruit, color: '#e57a24', accent: ink.leaf, style: 0, on: ['table', 'celadon'], near: ['awning', 'dawn', 1.6, 490, 620] },
		},
		{
			title: ['Green plum jam', '青梅酱'],
			text: [
				'Forty minutes of stirring for three spoons of sourness. Good with duck, better with bread, best from the spoon while standing.',
				'搅四十分钟，就为三勺酸。配鸭好，配面包更好，站着拿勺子吃最好。',
			],
			category: 'food',
			variants: single('32', 27),
			picture: { by: jar, color: '#8a9a3c', accent: ink.plum, style: 2, on: ['moon', 'blush'], near: ['shelf', 'celadon', 1.7, 460, 600] },
		},
		{
			title: ['Soy sauce, 180 days of sun', '晒足一百八十天的酱油'],
			text: [
				'First press only. We open the lids when the sun is out and run when it is not. Darker than you think, so use half.',
				'只取头道。出太阳掀盖，下雨就跑。颜色比您想的深，先放一半。',
			],
			category: 'food',
			variants: single('36', 41),
			picture: { by: bottle, color: '#5b2a1c', accent: ink.vermilion, style: 0, on: ['shelf', 'wheat'], near: ['arch', 'clay', 1.6, 430, 600] },
		},
		{
			title: ['Camellia seed oil, cold pressed', '冷榨山茶油'],
			text: [
				'From wild trees on the north slope, pressed the week they dry. Fries without smoke; also, discreetly, for elbows.',
				'北坡野茶籽，晒干当周就榨。炒菜不起烟；悄悄说，抹手肘也行。',
			],
			category: 'food',
			variants: single('78', 13),
			picture: { by: bottle, color: '#c19a3b', accent: ink.jade, style: 1, on: ['sweep', 'celadon'], near: ['table', 'rice', 1.6, 430, 580] },
		},
		{
			title: ['Mooncakes, five nuts, four pieces', '五仁月饼四枚'],
			text: [
				'Everybody complains about five-nut mooncakes until they eat these. Walnut, almond, melon seed, sesame, pine nut, rose sugar. Pressed in my mother-in-law’s mould.',
				'人人骂五仁，吃了这个就不骂了。核桃、杏仁、瓜子、芝麻、松子、玫瑰糖。模子是我婆婆的。',
			],
			category: 'food',
			variants: single('68', 0),
			picture: { by: mooncakes, color: '#c98a3a', accent: ink.vermilion, style: 0, on: ['table', 'indigo'], near: ['sweep', 'plum', 1.7, 440, 720] },
		},
		{
			title: ['Dried shiitake, thick caps', '花菇干'],
			text: [
				'Grown on oak logs, cracked by cold nights into flowers. Soak for three hours and keep the water, that is half of what you paid for.',
				'椴木上长的，冷夜里冻裂成花。泡三小时，水别倒，一半的钱在水里。',
			],
			category: 'food',
			options: [WEIGHT],
			variants: choices(['150 g', '150 克', '39', 34], ['400 g', '400 克', '98', 10]),
			picture: { by: pouch, color: '#6f7a4c', accent: '#7a5638', style: 1, on: ['boards', 'wheat'], near: ['table', 'stone', 1.7, 470, 650] },
		},
		{
			title: ['Honey tangerines, five kilos', '蜜橘五公斤'],
			text: [
				'Picked with the leaf on so you can see they were alive yesterday. Ugly skin, thin heart. Children count as one serving each.',
				'带叶剪的，看得出昨天还活着。皮丑，瓤薄。小孩一人算一份。',
			],
			category: 'food',
			variants: single('59', 30),
			picture: { by: fruit, color: '#e98a1f', accent: ink.leaf, style: 1, on: ['awning', 'sky'], near: ['boards', 'moss', 1.6, 480, 600] },
		},
	],
};
