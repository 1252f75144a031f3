"use client";
import { type CSSProperties, useState } from "react";
import { useT } from "@/lib/client/i18n";
import { type ClusterName, useClusterNames } from "@/lib/client/live-provider";
import { useAtLiveTick } from "@/lib/client/use-live";
import { useFeed } from "@/lib/client/use-unfed";
import { DeadMan } from "./dead-man";
import { densityOf, gridOf, pageAt, pagesOf, shiftAt } from "./layout";
import { isNight, minuteOfDay } from "./night";
import type { WallOptions } from "./options";
import { worstOf } from "./standing";
import { createTrails, type Trails } from "./trail";
import { TrailRecorder } from "./trail-recorder";
import { UnfedCover } from "./unfed-cover";
import { type SoundState, useAlarm } from "./use-alarm";
import { useRenewal } from "./use-renewal";
import { useAspect, useIsOnScreen } from "./use-screen";
import { useStandings } from "./use-standings";
import { useTabState } from "./use-tab-state";
import { WallBar } from "./wall-bar";
import { WallTile } from "./wall-tile";
import "./wall.css";

/** Clusters for eyes five metres away: nothing to press, nothing to scroll, and nothing that looks well unless it is. */
export function WallPage(props: { boot: string; options: WallOptions }) {
  const { options } = props;
  const clusters = useClusterNames();
  const scopes = clusters.map(({ scope }) => scope);
  const feed = useFeed();
  const [trails] = useState(createTrails);
  const sound = useAlarm(scopes, options.sound);
  useRenewal(scopes, props.boot, feed);

  const pages = pagesOf(clusters, options.perPage);
  const page = useAtLiveTick((now) => pageAt(now, options.pageMs, pages.length));
  const shown = pages[page] ?? [];
  const x = useAtLiveTick((now) => shiftAt(now).x);
  const y = useAtLiveTick((now) => shiftAt(now).y);
  return (
    <main className="wall" data-theme="dark" data-feed={feed}>
      {scopes.map((scope) => (
        <TrailRecorder key={scope} scope={scope} trails={trails} />
      ))}
      <div className="wall-shifted" style={{ "--wall-x": x, "--wall-y": y } as CSSProperties}>
        <Overview
          clusters={clusters}
          shown={shown}
          page={page}
          pages={pages.length}
          fed={feed === "fed"}
          sound={sound}
          options={options}
        />
        <Tiles key={page} shown={shown} turns={pages.length > 1} fed={feed === "fed"} trails={trails} />
      </div>
      <DeadMan />
      {feed === "fed" ? null : <UnfedCover feed={feed} />}
    </main>
  );
}

function Tiles(props: { shown: readonly ClusterName[]; turns: boolean; fed: boolean; trails: Trails }) {
  const { shown, fed, trails } = props;
  const t = useT();
  const { columns, rows } = gridOf(shown.length, useAspect());
  const density = densityOf(shown.length);
  if (shown.length === 0) return <p className="wall-empty">{t("wall.empty")}</p>;
  return (
    <div
      className="wall-grid"
      data-turns={props.turns}
      data-columns={columns}
      data-rows={rows}
      style={{ "--wall-columns": columns, "--wall-rows": rows } as CSSProperties}
    >
      {shown.map((cluster) => (
        <WallTile key={cluster.scope} cluster={cluster} density={density} fed={fed} trails={trails} />
      ))}
    </div>
  );
}

/** What is said of all clusters at once: the bar, the tab, and the light at night, which nothing grave is left in the dark by. */
function Overview(props: {
  clusters: readonly ClusterName[];
  shown: readonly ClusterName[];
  page: number;
  pages: number;
  fed: boolean;
  sound: SoundState;
  options: WallOptions;
}) {
  const { clusters, fed, options } = props;
  const t = useT();
  const standings = useStandings(clusters, fed);
  const level = clusters.length === 0 ? "blind" : worstOf(standings.map((one) => one.level));
  useTabState(level, t(`wall.tab.${level}`));
  const onScreen = useIsOnScreen();
  const night = useAtLiveTick(() => options.night !== null && isNight(options.night, minuteOfDay(Date.now())));
  const grave = level === "crit" || level === "split" || level === "blind";
  return (
    <>
      <WallBar
        standings={standings}
        shown={new Set(props.shown.map(({ scope }) => scope))}
        page={props.page}
        pages={props.pages}
        sound={props.sound}
      />
      {onScreen && night && !grave ? <div className="wall-night" style={{ opacity: 1 - options.dim }} /> : null}
    </>
  );
}
