/** Roles as the session tells them, and what each may do. */
export type UserRole = "viewer" | "operator" | "admin";

const RANK: Readonly<Record<UserRole, number>> = { viewer: 1, operator: 2, admin: 3 };

/** True when `role` may do what is asked of `needed`. The server decides; this only spares a click. */
export const mayAct = (role: UserRole, needed: UserRole): boolean => RANK[role] >= RANK[needed];
