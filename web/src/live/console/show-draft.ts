import type { CreateShow, ShowView } from '@kaishi/protocol/live';
import { MAX_SHOW_TITLE_CHARS } from '@kaishi/protocol/live';
import type { LocalText } from '@kaishi/protocol/platform/local-text';
import type { MediaView } from '@kaishi/protocol/platform/media';
import { cleanText } from '#domain/shop/seller/index.ts';

/** A show while it is being announced. */
export interface ShowDraft {
	title: LocalText;
	cover: MediaView | null;
	/** `2026-11-24T20:00` where the seller is. */
	when: string;
	/** Listing ids in the host's order. */
	bag: string[];
}

const two = (n: number) => String(n).padStart(2, '0');

/** What a date field shows for a moment, in this browser's zone. @param seconds Unix */
export function localMoment(seconds: number): string {
	const at = new Date(seconds * 1000);
	return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}T${two(at.getHours())}:${two(at.getMinutes())}`;
}

/** Unix seconds of what a date field says, in this browser's zone; null for nothing or nonsense. */
export function momentOf(text: string): number | null {
	const at = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/.test(text) ? new Date(text).getTime() : Number.NaN;
	return Number.isNaN(at) ? null : Math.floor(at / 1000);
}

/** The next full hour that is at least half an hour away. */
export const usualMoment = (now: number): number => Math.ceil((now + 1800) / 3600) * 3600;

export const draftOfShow = ({ title, cover, scheduledAt, bag }: ShowView): ShowDraft => ({
	title: { ...title },
	cover,
	when: localMoment(scheduledAt),
	bag: bag.map(({ listing }) => listing.id),
});

export interface ShowProblems {
	title: 'missing' | 'long' | null;
	when: 'missing' | 'past' | null;
}

/** @param now chain time, Unix seconds */
export function problemsOfShow(draft: ShowDraft, now: number): ShowProblems {
	const title = cleanText(draft.title);
	const moment = momentOf(draft.when);
	const tooLong = Object.values(title ?? {}).some((text) => [...text].length > MAX_SHOW_TITLE_CHARS);
	return { title: title ? (tooLong ? 'long' : null) : 'missing', when: moment === null ? 'missing' : moment < now - 60 ? 'past' : null };
}

/** What the server is told; the draft must be free of problems. */
export const showOf = (draft: ShowDraft): Pick<CreateShow, 'title' | 'cover' | 'scheduledAt'> => ({
	title: cleanText(draft.title) ?? {},
	cover: draft.cover?.cid ?? null,
	scheduledAt: momentOf(draft.when) ?? 0,
});

/** The list with one entry elsewhere. */
export function moved<T>(list: readonly T[], from: number, to: number): T[] {
	const rest = list.filter((_, i) => i !== from);
	const one = list[from];
	if (one === undefined) return [...list];
	rest.splice(Math.min(Math.max(to, 0), rest.length), 0, one);
	return rest;
}
