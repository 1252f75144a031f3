import { roleAtLeast } from "@/lib/auth/actor";
import type { UserRole } from "@/lib/config/types";
import { DASHBOARD } from "./deps";
import type { Asker } from "./types";

/** Who acts: a person, a token, or the dashboard itself where somebody asked for that beforehand. */
export type Who = {
  readonly name: string;
  readonly role: UserRole;
  readonly from: string | null;
  readonly itself: boolean;
};

export const whoOf = ({ actor, from }: Asker): Who => ({ name: actor.name, role: actor.role, from, itself: false });

export const ITSELF: Who = { name: DASHBOARD, role: "operator", from: null, itself: true };

export const mayAct = (who: Who): boolean => roleAtLeast(who.role, "operator");
