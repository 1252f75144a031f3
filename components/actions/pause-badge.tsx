"use client";
import { Badge } from "@/components/ui/badge";
import { useT } from "@/lib/client/i18n";
import { useAtTick } from "@/lib/client/use-live";
import type { PauseNote } from "@/lib/domain/actions/operation";
import { formatAge } from "@/lib/format/duration";
import { pauseStanding } from "./pause-left";

/** Says beside a cluster's name that nobody will take over, counting down, and then up once the end has passed. */
export function PauseBadge(props: { paused: boolean | null; note: PauseNote | null }) {
  const { note } = props;
  const t = useT();
  const text = useAtTick((now) => {
    const standing = pauseStanding(note, now);
    if (standing.kind === "left" || standing.kind === "resumes") {
      return t("pauseBanner.badgeLeft", { left: formatAge(t, standing.ms) });
    }
    return standing.kind === "over"
      ? t("pauseBanner.badgeOver", { over: formatAge(t, standing.ms) })
      : t("cluster.paused");
  });
  const over = useAtTick((now) => pauseStanding(note, now).kind === "over");
  if (props.paused !== true) return null;
  return (
    <Badge tone={over ? "crit" : "warn"} {...(note ? { title: `${note.owner}: ${note.reason}` } : {})}>
      {text}
    </Badge>
  );
}
