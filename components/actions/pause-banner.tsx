"use client";
import { clsx } from "clsx";
import { TEXT_OF_LEVEL } from "@/components/status/level";
import { StatusMark } from "@/components/status/status-mark";
import { Moment } from "@/components/ui/age";
import { HinderedButton } from "@/components/ui/hindered-button";
import { useT } from "@/lib/client/i18n";
import { useAtTick } from "@/lib/client/use-live";
import type { Snapshot } from "@/lib/domain/snapshot";
import { formatAge } from "@/lib/format/duration";
import { useActionDialog } from "./action-context";
import { pauseStanding } from "./pause-left";
import { useHindrance } from "./use-hindrance";

/** Automatic failover is off: for whom, why and until when. Past its end it nags; it never resumes anything. */
export function PauseBanner(props: { snapshot: Snapshot }) {
  const { paused, actions, scope } = props.snapshot;
  const t = useT();
  const note = actions?.pause ?? null;
  const kind = useAtTick((now) => pauseStanding(note, now).kind);
  const time = useAtTick((now) => {
    const standing = pauseStanding(note, now);
    return "ms" in standing ? formatAge(t, standing.ms) : "";
  });
  const { open } = useActionDialog();
  const hindranceOf = useHindrance();
  if (paused !== true) return null;
  const level = kind === "over" ? "crit" : "warn";
  return (
    <section
      aria-labelledby="pause"
      data-pause={kind}
      className={clsx(
        "flex flex-wrap items-center gap-x-3 gap-y-1 rounded-lg border px-4 py-2 text-sm",
        kind === "over"
          ? "border-crit-line bg-crit-soft shadow-[inset_6px_0_0_var(--crit)]"
          : "border-warn-line bg-surface shadow-[inset_4px_0_0_var(--warn)]",
      )}
    >
      <StatusMark level={level} size={15} />
      <div className="min-w-0 flex-1 max-sm:basis-[calc(100%-3rem)]">
        <p className="flex flex-wrap items-baseline gap-x-3">
          <strong id="pause" className={clsx("font-semibold", TEXT_OF_LEVEL[level])}>
            {t("pauseBanner.title")}
          </strong>
          <span className={clsx("font-semibold", kind === "over" && "text-crit")}>{standingText(t, kind, time)}</span>
          <span className="text-ink-2">{t("pauseBanner.text")}</span>
        </p>
        {note === null ? (
          <p className="text-xs text-ink-2">{t("pauseBanner.elsewhere")}</p>
        ) : (
          <p className="text-xs text-ink-2 wrap-anywhere">
            {t("pauseBanner.by", { owner: note.owner })} {t("pauseBanner.since")} <Moment at={note.since} />:{" "}
            <span className="text-ink">{note.reason}</span>
          </p>
        )}
      </div>
      {hindranceOf === null ? null : (
        <HinderedButton hindrance={hindranceOf({ action: "resume" })} onClick={() => open(scope, { action: "resume" })}>
          {t("pauseBanner.resume")}
        </HinderedButton>
      )}
    </section>
  );
}

function standingText(t: ReturnType<typeof useT>, kind: ReturnType<typeof pauseStanding>["kind"], time: string) {
  switch (kind) {
    case "left":
      return t("pauseBanner.left", { left: time });
    case "resumes":
      return t("pauseBanner.resumes", { left: time });
    case "resuming":
      return t("pauseBanner.resuming");
    case "over":
      return t("pauseBanner.over", { over: time });
    case "open":
      return t("pauseBanner.noEnd");
    case "elsewhere":
      return null;
  }
}
