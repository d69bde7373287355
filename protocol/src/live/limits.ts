/** A show's name in addresses: 16 hex digits, chosen by the server at random. */
export const SHOW_ID = /^[0-9a-f]{16}$/;

export const MAX_LINE_CHARS = 200;
export const MAX_SHOW_TITLE_CHARS = 80;
export const MAX_SPEAKER_NAME_CHARS = 24;
/** Goods in one bag. */
export const MAX_BAG = 50;
export const MAX_CO_HOSTS = 4;
export const MAX_MODERATORS = 20;
export const MAX_FILTERED_WORDS = 100;
export const MAX_FILTERED_WORD_CHARS = 40;
/** Longest pause between two lines of one person, seconds. */
export const MAX_SLOW_SECONDS = 120;
/** Lines that a room tells who comes in. */
export const LINES_ON_JOIN = 50;
/** How long an account's word for a browser's key lasts. */
export const SPEAKER_SECONDS = 30 * 86_400;
/** A line that was signed longer ago, or later than now by as much, is not taken. */
export const LINE_CLOCK_MS = 120_000;
/** How far ahead a show may be scheduled. */
export const MAX_AHEAD_SECONDS = 60 * 86_400;
/** Bursts that anybody may send. */
export const emojis = ['❤️', '👏', '🔥', '😂', '😮', '🎉'] as const;
export type Emoji = (typeof emojis)[number];
