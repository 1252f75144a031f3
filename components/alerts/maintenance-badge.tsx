"use client";
import { Badge } from "@/components/ui/badge";
import { useT } from "@/lib/client/i18n";
import { useAtTick } from "@/lib/client/use-live";
import type { AttentionBoard } from "@/lib/domain/alerts/types";
import { formatAge } from "@/lib/format/duration";
import { useMaintenance } from "./use-maintenance";

/** Says beside a cluster's name that it is being worked on, counting down. */
export function MaintenanceBadge(props: { attention: AttentionBoard | null }) {
  const t = useT();
  const window = useMaintenance(props.attention);
  const left = useAtTick((now) => (window === null ? "" : formatAge(t, Date.parse(window.until) - now)));
  if (window === null) return null;
  return (
    <Badge tone="accent" title={`${window.owner}: ${window.reason}`}>
      {t("maintenance.badge", { left })}
    </Badge>
  );
}
