"use client";
import { StatusMark } from "@/components/status/status-mark";
import { Moment } from "@/components/ui/age";
import { useT } from "@/lib/client/i18n";
import { useAtLiveTick, useLink } from "@/lib/client/use-live";
import { type Feed, useHeardAt } from "@/lib/client/use-unfed";
import { instant } from "@/lib/domain/ids";
import { formatAge } from "@/lib/format/duration";

/** Over the whole screen: what lies beneath is not the present, since when, and why as far as we can tell. */
export function UnfedCover(props: { feed: Exclude<Feed, "fed"> }) {
  const { feed } = props;
  const t = useT();
  const { link } = useLink();
  const heardAt = useHeardAt();
  const age = useAtLiveTick((now) => formatAge(t, now - heardAt));
  const why = feed === "over" ? "over" : link.phase === "disconnected" ? "disconnected" : "silent";
  return (
    <div className="wall-cover" role="alert" data-feed={feed}>
      <div className="wall-cover-card">
        <StatusMark level="blind" className="wall-cover-mark" />
        <p className="wall-cover-title">{t(`wall.unfed.title.${feed}`)}</p>
        <p className="wall-cover-age">
          {t("wall.unfed.since")} <Moment at={instant(heardAt)} clockOnly /> · {age}
        </p>
        <p className="wall-cover-text">{t(`wall.unfed.why.${why}`)}</p>
        <p className="wall-cover-text">{t("wall.unfed.beneath")}</p>
      </div>
    </div>
  );
}
