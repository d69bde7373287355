import { shopRoles } from '@kaishi/protocol/shop';

/** What the signed-in person may do in a shop. */
export interface ShopAccess {
	owner: boolean;
	/** Bits of `shopRoles`. */
	roles: number;
}

export type ShopRole = keyof typeof shopRoles;
export const roleNames = Object.keys(shopRoles) as ShopRole[];

export function mayDo(access: ShopAccess, role: ShopRole): boolean {
	return access.owner || (access.roles & shopRoles[role]) !== 0;
}

/** Roles in a bit set, in the order of the bits. */
export function rolesIn(bits: number): ShopRole[] {
	return roleNames.filter((role) => (bits & shopRoles[role]) !== 0);
}

/** Where a shop's dashboard is. A shop may be called "new", which is the wizard's address. */
export function dashboardOf(shop: { id: string; slug: string }, page = ''): string {
	return `/sell/${shop.slug === 'new' ? shop.id : shop.slug}${page}`;
}
