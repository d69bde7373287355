/** Everybody in the seeded world. Names and addresses are invented. */
export interface Person {
	id: string;
	name: string;
	/** Whether they sign with a passkey or an external wallet. */
	signs: 'wallet' | 'passkey';
	home: { phone: string; country: string; region: string; city: string; street: string; postcode: string };
	/** The language they write reviews in. */
	writes: 'en' | 'zh-CN';
}

const person = (
	id: string,
	name: string,
	writes: Person['writes'],
	home: [phone: string, country: string, region: string, city: string, street: string, postcode: string],
	signs: Person['signs'] = 'wallet',
): Person => {
	const [phone, country, region, city, street, postcode] = home;
	return { id, name, signs, writes, home: { phone, country, region, city, street, postcode } };
};

const nowhere: [string, string, string, string, string, string] = ['+86 571 5550 0000', 'CN', '浙江', '杭州', '运河路 1 号', '310000'];

/** Owners of shops, and makers who share in their sales. */
export const sellers: readonly Person[] = [
	person('zhou-min', '周敏', 'zh-CN', nowhere),
	person('he-qiu', '何秋', 'zh-CN', nowhere),
	person('elena-rossi', 'Elena Rossi', 'en', nowhere),
	person('lin-shu', '林姝', 'zh-CN', nowhere),
	person('xu-wen', '徐闻', 'zh-CN', nowhere),
	person('mei-lan', 'Mei Lan Ooi', 'en', nowhere),
	person('wu-popo', '吴桂芝', 'zh-CN', nowhere),
	person('jonas-weber', 'Jonas Weber', 'en', nowhere),
	person('tang-yi', '唐弈', 'zh-CN', nowhere),
	person('sato-aya', '佐藤彩', 'zh-CN', nowhere),
	person('amara-osei', 'Amara Osei', 'en', nowhere),
	person('noor-haddad', 'Noor Haddad', 'en', nowhere),
	person('luo-dashan', '罗大山', 'zh-CN', nowhere),
	person('deng-shouyi', '邓守义', 'zh-CN', nowhere),
];

/** Who has staked to judge. */
export const jurors: readonly Person[] = [
	person('shen-ping', '沈平', 'zh-CN', nowhere, 'passkey'),
	person('ruth-adeyemi', 'Ruth Adeyemi', 'en', nowhere, 'passkey'),
	person('fang-zheng', '方正', 'zh-CN', nowhere, 'passkey'),
	person('nils-holm', 'Nils Holm', 'en', nowhere, 'passkey'),
	person('yan-heng', '严衡', 'zh-CN', nowhere, 'passkey'),
];

export const buyers: readonly Person[] = [
	person('chen-yu', '陈雨', 'zh-CN', ['+86 138 5550 0101', 'CN', '上海', '上海', '梧桐里 18 弄 3 号 602 室', '200031']),
	person('liang-bo', '梁博', 'zh-CN', ['+86 139 5550 0102', 'CN', '广东', '广州', '榕荫街 27 号', '510000']),
	person('sophie-martin', 'Sophie Martin', 'en', ['+33 1 55 50 01 03', 'FR', 'Île-de-France', 'Paris', '14 rue des Tisserands', '75020']),
	person('daniel-okafor', 'Daniel Okafor', 'en', ['+44 20 5550 0104', 'GB', '', 'London', '9 Lantern Court', 'E8 4QN']),
	person('wang-yiyi', '王依依', 'zh-CN', ['+86 136 5550 0105', 'CN', '四川', '成都', '玉带巷 5 号', '610000'], 'passkey'),
	person('hana-kim', 'Hana Kim', 'en', ['+82 2 5550 0106', 'KR', '', 'Seoul', '31 Dalmaji-gil', '04524']),
	person('zhao-qing', '赵青', 'zh-CN', ['+86 137 5550 0107', 'CN', '北京', '北京', '槐树胡同 40 号', '100009']),
	person('marco-bianchi', 'Marco Bianchi', 'en', ['+39 02 5550 0108', 'IT', 'Lombardia', 'Milano', 'Via dei Librai 6', '20121']),
	person('liu-xiaoman', '刘小满', 'zh-CN', ['+86 135 5550 0109', 'CN', '湖北', '武汉', '江汉里 88 号', '430000']),
	person('priya-nair', 'Priya Nair', 'en', ['+91 80 5550 0110', 'IN', 'Karnataka', 'Bengaluru', '22 Neem Street', '560038']),
	person('sun-heng', '孙衡', 'zh-CN', ['+86 150 5550 0111', 'CN', '江苏', '南京', '石鼓桥 12 号', '210000']),
	person('tom-larsen', 'Tom Larsen', 'en', ['+45 5550 0112', 'DK', '', 'København', 'Havnegade 45', '1058'], 'passkey'),
	person('gao-yuan', '高远', 'zh-CN', ['+86 151 5550 0113', 'CN', '陕西', '西安', '书院后巷 7 号', '710000']),
	person('maya-cohen', 'Maya Cohen', 'en', ['+1 415 555 0114', 'US', 'CA', 'San Francisco', '301 Fogline Ave', '94110']),
	person('he-ran', '何然', 'zh-CN', ['+86 152 5550 0115', 'CN', '浙江', '杭州', '拱宸路 66 号', '310015']),
	person('lukas-novak', 'Lukáš Novák', 'en', ['+420 255 500 116', 'CZ', '', 'Praha', 'Mlýnská 8', '170 00']),
	person('zhu-lin', '朱琳', 'zh-CN', ['+86 153 5550 0117', 'CN', '福建', '厦门', '鹭江里 21 号', '361000']),
	person('aisha-rahman', 'Aisha Rahman', 'en', ['+65 5550 0118', 'SG', '', 'Singapore', '5 Pandan Walk #04-11', '128905']),
	person('deng-kai', '邓凯', 'zh-CN', ['+86 155 5550 0119', 'CN', '湖南', '长沙', '橘洲巷 3 号', '410000']),
	person('julia-santos', 'Júlia Santos', 'en', ['+55 11 5550 0120', 'BR', 'SP', 'São Paulo', 'Rua das Figueiras 77', '01420-001']),
	person('fan-mo', '范墨', 'zh-CN', ['+86 156 5550 0121', 'CN', '山东', '青岛', '栈桥里 9 号', '266000'], 'passkey'),
	person('oliver-brandt', 'Oliver Brandt', 'en', ['+49 30 5550 0122', 'DE', '', 'Berlin', 'Kastanienweg 19', '10435']),
	person('tan-siew', '陈秀', 'zh-CN', ['+60 4 5550 0123', 'MY', 'Pulau Pinang', 'George Town', '18 Lebuh Kapas', '10200']),
	person('emma-jansen', 'Emma Jansen', 'en', ['+31 20 555 0124', 'NL', '', 'Amsterdam', 'Tulpkade 50', '1012 AB']),
];
