import { ink } from '../../drawing/color.ts';
import { gaiwan } from '../../drawing/painters/ceramics/gaiwan.ts';
import { teapot } from '../../drawing/painters/ceramics/teapot.ts';
import { pouch } from '../../drawing/painters/food/pouch.ts';
import { teaBox } from '../../drawing/painters/tea/tea-box.ts';
import { teaCake } from '../../drawing/painters/tea/tea-cake.ts';
import { tin } from '../../drawing/painters/tea/tin.ts';
import { choices, type SeededShop, single, WEIGHT } from '../goods.ts';

export const yunlingTea: SeededShop = {
	slug: 'yunling-tea',
	owner: 'zhou-min',
	kind: 'b2c',
	theme: 'jade',
	country: 'CN',
	name: ['Cloud Ridge Tea', '云岭茶事'],
	tagline: ['Six gardens, three generations, no middlemen', '六片茶园，三代人，不经中间商'],
	about: [
		'My grandfather planted the first terrace in 1958. We still pick by hand, roast in small pans and pack within the week. Every tin carries the garden and the day it was picked. If a tea does not taste the way we wrote, send it back: we drink it ourselves and refund you.',
		'第一层茶台是我外公一九五八年开的。如今我们仍然手采、小锅炒制、一周之内封罐，每一罐都写明哪片园子、哪一天采的。喝着不像我们写的那样，就寄回来：茶我们自己喝，钱退给您。',
	],
	sign: '茶',
	coin: 'cny',
	shipping: '8',
	shipByDays: 3,
	confirmByDays: 10,
	cancelHours: 12,
	returnDays: 7,
	affiliateBps: 500,
	goods: [
		{
			title: ['West Lake Longjing, before the rains', '明前西湖龙井'],
			text: [
				'Flat jade-green leaves picked in the last days of March, pan-fired by Uncle Zhou. Chestnut first, then a long sweetness. Brew at 80 °C in a glass and watch it stand upright. Two hundred tins a year, and this is the year’s.',
				'三月末手采，周家大伯一锅一锅炒出来的扁片。先是栗香，后是长长的回甘。八十度水、玻璃杯，看它一根根立起来。一年只有两百罐，这是今年的。',
			],
			category: 'tea',
			options: [WEIGHT],
			variants: choices(['50 g tin', '50 克罐装', '168', 24], ['100 g tin', '100 克罐装', '318', 9], ['Taster, 10 g', '尝鲜 10 克', '39', 60]),
			facts: [
				[
					['Garden', '茶园'],
					['Lion Peak, north slope', '狮峰北坡'],
				],
				[
					['Picked', '采摘'],
					['27–29 March', '3 月 27—29 日'],
				],
				[
					['Keeps', '保质'],
					['18 months, cool and dark', '避光阴凉 18 个月'],
				],
			],
			picture: { by: tin, color: ink.jade, accent: ink.vermilion, style: 2, on: ['table', 'rice'], near: ['moon', 'celadon', 1.7, 460, 620] },
		},
		{
			title: ['Old-tree Pu’er cake, 357 g', '古树普洱饼茶 357 克'],
			text: [
				'Sun-dried leaves from trees older than our village register, stone-pressed in 2019. It opens with camphor and dried longan and settles into something like rain on warm wood. Break it with a needle, never a knife.',
				'用料来自比村志还老的茶树，日晒青毛茶，二〇一九年石磨压饼。入口樟香、桂圆干，落下去像雨打在晒热的木头上。请用茶针，别用刀。',
			],
			category: 'tea',
			variants: single('288', 31),
			facts: [
				[
					['Pressed', '压制'],
					['Autumn 2019', '2019 年秋'],
				],
				[
					['Origin', '产地'],
					['Lincang, Yunnan', '云南临沧'],
				],
			],
			picture: { by: teaCake, color: '#6b4a33', accent: ink.vermilion, style: 0, on: ['shelf', 'dawn'], near: ['table', 'wheat', 1.8, 430, 470] },
		},
		{
			title: ['White peony cake, five years', '五年陈白牡丹饼'],
			text: [
				'Buds and two leaves, withered under the eaves for three days and left alone for five years. Pale amber in the cup, smelling of dates and old books. Good simmered on a cold day with a piece of tangerine peel.',
				'一芽二叶，檐下萎凋三天，然后五年不去动它。汤色浅琥珀，有枣香，也有旧书的味道。冷天加一片陈皮煮着喝最好。',
			],
			category: 'tea',
			options: [WEIGHT],
			variants: choices(['Whole cake, 300 g', '整饼 300 克', '218', 18], ['Quarter, 75 g', '四分之一饼 75 克', '62', 40]),
			picture: { by: teaCake, color: '#a08c68', accent: ink.jade, style: 1, on: ['moon', 'celadon'], near: ['sweep', 'stone', 1.8, 430, 640] },
		},
		{
			title: ['Jasmine pearls, nine scentings', '九窨茉莉龙珠'],
			text: [
				'Each pearl is one bud rolled by hand and laid with fresh jasmine for nine nights; by the tenth morning the flowers have given everything away. Three pearls are enough for a glass.',
				'一颗珠子是一粒芽头，手工揉成，与鲜茉莉同窨九夜；到第十个早上，花已经把什么都给了茶。三颗就够一杯。',
			],
			category: 'tea',
			variants: single('96', 44),
			facts: [
				[
					['Net weight', '净含量'],
					['75 g', '75 克'],
				],
				[
					['Flowers', '鲜花'],
					['Hengzhou, July', '横州，七月'],
				],
			],
			picture: { by: tin, color: '#8fb39a', accent: ink.amber, style: 3, on: ['arch', 'blush'], near: ['table', 'lilac', 1.7, 440, 600] },
		},
		{
			title: ['Tieguanyin, charcoal roast', '炭焙铁观音'],
			text: [
				'Roasted over longan charcoal for eleven hours, resting twice. Caramel and orchid at once, and the eighth cup is still good company. For people who say oolong has become too green.',
				'龙眼木炭焙十一个小时，中间歇两回。焦糖香里带兰花，第八泡还能聊天。给总说“现在的铁观音太绿”的人。',
			],
			category: 'tea',
			options: [WEIGHT],
			variants: choices(['125 g', '125 克', '128', 26], ['250 g', '250 克', '238', 12]),
			picture: { by: tin, color: ink.vermilion, accent: ink.indigo, style: 1, on: ['window', 'stone'], near: ['shelf', 'dawn', 1.7, 440, 620] },
		},
		{
			title: ['Smoked black tea, pine wood', '松烟正山小种'],
			text: [
				'Dried in the three-storey smoke house over resinous pine, the way it left Wuyi for the ships four centuries ago. Longan, pine, a little campfire. Milk is allowed; we will not tell anyone.',
				'在三层烟楼里用松柴熏干，四百年前它就是这样从武夷山上船的。桂圆汤、松脂、一点点篝火。可以加奶，我们不说出去。',
			],
			category: 'tea',
			variants: single('88', 37),
			picture: { by: teaBox, color: '#7d3328', accent: ink.wheat, style: 1, on: ['table', 'clay'], near: ['sweep', 'dawn', 1.6, 460, 600] },
		},
		{
			title: ['Osmanthus oolong, box of twelve sachets', '桂花乌龙 十二包礼盒'],
			text: [
				'Autumn osmanthus from the courtyard tree, layered with light oolong and sealed in corn-fibre sachets that compost. For the office drawer, and for people who say they have no time.',
				'院里那棵桂花树的秋花，一层花一层茶，封进能堆肥的玉米纤维茶包。放在办公室抽屉里，给总说没空的人。',
			],
			category: 'tea',
			variants: single('58', 3),
			facts: [
				[
					['In the box', '内含'],
					['12 × 3 g', '12 包 × 3 克'],
				],
			],
			picture: { by: teaBox, color: ink.amber, accent: ink.jade, style: 0, on: ['arch', 'wheat'], near: ['moon', 'rice', 1.6, 460, 580] },
		},
		{
			title: ['Buckwheat tea, roasted', '黑苦荞茶'],
			text: [
				'No caffeine, no fuss: whole grains of Tartary buckwheat roasted until they smell of bread crust. Pour boiling water, wait five minutes, then eat the grains.',
				'没有咖啡因，也没有讲究：整粒黑苦荞烤到有面包皮的香。开水冲，等五分钟，喝完把荞麦也吃掉。',
			],
			category: 'tea',
			variants: single('26', 120),
			picture: { by: pouch, color: '#d9b982', accent: '#4b3526', style: 1, on: ['table', 'moss'], near: ['boards', 'wheat', 1.7, 470, 640] },
		},
		{
			title: ['Gaiwan, 110 ml, crackle celadon', '青瓷开片盖碗 110 毫升'],
			text: [
				'The lid fits, the rim does not burn: that is all we ask of a gaiwan, and it took our potter two winters. The crackle darkens with tea over the years, differently for every drinker.',
				'盖子合缝，口沿不烫手：对盖碗我们只求这两样，做瓷的朋友试了两个冬天。开片会随茶慢慢上色，每个人养出来都不一样。',
			],
			category: 'tea',
			variants: single('138', 14),
			picture: { by: gaiwan, color: ink.celadon, accent: ink.jade, style: 0, on: ['sweep', 'rice'], near: ['shelf', 'celadon', 1.7, 480, 620] },
		},
		{
			title: ['Travel pot in a padded pouch', '旅行茶壶（带棉袋）'],
			text: [
				'A 160 ml pot and two cups that nest inside each other, in a quilted bag that survives overhead lockers. We have carried ours to forty tea fairs.',
				'一把 160 毫升小壶，两只杯子套在一起，装进经得起行李架的夹棉袋。我们那套跟着跑过四十场茶博会。',
			],
			category: 'tea',
			variants: choices(['Blue wash', '青花山水', '188', 8], ['Blossom', '折枝梅', '188', 6]),
			options: [['Glaze', '釉色']],
			picture: { by: teapot, color: '#e9e4d6', accent: ink.vermilion, style: 1, on: ['moon', 'sky'], near: ['table', 'stone', 1.7, 470, 620] },
		},
	],
};
