import { Cast } from './cast.ts';
import type { CastNews, CastOrder } from './messages.ts';
import { askPublishTicket } from './publish-ticket.ts';
import type { SoundPiece } from './sound.ts';

/** A worker's own side, which TypeScript's browser library does not know. */
const page = globalThis as unknown as { postMessage(news: CastNews): void; onmessage: ((event: MessageEvent<CastOrder>) => void) | null };
const cast = new Cast((news) => page.postMessage(news));

page.onmessage = ({ data: order }) => {
	if (order.do === 'frame') cast.frame(order.frame);
	else if (order.do === 'picture') cast.picture(order.source, order.framesPerSecond);
	else if (order.do === 'sound') order.port.onmessage = ({ data }: MessageEvent<SoundPiece>) => cast.sound(data);
	else if (order.do === 'publish') cast.publish(() => askPublishTicket(order.showId));
	else if (order.do === 'network') cast.network(order.online);
	else if (order.do === 'end') cast.leave(true);
	else if (order.do === 'stop') cast.close();
	else cast.pause(order.do === 'pause');
};
