import { ink } from '../../drawing/color.ts';
import { folded } from '../../drawing/painters/fashion/folded.ts';
import { basket } from '../../drawing/painters/home/basket.ts';
import { candle } from '../../drawing/painters/home/candle.ts';
import { clock } from '../../drawing/painters/home/clock.ts';
import { cushion } from '../../drawing/painters/home/cushion.ts';
import { lantern } from '../../drawing/painters/home/lantern.ts';
import { pendant } from '../../drawing/painters/home/pendant.ts';
import { tableLamp } from '../../drawing/painters/home/table-lamp.ts';
import { COLOUR, choices, type SeededShop, SIZE, single } from '../goods.ts';

export const lanternLane: SeededShop = {
	slug: 'lantern-lane',
	owner: 'mei-lan',
	kind: 'c2c',
	theme: 'vermilion',
	country: 'MY',
	name: ['Lantern Lane', '灯笼巷'],
	tagline: ['Warm light for small rooms', '给小房间的暖光'],
	about: [
		'I grew up above a lantern workshop in Penang and still cannot sleep in the dark. Bamboo ribs from my uncle, paper and glue by me, cushions and covers by Aunt Siew. Lanterns travel folded, with a film that shows how to open them without swearing.',
		'我在槟城一间灯笼铺的楼上长大，到现在关了灯还睡不着。竹骨是舅舅劈的，糊纸是我，靠垫和罩子是秀姨。灯笼折起来寄，附一段打开它而不骂人的视频。',
	],
	sign: '月',
	coin: 'usd',
	shipping: '7',
	shipByDays: 4,
	confirmByDays: 14,
	cancelHours: 12,
	returnDays: 14,
	goods: [
		{
			title: ['Melon lantern with blossoms', '冬瓜灯·梅花'],
			text: [
				'Oiled mulberry paper on bamboo, painted while the glue is still soft so the petals sink in. Gives the light of a late afternoon that forgot to end.',
				'桑皮油纸糊竹骨，趁浆糊没干就画，花瓣才沉得进去。点亮像一个忘了结束的下午。',
			],
			category: 'home',
			options: [SIZE],
			variants: choices(['30 cm', '30 厘米', '38', 14], ['45 cm', '45 厘米', '56', 8]),
			picture: { by: lantern, color: ink.amber, accent: ink.vermilion, style: 2, on: ['night', 'plum'], near: ['night', 'indigo', 1.7, 500, 470] },
		},
		{
			title: ['Palace lantern with tassel', '流苏宫灯'],
			text: [
				'Sixteen ribs, silk instead of paper, brass caps that my uncle spins on a lathe older than he is. One character per lantern; ask for yours.',
				'十六骨，蒙的是绢不是纸，铜盖是舅舅用比他还老的车床旋的。一盏灯一个字，可以点字。',
			],
			category: 'home',
			variants: single('84', 5),
			picture: { by: lantern, color: ink.vermilion, accent: ink.amber, style: 3, on: ['night', 'vermilion'], near: ['window', 'dawn', 1.7, 500, 500] },
		},
		{
			title: ['Tall lantern, moon white', '月白长灯'],
			text: [
				'For a corner that needs company. Unbleached paper, visible seams, and a weight in the base so cats learn humility.',
				'给需要伴儿的墙角。不漂白的纸，接缝看得见，底下压了重，猫会学会谦虚。',
			],
			category: 'home',
			variants: single('46', 9),
			picture: { by: lantern, color: '#d9c7a8', accent: ink.jade, style: 1, on: ['night', 'ink'], near: ['arch', 'clay', 1.7, 500, 430] },
		},
		{
			title: ['Rice-paper table lamp', '宣纸台灯'],
			text: [
				'Pleated shade, turned base, a switch with a satisfying click. We tried eleven bulbs and include the one that does not make faces look tired.',
				'打褶的罩、车旋的座、按下去很响的开关。试过十一种灯泡，附送的那只不会把人照得很累。',
			],
			category: 'home',
			options: [['Base', '灯座']],
			variants: choices(['Vermilion', '朱', '68', 7], ['Plum', '梅紫', '68', 4]),
			picture: { by: tableLamp, color: ink.vermilion, accent: ink.amber, style: 0, on: ['night', 'jade'], near: ['table', 'dawn', 1.6, 480, 460] },
		},
		{
			title: ['Rattan pendant, bell', '藤编吊灯'],
			text: [
				'Split rattan woven wet over a wooden bell, three days per lamp. It throws stripes on the ceiling that guests take for a decision.',
				'湿藤绕木钟编成，一盏三天。它投在天花板上的条纹，客人都以为是设计好的。',
			],
			category: 'home',
			variants: single('92', 3),
			picture: { by: pendant, color: ink.bamboo, accent: ink.ink, style: 1, on: ['night', 'amber'], near: ['sweep', 'celadon', 1.6, 500, 420] },
		},
		{
			title: ['Candle in a glazed cup, two scents', '釉杯香烛两款'],
			text: [
				'Soy and rice-bran wax. “Rain on the five-foot way” smells of wet stone and pandan; “Grandmother’s drawer” of camphor and mandarin. The cups stay when the candle goes.',
				'大豆与米糠蜡。“骑楼雨”是湿石头和班兰叶，“外婆的抽屉”是樟木和橘子。烛烧完，杯子留下。',
			],
			category: 'home',
			options: [['Scent', '香型']],
			variants: choices(['Rain', '骑楼雨', '24', 26], ['Drawer', '外婆的抽屉', '24', 31], ['Both', '两款', '44', 12]),
			picture: { by: candle, color: '#35496f', accent: ink.plum, style: 1, on: ['shelf', 'dawn'], near: ['night', 'clay', 1.6, 430, 560] },
		},
		{
			title: ['Wave cushion', '水波纹靠垫'],
			text: [
				'Aunt Siew pieces the back from market offcuts, so every cushion has a secret. Zip hidden, filling washable, corners tasselled against the Western habit of throwing them on the floor.',
				'背面是秀姨拿布市零头拼的，每只靠垫都藏着一个秘密。隐形拉链，内芯可洗，四角带穗，防止被扔在地上。',
			],
			category: 'home',
			options: [COLOUR],
			variants: choices(['Jade waves', '玉色水波', '32', 18], ['Plum ikat', '梅紫扎经', '34', 11]),
			picture: { by: cushion, color: '#2f6f63', accent: ink.celadon, style: 1, on: ['sweep', 'blush'], near: ['table', 'indigo', 1.6, 500, 560] },
		},
		{
			title: ['Market basket with handle', '提手买菜篮'],
			text: [
				'Woven from split bamboo with a band of dyed cane. Carries vegetables on weekdays and looks innocent full of wool on Sundays.',
				'竹篾编身，一道染色藤。平日装菜，周日装毛线，看起来很无辜。',
			],
			category: 'home',
			variants: single('36', 16),
			picture: { by: basket, color: ink.vermilion, accent: ink.indigo, style: 1, on: ['awning', 'rice'], near: ['table', 'moss', 1.6, 480, 620] },
		},
		{
			title: ['Wall clock, four blossoms', '四时花挂钟'],
			text: [
				'Turned rosewood rim, a sweep movement that does not tick at night. Four blossoms stand where the numbers argued too much.',
				'红木车边，扫秒机芯，夜里不出声。数字吵得厉害，换成了四朵花。',
			],
			category: 'home',
			variants: single('58', 6),
			picture: { by: clock, color: '#b8443a', accent: ink.wheat, style: 1, on: ['sweep', 'celadon'], near: ['shelf', 'stone', 1.6, 500, 470] },
		},
		{
			title: ['Guest blanket stack', '客人来了毯子三条'],
			text: [
				'Three light cotton blankets, because somebody always stays. They shrink once, together, and then never again.',
				'三条薄棉毯，因为总有人会留下过夜。一起缩一次水，然后就再也不缩了。',
			],
			category: 'home',
			coin: 'native',
			variants: single('0.018', 9),
			picture: { by: folded, color: ink.jade, accent: ink.clay, style: 1, on: ['shelf', 'rice'], near: ['sweep', 'wheat', 1.6, 480, 540] },
		},
	],
};
