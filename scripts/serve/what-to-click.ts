/** The last words of a start: where the market is and what to try first, in both languages. */
export function whatToClick(url: string, world: { empty: boolean }): string {
	const shelves = world.empty
		? ['The market is empty. Open the first shop: ', '集市还空着，来开第一家店：']
		: [
				'Buy something: pick a product, tap Buy, approve with a passkey. Test money is given to you: ',
				'买点东西：选一件商品，点“购买”，用通行密钥确认。测试币会自动发给你：',
			];
	return `
  Kaishi is open · 开市了     ${url}

  ${shelves[0]}${url}${world.empty ? '/sell' : '/'}
  ${shelves[1]}${url}${world.empty ? '/sell' : '/'}

  Open a shop · 开一家店            ${url}/sell
  See every trade, verify any · 查验  ${url}/explorer
  What just happened? · 这是怎么回事  ${url}/help

  Stop with Ctrl-C; everything is kept. · 按 Ctrl-C 停止，数据都会保留。
`;
}
