"use client";
import { Moment } from "@/components/ui/age";
import { useT } from "@/lib/client/i18n";
import type { AttentionBoard } from "@/lib/domain/alerts/types";
import { useMaintenance } from "./use-maintenance";

/** Who works on a cluster, until when and why, in one line. */
export function MaintenanceLine(props: { attention: AttentionBoard | null }) {
  const t = useT();
  const window = useMaintenance(props.attention);
  if (window === null) return null;
  return (
    <p className="text-xs text-ink-2 wrap-anywhere">
      {t("maintenance.by", { owner: window.owner })} <Moment at={window.until} />: {window.reason}
    </p>
  );
}
