/** Shown when nothing can be loaded, so it needs no script. */
export const csr = false;
