import { ink } from '../../drawing/color.ts';
import { comb } from '../../drawing/painters/beauty/comb.ts';
import { creamJar } from '../../drawing/painters/beauty/cream-jar.ts';
import { dropper } from '../../drawing/painters/beauty/dropper.ts';
import { pumpBottle } from '../../drawing/painters/beauty/pump-bottle.ts';
import { soap } from '../../drawing/painters/beauty/soap.ts';
import { towels } from '../../drawing/painters/beauty/towels.ts';
import { tube } from '../../drawing/painters/beauty/tube.ts';
import { choices, type SeededShop, SIZE, single } from '../goods.ts';

export const camelliaBath: SeededShop = {
	slug: 'camellia-bath',
	owner: 'sato-aya',
	kind: 'b2c',
	theme: 'plum',
	country: 'JP',
	name: ['Camellia Bath House', '山茶浴室'],
	tagline: ['Seven ingredients, five of them water and time', '七样原料，其中五样是水和时间'],
	about: [
		'A former public bath in Kanazawa, closed in 1998, reopened as a soap room in 2020. We cure every bar for eight weeks on the old changing-room shelves. Nothing here promises youth; it promises to smell of what it is made of and to rinse off.',
		'金泽一间一九九八年歇业的澡堂，二〇二〇年改成了皂房。每块皂在旧更衣柜上晾八个星期。我们不许诺年轻，只许诺它闻起来就是它的原料，而且冲得干净。',
	],
	sign: '水',
	coin: 'eur',
	shipping: '7',
	shipByDays: 3,
	confirmByDays: 10,
	cancelHours: 12,
	returnDays: 14,
	goods: [
		{
			title: ['Camellia soap, eight weeks', '八周山茶皂'],
			text: [
				'Camellia oil, olive oil, lye, rice water. It lathers small and dense and leaves skin feeling like skin. The stamp is carved by a man who otherwise makes shop signs.',
				'山茶油、橄榄油、碱、淘米水。泡沫细密，洗完皮肤就是皮肤的感觉。印章是做招牌的师傅刻的。',
			],
			category: 'beauty',
			options: [['Pieces', '数量']],
			variants: choices(['One', '单块', '9', 70], ['Three', '三块', '25', 30]),
			facts: [
				[
					['Weight', '净重'],
					['100 g', '100 克'],
				],
				[
					['Scent', '气味'],
					['Almost none', '几乎没有'],
				],
			],
			picture: { by: soap, color: '#e6c9b0', accent: ink.vermilion, style: 2, on: ['table', 'blush'], near: ['sweep', 'celadon', 1.7, 480, 620] },
		},
		{
			title: ['Yuzu peel soap', '柚子皮皂'],
			text: [
				'Dried yuzu from a temple garden, grated by hand every December. Wakes up a bathroom.',
				'寺院里的柚子，每年十二月手工擦皮晒干。能把整间浴室叫醒。',
			],
			category: 'beauty',
			variants: single('10', 44),
			picture: { by: soap, color: '#e3b64d', accent: '#b8741f', style: 0, on: ['moon', 'sky'], near: ['boards', 'wheat', 1.7, 470, 620] },
		},
		{
			title: ['Charcoal and mint soap', '竹炭薄荷皂'],
			text: [
				'Swirled by one turn of a chopstick. For gardeners, mechanics and people who cook with garlic.',
				'拿筷子搅一圈，就是这道纹。给种花的、修车的，还有做菜放蒜的人。',
			],
			category: 'beauty',
			variants: single('10', 38),
			picture: { by: soap, color: '#4c5258', accent: ink.celadon, style: 1, on: ['sweep', 'stone'], near: ['table', 'jade', 1.7, 470, 620] },
		},
		{
			title: ['Shampoo, seaweed and rice', '海藻米露洗发水'],
			text: [
				'Clear, calm, pours slowly. Refill pouches cost a third less; the bottle is meant to grow old with you.',
				'清澈，安静，倒得很慢。补充装便宜三分之一，瓶子是要陪您变老的。',
			],
			category: 'beauty',
			options: [['Format', '包装']],
			variants: choices(['Bottle, 400 ml', '瓶装 400 毫升', '24', 26], ['Refill, 400 ml', '补充装 400 毫升', '16', 51]),
			picture: { by: pumpBottle, color: '#3c6e66', accent: ink.brass, style: 0, on: ['arch', 'celadon'], near: ['shelf', 'sky', 1.6, 430, 580] },
		},
		{
			title: ['Body wash, hinoki', '桧木沐浴露'],
			text: [
				'Steam-distilled from sawdust a carpenter used to throw away. Smells like the inside of a new drawer, in the best sense.',
				'用木匠原本要扔的锯末蒸馏而成。闻起来像新抽屉里面，褒义。',
			],
			category: 'beauty',
			variants: single('22', 19),
			picture: { by: pumpBottle, color: '#b98a5f', accent: ink.charcoal, style: 1, on: ['window', 'dawn'], near: ['sweep', 'moss', 1.6, 430, 580] },
		},
		{
			title: ['Camellia hair oil', '山茶发油'],
			text: [
				'Three drops for short hair, five for long, none for cats. Pressed from Oshima seeds, filtered through paper twice.',
				'短发三滴，长发五滴，猫不用。大岛茶籽压榨，纸滤两遍。',
			],
			category: 'beauty',
			options: [SIZE],
			variants: choices(['30 ml', '30 毫升', '19', 33], ['100 ml', '100 毫升', '48', 9]),
			picture: { by: dropper, color: '#8a4b1d', accent: ink.vermilion, style: 0, on: ['moon', 'blush'], near: ['table', 'celadon', 1.6, 440, 580] },
		},
		{
			title: ['Hand cream for people who work', '干活的人用的护手霜'],
			text: [
				'Sinks in before the kettle boils. Beeswax, squalane from rice bran, a trace of shiso. The tube is aluminium and can be rolled to the last gram.',
				'水还没开就吸收了。蜂蜡、米糠角鲨烷、一点紫苏。铝管，卷到最后一克。',
			],
			category: 'beauty',
			variants: single('14', 58),
			picture: { by: tube, color: '#c65a45', accent: ink.wheat, style: 0, on: ['sweep', 'rice'], near: ['boards', 'lilac', 1.7, 440, 740] },
		},
		{
			title: ['Bath salt, sea and flower', '海盐花瓣浴盐'],
			text: [
				'Noto sea salt evaporated over wood, rose petals from the neighbour who does not mind. Two handfuls, twenty minutes, no phone.',
				'能登海水柴火熬的盐，邻居不介意被摘的玫瑰。两把，二十分钟，不带手机。',
			],
			category: 'beauty',
			variants: single('26', 22),
			picture: { by: creamJar, color: '#9a5a72', accent: ink.vermilion, style: 0, on: ['shelf', 'lilac'], near: ['sweep', 'dawn', 1.6, 430, 640] },
		},
		{
			title: ['Boxwood comb', '黄杨木梳'],
			text: [
				'Cut tooth by tooth, soaked in camellia oil for a month. Never static, never hurried. The blossom is inlaid, not printed.',
				'一齿一齿开，山茶油里泡一个月。不起静电，也不着急。花是镶的，不是印的。',
			],
			category: 'beauty',
			variants: single('42', 2),
			picture: { by: comb, color: ink.amber, accent: ink.cream, style: 1, on: ['linen', 'celadon'], near: ['boards', 'blush', 1.7, 480, 420] },
		},
		{
			title: ['Face towels, tray of four', '面巾四条（附木盘）'],
			text: [
				'Imabari cotton, undyed or barely. They get softer for about three years and then stay that way.',
				'今治棉，不染，或者只染一点点。前三年越洗越软，之后一直那样软。',
			],
			category: 'home',
			variants: single('36', 15),
			picture: { by: towels, color: ink.blush, accent: ink.celadon, style: 0, on: ['table', 'sky'], near: ['shelf', 'rice', 1.6, 470, 620] },
		},
	],
};
