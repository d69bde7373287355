/** Where a rendition of a picture in a conversation is served, to its two sides only. */
export const pictureUrl = (conversation: string, picture: string) => (rendition: string) =>
	`/api/conversations/${conversation}/pictures/${picture}/${rendition}`;
