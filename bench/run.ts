// `npm run bench`: everything that is measured, one after the other; `-- ssr`, `-- orders` or `-- checkout` measures one.

import { buildWeb } from '../scripts/web/build-web.ts';
import { benchCheckout, reportCheckout } from './checkout.ts';
import { benchOrders, reportOrders } from './orders.ts';
import { benchSsr, reportSsr } from './ssr.ts';

const wanted = process.argv.slice(2);
const chosen = (name: string) => wanted.length === 0 || wanted.includes(name);
const figures: Record<string, unknown> = {};
if (chosen('ssr')) {
	console.log((await buildWeb()) ? 'web built' : 'web unchanged');
	const ssr = await benchSsr();
	reportSsr(ssr);
	figures.ssr = ssr;
}
if (chosen('orders')) {
	const orders = await benchOrders();
	reportOrders(orders);
	figures.orders = orders;
}
if (chosen('checkout')) {
	const checkout = await benchCheckout();
	reportCheckout(checkout);
	figures.checkout = checkout;
}
console.log(JSON.stringify({ bench: 'kaishi', ...figures }));
