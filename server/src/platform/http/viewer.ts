import type { Viewer } from '@kaishi/protocol/account';

/** Who the session cookie in a `Cookie` header belongs to; null for nobody. */
export type ViewerOf = (cookieHeader: string | null) => Promise<Viewer | null>;
