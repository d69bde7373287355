// owns: what is promised on tabs
// listens: nothing
// emits: nothing
export { createReservations, type Reservations, type TabId } from './reserved.ts';
