import type { TreasuryView } from '@kaishi/protocol/account';
import { shopRoles } from '@kaishi/protocol/shop';

/** What the signed-in person may do in a shop. */
export interface ShopAccess {
	owner: boolean;
	/** Bits of `shopRoles`. */
	roles: number;
	/** The account that owns the shop, when several people own it together and the person is one of them. */
	treasury: TreasuryView | null;
	/** Whether the shop's cold address is theirs: it may veto, and nothing else. */
	cold: boolean;
}

/** Whoever may do what the owner may: alone, or by a signing round. */
export const actsAsOwner = (access: ShopAccess) => access.owner || access.treasury !== null;

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
