/** The two sizes every journey knows: a phone that speaks Chinese and a desktop that speaks English. */
export const sizes = {
	phone: { locale: 'zh-CN', viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true },
	desktop: { locale: 'en-GB', viewport: { width: 1280, height: 800 }, deviceScaleFactor: 1, isMobile: false, hasTouch: false },
} as const;

export type Size = keyof typeof sizes;
