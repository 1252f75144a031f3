import type { BackupSourceView } from "@/lib/domain/backups/view";
import type { Translate } from "@/lib/format/message";

/** `pgBackRest · postgres-cluster`, and the source's own name where it was given one. */
export function sourceTitle(t: Translate, { kind, name, stanza }: BackupSourceView): string {
  const parts = [t(`backups.kind.${kind}`), stanza, name === kind ? null : name];
  return parts.filter((part) => part !== null && part !== "").join(" · ");
}

/** Where a source is asked, for a person. */
export const placeName = (t: Translate, place: string): string => (place === "" ? t("backups.here") : place);
