import type { WritePath } from "@/lib/domain/snapshot";

/** Key of what an empty list says: that all is well only where that can be told, and the verdict says so too. */
export function nothingWord(stale: boolean, { state }: Pick<WritePath, "state">): string {
  if (stale || state === "unknown") return "findings.cannotTell";
  return state === "ok" ? "findings.none" : "findings.noneYet";
}
