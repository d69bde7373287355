import type { Category } from '@kaishi/protocol/shop';
import type { Both } from './goods.ts';

/** What buyers write, by stars; index 0 unused. Texts fit any goods of their category, else of `any`. */
export const praise: Partial<Record<Category, Both[]>> & { any: Both[] } = {
	tea: [
		[
			'The leaves stand up in the glass exactly as described. My father asked for the shop’s name, which he never does.',
			'叶子真的在杯子里一根根立起来。我爸主动问我店名，他从来不问。',
		],
		['Fresh, no dust at the bottom of the tin, and the handwritten note with brewing times was right.', '很新鲜，罐底没有碎末，手写的冲泡时间卡也准。'],
		['Third order. The eighth cup still tastes of something.', '第三次买了，第八泡还有味道。'],
	],
	ceramics: [
		[
			'Heavier than it looks and pours without a drip. There is a fingerprint in the glaze near the foot; I would not trade it.',
			'比照片看着沉，断水很利落。足边有一枚指纹，给我换一个我还不换。',
		],
		['Packed like an egg inside an egg. Not a chip.', '包得像蛋里套蛋，一点没磕。'],
		[
			'The colour shifts all day on the windowsill. Sent photographs to my mother; she ordered two.',
			'放在窗台上，一天颜色变好几回。拍给我妈看，她下单了两个。',
		],
	],
	food: [
		['Gone in four days. I have hidden the second jar from myself.', '四天吃完。第二瓶我藏起来防自己。'],
		['Tastes like my grandmother’s, and I do not say that lightly.', '跟我奶奶做的一个味道，这话我不随便说。'],
		['Arrived with ice packs still cold and a note telling me to eat properly.', '到的时候冰袋还是凉的，附了张条子叫我好好吃饭。'],
	],
	fashion: [
		['The hem is really rolled by hand; you can see where somebody stopped for tea.', '卷边真是手工的，看得出哪儿停下来喝过茶。'],
		['True to size, soft after one wash, complimented by a stranger on the tram.', '尺码准，洗一次就软了，电车上有陌生人夸。'],
		['The stripes meet at the seams. All of them.', '条纹在接缝处都对上了，全部。'],
	],
	toys: [
		['Chewed for three weeks, still intact. The child is also fine.', '被啃了三周，完好无损。孩子也完好。'],
		['He takes it to bed. I have stepped on it twice and bear no grudge.', '他睡觉都抱着。我踩到两次，不记仇。'],
	],
	electronics: [
		[
			'Opened it on day one to see whether they meant it. Four screws, clean soldering, spare gasket in the bag.',
			'到手第一天就拆了，看他们是不是说真的：四颗螺丝，焊点干净，袋里还有备用垫圈。',
		],
		['Does one thing, properly, without asking me to make an account.', '只做一件事，做得好，不用注册账号。'],
	],
	digital: [
		[
			'Downloaded, installed, used within five minutes. The licence is one page and I understood all of it.',
			'下载、安装、用上，五分钟。授权一页纸，我全看懂了。',
		],
		['Layers named like a human being would. Thank you.', '图层名字是人起的，谢谢。'],
	],
	any: [
		['Exactly as described, and packed with care. I will be back.', '和描述一模一样，包得也用心，会再来。'],
		['Quick, kind, and better in the hand than in the picture.', '发得快，人很好，拿在手里比照片还好。'],
		['A small thing done well. It makes the morning better.', '小东西，做得好，早上心情都好一点。'],
	],
};

export const middling: Both[] = [
	['Lovely, but it took two days longer than promised. The seller wrote before I had to ask.', '东西很好，就是比说的晚了两天。好在店家先来打了招呼。'],
	['Good quality; a little smaller than I imagined. Measure before you buy.', '质量不错，比想象的小一点。买前量一下。'],
	['Nice, though the box had a corner crushed. The thing itself was fine.', '不错，外盒压了个角，里面没事。'],
];

export const complaints: Both[] = [
	['The colour is quite different from the picture in daylight. Sent a message, waiting.', '白天看颜色和图差得挺多，已留言，等回复。'],
	['It works, but mine came without the spare part the listing mentions.', '能用，但说好的备件没放进来。'],
];

export const thanks: Both[] = [
	['Thank you! The next firing will have more of this glaze; I will think of your windowsill.', '谢谢您！下一窑会多做一些，我会想起您的窗台。'],
	['You made the whole workshop smile. Please send a photograph when it has aged a little.', '大伙儿都乐了。用旧一点的时候，麻烦拍张照给我们看看。'],
	['Thank you for writing it down. It helps more than you think.', '谢谢您写下来，比您想的要管用。'],
	['I am sorry about the wait: the rain closed the road for two days. Next time the tea is on us.', '让您久等了，下雨封了两天路。下回茶算我们的。'],
	['We missed it when packing. It left this morning, at our cost, with something small besides.', '打包时漏了，今早已补寄，运费我们出，另附一点小心意。'],
];

export const ofBuyers: Both[] = [
	['Paid at once, confirmed the day it arrived. A pleasure.', '付款快，到货当天就确认，很愉快。'],
	['Clear address, kind words. Welcome any time.', '地址清楚，说话客气，随时欢迎。'],
	['Patient while the road was closed. Thank you.', '封路那几天很有耐心，谢谢。'],
];

export const disputeReasons: Both[] = [
	['The parcel arrived, but the lid is cracked right through. I sent photographs twice and had no answer.', '包裹到了，盖子裂穿了。照片发了两次，没有回音。'],
	[
		'This is a different colour and size from the one I ordered, and the seller says it is “close enough”.',
		'颜色和尺寸都不是我下单的那款，店家说“差不多就行”。',
	],
	['Tracking says delivered to a neighbour. I asked on the whole floor; nobody has it.', '物流显示邻居代收，我整层楼都问了，没人收到。'],
	['Two of the three pieces are missing from the box.', '盒子里三件少了两件。'],
];

export const carriers = ['SF Express', 'EMS', 'DHL', '中通快递', 'Poste Italiane', 'SingPost'] as const;
