/** Look of text controls; spread as `class={control}` inside a `Field`. */
export const control =
	'w-full min-h-11 rounded-xl border border-line-strong bg-card px-3 py-2 text-base text-ink placeholder:text-ink-faint aria-invalid:border-vermilion-deep aria-invalid:bg-vermilion-soft disabled:opacity-60';
