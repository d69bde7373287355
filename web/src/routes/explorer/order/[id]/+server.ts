import { redirect } from '@sveltejs/kit';
import type { RequestHandler } from './$types';

/** The singular is easily typed by hand. */
export const GET: RequestHandler = ({ params }) => redirect(308, `/explorer/orders/${encodeURIComponent(params.id)}`);
