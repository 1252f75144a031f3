"use client";
import { useReader } from "@/components/actions/action-context";
import { mayAct, type UserRole } from "@/components/actions/role";
import { useT } from "@/lib/client/i18n";

/** Why the reader may not do what asks for `needed`, in words; null: may. The server decides; this spares a click and says why. */
export function useRoleHindrance(needed: Exclude<UserRole, "viewer">): string | null {
  const t = useT();
  const reader = useReader();
  if (reader !== null && mayAct(reader.role, needed)) return null;
  return t("alertsPage.roleNeeded", { role: t(`user.role.${needed}`) });
}
