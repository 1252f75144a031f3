import type { UserRole } from "@/lib/config/types";

/** Who asks. Closed on purpose: whoever adds a kind of actor decides everywhere what it may do. */
export type Actor =
  | { readonly kind: "user"; readonly name: string; readonly role: UserRole; readonly expiresAtMs: number }
  | { readonly kind: "token"; readonly name: string; readonly role: UserRole };

const RANK: Readonly<Record<UserRole, number>> = { viewer: 1, operator: 2, admin: 3 };

/** True when `role` may do what is asked of `needed`: each role may do all that the smaller ones may. */
export const roleAtLeast = (role: UserRole, needed: UserRole): boolean => RANK[role] >= RANK[needed];
