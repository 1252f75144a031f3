import { message, selector } from "../../message";
import { type EventRule, seen } from "../draft";

/** A member's role, by fresh evidence. */
export const memberRoles: EventRule = (book, { members }) =>
  members.flatMap(({ name, role, roleTrust, presence }) => {
    if (roleTrust !== "fresh" || role === "unknown" || presence === "missing") return [];
    const change = book.see(`role/${name}`, role);
    if (!change) return [];
    const text = message("event.role", { member: name, was: selector(change.was), role: selector(role) });
    return [
      seen(change, { kind: "role", severity: "info", subject: name, text, data: { from: change.was, to: role } }),
    ];
  });
