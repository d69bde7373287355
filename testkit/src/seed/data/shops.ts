import type { SeededShop } from './goods.ts';
import { bambooHand } from './shops/bamboo-hand.ts';
import { camelliaBath } from './shops/camellia-bath.ts';
import { kilnNine } from './shops/kiln-nine.ts';
import { lanternLane } from './shops/lantern-lane.ts';
import { longWay } from './shops/long-way.ts';
import { mulberryThread } from './shops/mulberry-thread.ts';
import { oldStreetPaper } from './shops/old-street-paper.ts';
import { pixelOrchard } from './shops/pixel-orchard.ts';
import { signalKey } from './shops/signal-key.ts';
import { woodenFox } from './shops/wooden-fox.ts';
import { wuPantry } from './shops/wu-pantry.ts';
import { yunlingTea } from './shops/yunling-tea.ts';

/** In the order they opened. */
export const shops: readonly SeededShop[] = [
	oldStreetPaper,
	yunlingTea,
	kilnNine,
	woodenFox,
	mulberryThread,
	lanternLane,
	wuPantry,
	signalKey,
	camelliaBath,
	longWay,
	pixelOrchard,
	bambooHand,
];
