"use client";
import { VolumeX } from "lucide-react";
import { TEXT_OF_LEVEL } from "@/components/status/level";
import { StatusMark } from "@/components/status/status-mark";
import { useZone } from "@/components/ui/age";
import { useT } from "@/lib/client/i18n";
import { useAtLiveTick } from "@/lib/client/use-live";
import { instant } from "@/lib/domain/ids";
import { formatClock } from "@/lib/format/time";
import { summaryOf } from "./summary";
import type { SoundState } from "./use-alarm";
import type { ClusterStanding } from "./use-standings";

/** Over the tiles: whether all is well, what is not on this page and not well, and the clock. */
export function WallBar(props: {
  standings: readonly ClusterStanding[];
  shown: ReadonlySet<string>;
  page: number;
  pages: number;
  sound: SoundState;
}) {
  const { standings, shown, page, pages, sound } = props;
  const t = useT();
  const { level, key, count } = summaryOf(standings.map((one) => one.level));
  const elsewhere = standings.filter(({ cluster, level: one }) => !shown.has(cluster.scope) && one !== "ok");
  return (
    <header className="wall-bar" data-level={level}>
      <StatusMark level={level} className="wall-mark" />
      <h1 className={`wall-summary ${TEXT_OF_LEVEL[level]}`}>{t(key, { count, of: standings.length })}</h1>
      <p className="wall-elsewhere clip-name" data-elsewhere={elsewhere.length}>
        {elsewhere.length === 0
          ? null
          : t("wall.elsewhere", { names: elsewhere.map(({ cluster }) => cluster.title).join(", ") })}
      </p>
      {sound === "muted" ? (
        <span className="wall-muted text-warn">
          <VolumeX aria-hidden="true" className="wall-icon" />
          {t("wall.muted")}
        </span>
      ) : null}
      {pages > 1 ? <span className="wall-page">{t("wall.page", { number: page + 1, of: pages })}</span> : null}
      <WallClock />
    </header>
  );
}

/** It ticks: a picture that stands still is told from one that lives. */
function WallClock() {
  const t = useT();
  const zone = useZone();
  const text = useAtLiveTick((now) => formatClock(t.locale, instant(now), zone) ?? "");
  return (
    <time className="wall-clock" suppressHydrationWarning>
      {text}
    </time>
  );
}
