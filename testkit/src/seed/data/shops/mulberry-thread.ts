import { ink } from '../../drawing/color.ts';
import { folded } from '../../drawing/painters/fashion/folded.ts';
import { hat } from '../../drawing/painters/fashion/hat.ts';
import { scarf } from '../../drawing/painters/fashion/scarf.ts';
import { shirt } from '../../drawing/painters/fashion/shirt.ts';
import { socks } from '../../drawing/painters/fashion/socks.ts';
import { tote } from '../../drawing/painters/fashion/tote.ts';
import { strawHat } from '../../drawing/painters/outdoors/straw-hat.ts';
import { COLOUR, choices, grid, type SeededShop, SIZE, single, sizes } from '../goods.ts';

export const mulberryThread: SeededShop = {
	slug: 'mulberry-thread',
	owner: 'elena-rossi',
	kind: 'b2c',
	theme: 'plum',
	country: 'IT',
	name: ['Mulberry & Thread', '桑与线'],
	tagline: ['Silk from Huzhou, cut and sewn in Como', '湖州的丝，科莫的剪裁'],
	about: [
		'Two silk towns, one long table. Lin spins and dyes in Huzhou; Elena cuts and sews on Lake Como. We make small runs, number them, and stop when the cloth is gone. Sizes run true: we measured them on our own relatives, who are not shy about it.',
		'两座丝绸小城，一张长桌。阿林在湖州缫丝染色，埃莱娜在科莫湖边裁剪缝制。每款小批量、编号，布用完就停。尺码是正的：拿自家亲戚量过，他们有意见从不憋着。',
	],
	sign: '云',
	coin: 'usd',
	shipping: '6',
	shipByDays: 4,
	confirmByDays: 14,
	cancelHours: 12,
	returnDays: 30,
	remedy: 'exchange',
	affiliateBps: 800,
	split: { person: 'lin-shu', bps: 3000 },
	goods: [
		{
			title: ['Silk square “Cranes at Dusk”, 90 cm', '“暮鹤”真丝方巾 90 厘米'],
			text: [
				'Sixteen-momme twill with a hand-rolled hem: forty minutes for each side, which is why we do not offer a bigger one. The cranes fly outwards, so that however you fold it some of them escape.',
				'十六姆米斜纹绸，手工卷边：一条边四十分钟，所以我们不做更大的。鹤都朝外飞，怎么折都有几只飞得出去。',
			],
			category: 'fashion',
			options: [COLOUR],
			variants: choices(['Jade and indigo', '玉与靛', '89', 12], ['Plum and wheat', '梅与麦', '89', 7], ['Vermilion', '朱', '94', 2]),
			facts: [
				[
					['Material', '材质'],
					['100 % mulberry silk', '100% 桑蚕丝'],
				],
				[
					['Hem', '收边'],
					['Rolled by hand', '手工卷边'],
				],
			],
			picture: { by: scarf, color: ink.jade, accent: ink.indigo, style: 0, on: ['linen', 'rice'], near: ['linen', 'blush', 1.8, 640, 640] },
		},
		{
			title: ['Silk square “Waves”, 65 cm', '“青海波”真丝小方巾 65 厘米'],
			text: [
				'For necks, wrists, bag handles and small presents. The pattern is a thousand years old and still fashionable by accident.',
				'系脖子、手腕、包柄，或者包一份小礼物。这个纹样一千岁了，碰巧还在流行。',
			],
			category: 'fashion',
			options: [COLOUR],
			variants: choices(['Wheat', '麦', '52', 15], ['Celadon', '青瓷', '52', 18]),
			picture: { by: scarf, color: ink.wheat, accent: ink.jade, style: 1, on: ['paper', 'celadon'], near: ['linen', 'sky', 1.8, 420, 420] },
		},
		{
			title: ['Linen shirt, shell buttons', '贝扣亚麻衬衫'],
			text: [
				'Washed twice before it is cut, so it has finished shrinking before it meets you. Straight hem, chest pocket, five buttons of river shell. Iron it if you must.',
				'裁之前先洗两遍，缩水的事在见到您之前就结束了。平下摆，一个胸袋，五颗河贝扣。非要熨也可以。',
			],
			category: 'fashion',
			options: [COLOUR, SIZE],
			variants: grid(
				[
					['Plum', '梅紫'],
					['Sky', '天青'],
				],
				sizes('78'),
				[6, 9, 8, 3],
			),
			picture: { by: shirt, color: '#85506f', accent: ink.cream, style: 3, on: ['linen', 'lilac'], near: ['boards', 'stone', 1.8, 560, 420] },
		},
		{
			title: ['Knot-button jacket', '盘扣短褂'],
			text: [
				'A short jacket with frog buttons knotted by Lin’s mother, who refuses to do more than four a day. Cotton outside, silk where it touches you.',
				'短褂，盘扣是阿林妈妈打的，一天最多四副，多一副都不肯。外面是棉，贴身处是丝。',
			],
			category: 'fashion',
			options: [SIZE],
			variants: choices(['S', '小码', '128', 3], ['M', '中码', '128', 5], ['L', '大码', '128', 2]),
			picture: { by: shirt, color: '#bf6e4c', accent: ink.ink, style: 2, on: ['paper', 'wheat'], near: ['linen', 'clay', 1.8, 500, 470] },
		},
		{
			title: ['Round-neck tee with blossom', '团花圆领衫'],
			text: [
				'Heavy combed cotton with a flower printed from a woodblock we found under a stairwell. The ink is water-based and fades gracefully, as one hopes to.',
				'厚实精梳棉，胸前那朵花印自我们在楼梯底下翻出来的木版。水性墨，会慢慢褪得好看，谁不想这样呢。',
			],
			category: 'fashion',
			options: [SIZE],
			variants: choices(['S', '小码', '34', 14], ['M', '中码', '34', 22], ['L', '大码', '34', 19], ['XL', '加大码', '36', 8]),
			picture: { by: shirt, color: '#e8e1d2', accent: ink.vermilion, style: 1, on: ['boards', 'sky'], near: ['linen', 'celadon', 1.7, 500, 430] },
		},
		{
			title: ['Market tote, waxed canvas', '赶集帆布袋'],
			text: [
				'Holds eight kilos of oranges, tested with oranges. The handles are long enough for winter coats and the bottom is double.',
				'装得下八公斤橙子，拿橙子试过。提手够长，冬天穿大衣也挎得上，底是双层的。',
			],
			category: 'fashion',
			options: [COLOUR],
			variants: choices(['Indigo waves', '靛蓝水波', '42', 20], ['Celadon hills', '青山', '42', 16], ['Sand blossom', '砂色团花', '42', 0]),
			picture: { by: tote, color: '#3d5689', accent: '#c9d6e6', style: 1, on: ['sweep', 'rice'], near: ['shelf', 'dawn', 1.6, 500, 640] },
		},
		{
			title: ['Odd socks, a proper pair', '不对称袜子（一双）'],
			text: [
				'Two different socks that were designed together, so nobody can say you dressed in the dark. Combed cotton, reinforced where toes are ambitious.',
				'左右不同，但是一起设计的，没人能说您是摸黑穿的。精梳棉，脚趾有野心的地方加固过。',
			],
			category: 'fashion',
			variants: choices(['36–40', '36—40 码', '12', 48], ['41–45', '41—45 码', '12', 35]),
			options: [SIZE],
			picture: { by: socks, color: ink.amber, accent: ink.indigo, style: 0, on: ['paper', 'blush'], near: ['linen', 'wheat', 1.6, 430, 420] },
		},
		{
			title: ['Lambswool beanie', '羊羔毛绒球帽'],
			text: [
				'Knitted flat and sewn up by hand so that the stripes meet. The bobble can be untied for washing, or for growing up.',
				'平片织好再手工缝合，条纹对得上。绒球可以解下来洗，也可以解下来长大。',
			],
			category: 'fashion',
			options: [COLOUR],
			variants: choices(['Indigo', '靛蓝', '38', 13], ['Rust', '铁锈', '38', 9]),
			picture: { by: hat, color: '#39538a', accent: ink.vermilion, style: 1, on: ['table', 'dawn'], near: ['moon', 'sky', 1.6, 490, 560] },
		},
		{
			title: ['Wool and silk throw', '羊毛真丝盖毯'],
			text: [
				'Seventy per cent wool for the winter, thirty per cent silk for the sofa. Woven in checks that Elena calls autumn and Lin calls math homework.',
				'七成羊毛过冬，三成真丝配沙发。这格子埃莱娜叫它“秋天”，阿林叫它“算术本”。',
			],
			category: 'home',
			variants: single('145', 6),
			facts: [
				[
					['Size', '尺寸'],
					['130 × 180 cm', '130 × 180 厘米'],
				],
			],
			picture: { by: folded, color: '#9c4f3e', accent: ink.wheat, style: 4, on: ['shelf', 'celadon'], near: ['table', 'rice', 1.7, 480, 560] },
		},
		{
			title: ['Straw hat with ribbon', '缎带草帽'],
			text: [
				'Plaited wheat straw from the Marche, a silk ribbon from Huzhou. It forgives being sat on twice; we have not tried three times.',
				'马尔凯的麦秆，湖州的缎带。坐扁两次都原谅你，第三次没试过。',
			],
			category: 'fashion',
			variants: single('56', 10),
			picture: { by: strawHat, color: ink.wheat, accent: ink.plum, style: 1, on: ['hills', 'dawn'], near: ['sweep', 'blush', 1.6, 500, 650] },
		},
	],
};
