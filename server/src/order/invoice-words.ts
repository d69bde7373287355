import type { InvoiceState, TaxCategory } from '@kaishi/protocol/order';
import type { Locale } from '@kaishi/protocol/platform/local-text';

/** The words of a printed document. Pages have theirs in `web/messages`; the server cannot read those. */
export interface InvoiceWords {
	invoice: string;
	creditNote: string;
	number: string;
	date: string;
	corrects: string;
	seller: string;
	buyer: string;
	noAddress: string;
	noLegal: string;
	taxId: string;
	account: string;
	item: string;
	quantity: string;
	unitPrice: string;
	taxRate: string;
	tax: string;
	amountWith: string;
	amountWithout: string;
	shipping: string;
	sku: string;
	net: string;
	total: string;
	totalCredit: string;
	contained: string;
	unreadable: string;
	paidIn: (symbol: string) => string;
	categories: Record<TaxCategory, string>;
	states: Record<InvoiceState, string>;
	divided: (seller: string, buyer: string) => string;
	terms: string;
	shipBy: (date: string) => string;
	digital: string;
	confirmBy: (duration: string) => string;
	cancel: (duration: string) => string;
	returns: (duration: string) => string;
	returnsUntilTaken: (duration: string) => string;
	refundOnly: (duration: string) => string;
	restocking: (share: string) => string;
	returnParcel: (amount: string) => string;
	exchange: string;
	warranty: (duration: string, share: string) => string;
	noReturns: string;
	arbitrator: (account: string) => string;
	customs: string;
	weight: string;
	size: string;
	origin: string;
	hsCode: string;
	duties: Record<'ddp' | 'dap', string>;
	proof: string;
	proofText: string;
	order: string;
	termsHash: string;
	block: string;
	transaction: string;
	contract: string;
	chain: string;
	listing: (id: string, version: number) => string;
}

const en: InvoiceWords = {
	invoice: 'Invoice',
	creditNote: 'Credit note',
	number: 'Number',
	date: 'Date',
	corrects: 'Corrects invoice',
	seller: 'Seller',
	buyer: 'Buyer',
	noAddress: 'No delivery address: nothing was shipped.',
	noLegal: 'The seller has published no legal name or address.',
	taxId: 'Tax id',
	account: 'Account',
	item: 'Item',
	quantity: 'Qty',
	unitPrice: 'Unit price',
	taxRate: 'Rate',
	tax: 'Tax',
	amountWith: 'Amount with tax',
	amountWithout: 'Amount before tax',
	shipping: 'Delivery',
	sku: 'Article',
	net: 'Before tax',
	total: 'Total',
	totalCredit: 'Total credited',
	contained: 'contained in the total',
	unreadable: 'Goods whose description cannot be read',
	paidIn: (symbol) => `Amounts in ${symbol}, the currency of settlement.`,
	categories: {
		S: 'Taxed',
		Z: 'Zero rated',
		E: 'Exempt from tax',
		AE: 'Reverse charge: the buyer accounts for the tax',
		G: 'Export, not taxed here',
		O: 'No tax charged',
	},
	states: {
		held: 'Paid. The contract holds the money until the order ends.',
		completed: 'Paid and released to the seller.',
		refunded: 'Refunded in full.',
		divided: 'Refunded in part.',
	},
	divided: (seller, buyer) => `${seller} released to the seller, ${buyer} returned to the buyer.`,
	terms: 'Terms of the sale',
	shipBy: (date) => `Shipped by ${date}, otherwise all money goes back by itself.`,
	digital: 'Delivered at once, as a download.',
	confirmBy: (duration) => `The money is released when the buyer confirms, or ${duration} after shipping.`,
	cancel: (duration) => `The buyer may cancel within ${duration} of ordering, unless the goods have been shipped.`,
	returns: (duration) => `The buyer may return the goods within ${duration} of delivery without giving a reason.`,
	returnsUntilTaken: (duration) => `The buyer may have the money back within ${duration} without giving a reason, until the file is taken.`,
	refundOnly: (duration) => `The buyer may have the money back within ${duration} of delivery without giving a reason, and keeps the goods.`,
	restocking: (share) => `Of a return without a reason the seller keeps ${share} of the price.`,
	returnParcel: (amount) => `Of a return without a reason the seller keeps ${amount} for the parcel.`,
	exchange: 'Within that time the buyer may exchange the goods once.',
	warranty: (duration, share) => `Warranty of ${duration}: until then ${share} of the total stays in the contract for claims.`,
	noReturns: 'No return without a reason.',
	arbitrator: (account) => `Disputes are ruled by ${account}.`,
	customs: 'Customs',
	weight: 'Weight per piece',
	size: 'Size',
	origin: 'Country of origin',
	hsCode: 'HS code',
	duties: { ddp: 'Import duties are paid by the seller (DDP).', dap: 'Import duties are paid by the buyer (DAP).' },
	proof: 'Proof',
	proofText:
		'Payment and terms stand on the chain. Ask any node for the transaction below: its receipt holds an OrderPlaced event of the contract with this order number, which is the EIP-712 hash of everything agreed. Tax is computed from the listing and the shop profile as published before that block.',
	order: 'Order',
	termsHash: 'Hash of the terms',
	block: 'Block',
	transaction: 'Transaction',
	contract: 'Contract',
	chain: 'Chain',
	listing: (id, version) => `Listing ${id}, version ${version}`,
};

const zh: InvoiceWords = {
	invoice: '销售账单',
	creditNote: '红字账单',
	number: '编号',
	date: '日期',
	corrects: '冲减账单',
	seller: '卖家',
	buyer: '买家',
	noAddress: '没有收货地址：无需寄送。',
	noLegal: '卖家没有公布法定名称和地址。',
	taxId: '税号',
	account: '账户',
	item: '项目',
	quantity: '数量',
	unitPrice: '单价',
	taxRate: '税率',
	tax: '税额',
	amountWith: '含税金额',
	amountWithout: '不含税金额',
	shipping: '运费',
	sku: '货号',
	net: '不含税合计',
	total: '合计',
	totalCredit: '冲减合计',
	contained: '已含在合计中',
	unreadable: '无法读取说明的商品',
	paidIn: (symbol) => `金额以结算币种 ${symbol} 计。`,
	categories: { S: '应税', Z: '零税率', E: '免税', AE: '反向征收：由买方申报税款', G: '出口，本地不征税', O: '未征税' },
	states: { held: '已付款。订单结束前由合约托管。', completed: '已付款，货款已放给卖家。', refunded: '已全额退款。', divided: '已部分退款。' },
	divided: (seller, buyer) => `${seller} 已放给卖家，${buyer} 已退还买家。`,
	terms: '交易条款',
	shipBy: (date) => `${date}前发货，否则货款自动全额退回。`,
	digital: '付款后立即以下载方式交付。',
	confirmBy: (duration) => `买家确认收货时放款，最迟发货后${duration}。`,
	cancel: (duration) => `下单后${duration}内，未发货前买家可以取消。`,
	returns: (duration) => `送达后${duration}内可无理由退货。`,
	returnsUntilTaken: (duration) => `取得文件前，${duration}内可无理由退款。`,
	refundOnly: (duration) => `送达后${duration}内可无理由退款，货品不用寄回。`,
	restocking: (share) => `无理由退货时，卖家保留商品价的 ${share}。`,
	returnParcel: (amount) => `无理由退货时，卖家保留退货运费 ${amount}。`,
	exchange: '期内可换货一次。',
	warranty: (duration, share) => `质保${duration}：期内价款的 ${share} 留在合约中，用于质保申请。`,
	noReturns: '不支持无理由退货。',
	arbitrator: (account) => `争议由 ${account} 裁决。`,
	customs: '报关',
	weight: '单件重量',
	size: '尺寸',
	origin: '原产国',
	hsCode: 'HS 编码',
	duties: { ddp: '进口税费由卖家承担（DDP）。', dap: '进口税费由买家承担（DAP）。' },
	proof: '凭证',
	proofText:
		'付款与条款记录在链上。向任一节点查询下列交易：其回执中有该合约的 OrderPlaced 事件，带有本订单号，即双方约定全部内容的 EIP-712 哈希。税额按该区块之前公布的商品与店铺资料计算。',
	order: '订单',
	termsHash: '条款哈希',
	block: '区块',
	transaction: '交易',
	contract: '合约',
	chain: '链',
	listing: (id, version) => `商品 ${id}，第 ${version} 版`,
};

export const invoiceWords: Record<Locale, InvoiceWords> = { en, 'zh-CN': zh };
