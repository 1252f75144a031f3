import type { WritePath } from "@/lib/domain/snapshot";
import type { Translate } from "@/lib/format/message";

/**
 * How many witnesses speak for the sentence; `heard` is false where the page, or its picture, hears nobody any more. Two writers are no
 * sentence that anybody could agree with.
 */
export function votesText(t: Translate, { agree, of, state }: WritePath, heard: boolean): string {
  if (!heard || of === 0) return t("verdict.noWitness");
  return state === "split" ? t("verdict.divided", { agree, against: of - agree }) : t("verdict.agree", { agree, of });
}
