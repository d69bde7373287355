const MARK = /^\(\d+\) /;

/** Puts "(3) " before the tab's title for as long as `count` is not zero, also after pages have set their own. Returns how to stop. */
export function titled(count: number): () => void {
	const write = () => {
		const plain = document.title.replace(MARK, '');
		const wanted = count > 0 ? `(${count}) ${plain}` : plain;
		if (document.title !== wanted) document.title = wanted;
	};
	write();
	const watcher = new MutationObserver(write);
	watcher.observe(document.head, { childList: true, subtree: true, characterData: true });
	return () => watcher.disconnect();
}
