export interface PdfText {
	/** What a reader would copy, page by page. */
	pages: string[];
	info: Record<string, unknown>;
}

/** Reads a PDF with another program than the one that writes them: what is found here can be selected and searched. */
export async function readPdf(bytes: Uint8Array): Promise<PdfText> {
	// Only those who read documents need the reader.
	const { getDocumentProxy, getMeta } = await import('unpdf');
	const document = await getDocumentProxy(new Uint8Array(bytes));
	const pages: string[] = [];
	for (let number = 1; number <= document.numPages; number++) {
		const { items } = await (await document.getPage(number)).getTextContent();
		pages.push(items.map((item) => ('str' in item ? item.str + (item.hasEOL ? '\n' : '') : '')).join(''));
	}
	return { pages, info: (await getMeta(document)).info };
}
