import { buyers } from './data/people.ts';
import { createRandom, type Random } from './drawing/random.ts';

/** How one order of the seeded world goes. */
export type Course = 'completed' | 'released' | 'shipped' | 'placed' | 'disputed' | 'ruled' | 'late' | 'cancelled' | 'refunded';

/** What happens in one order, and on which day of the world's past (0 is the first). Steps left out never happen. */
export interface Plot {
	index: number;
	course: Course;
	buyer: string;
	placedOn: number;
	shippedOn?: number;
	cancelledOn?: number;
	refundedOn?: number;
	disputedOn?: number;
	ruledOn?: number;
	/** Basis points that the arbitrator gives back to the buyer. */
	buyerBps?: number;
	confirmedOn?: number;
	/** The buyer's review. */
	reviewedOn?: number;
	rating?: number;
	repliedOn?: number;
	/** The shop's review of the buyer. */
	praisedOn?: number;
}

/** Days of past that the world has. */
export const PAST_DAYS = 40;
/** Every shop has opened by then. */
export const OPENING_DAYS = 9;

const COURSES: [Course, number][] = [
	['completed', 44],
	['released', 6],
	['shipped', 10],
	['placed', 9],
	['disputed', 2],
	['ruled', 3],
	['late', 3],
	['cancelled', 4],
	['refunded', 3],
];

/** Eighty-four orders, in every state there is, the same on every machine. */
export function plotOrders(): Plot[] {
	const random = createRandom('plots');
	const courses = COURSES.flatMap(([course, count]) => Array<Course>(count).fill(course));
	return courses.map((course, index) => ({
		index,
		course,
		buyer: buyers[(index * 7 + random.integer(0, 2)) % buyers.length]?.id ?? 'chen-yu',
		...stepsOf(course, random),
	}));
}

function stepsOf(course: Course, random: Random): Omit<Plot, 'index' | 'course' | 'buyer'> {
	const within = (from: number, to: number) => Math.round(random.between(from, to) * 10) / 10;
	switch (course) {
		case 'completed':
			return completed(within(OPENING_DAYS + 0.5, 30), random);
		case 'released': {
			const placedOn = within(OPENING_DAYS + 0.5, 18);
			return { placedOn, shippedOn: placedOn + 1 };
		}
		case 'shipped': {
			const placedOn = within(34, 37.8);
			return { placedOn, shippedOn: placedOn + within(0.6, 1.4) };
		}
		case 'placed':
			return { placedOn: within(38.4, 39.9) };
		case 'disputed': {
			const placedOn = within(29, 31);
			return { placedOn, shippedOn: placedOn + 1, disputedOn: placedOn + 5.5 };
		}
		case 'ruled': {
			const placedOn = within(11, 18);
			return {
				placedOn,
				shippedOn: placedOn + 1,
				disputedOn: placedOn + 5,
				ruledOn: placedOn + 9,
				buyerBps: random.pick([10_000, 5000, 0]),
				reviewedOn: placedOn + 10,
				rating: random.integer(2, 4),
			};
		}
		case 'late':
			return { placedOn: within(OPENING_DAYS + 1, 30) };
		case 'cancelled': {
			const placedOn = within(12, 36);
			return { placedOn, cancelledOn: placedOn };
		}
		case 'refunded': {
			const placedOn = within(12, 34);
			return { placedOn, refundedOn: placedOn + 1.2 };
		}
	}
}

function completed(placedOn: number, random: Random): Omit<Plot, 'index' | 'course' | 'buyer'> {
	const shippedOn = placedOn + random.between(0.5, 1.4);
	const confirmedOn = shippedOn + random.between(1.6, 4.6);
	const steps = { placedOn, shippedOn, confirmedOn };
	if (random.chance(0.14)) return steps;
	const rating = random.pick([5, 5, 5, 5, 5, 5, 4, 4, 4, 3, 2]);
	const reviewedOn = confirmedOn + random.between(0.1, 1);
	return {
		...steps,
		rating,
		reviewedOn,
		...(rating < 4 || random.chance(0.4) ? { repliedOn: reviewedOn + random.between(0.4, 1.2) } : {}),
		...(random.chance(0.5) ? { praisedOn: confirmedOn + random.between(0.5, 1.5) } : {}),
	};
}
