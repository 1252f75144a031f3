"use client";
import { clsx } from "clsx";
import { TEXT_OF_LEVEL } from "@/components/status/level";
import { StatusMark } from "@/components/status/status-mark";
import { StaleScope } from "@/components/status/trust";
import { votesText } from "@/components/status/votes";
import { Age, Lasting } from "@/components/ui/age";
import { isProduction } from "@/components/ui/badge";
import { useT } from "@/lib/client/i18n";
import type { ClusterName } from "@/lib/client/live-provider";
import { useCluster } from "@/lib/client/use-live";
import { useIsUnrenewed } from "@/lib/client/use-unfed";
import type { Snapshot } from "@/lib/domain/snapshot";
import { messageText } from "@/lib/format/message";
import { Figures } from "./figures";
import { LastEventLine } from "./last-event";
import { type Density, isSmall } from "./layout";
import { Notices } from "./notices";
import { gravestOf, standingOf } from "./standing";
import type { Trails } from "./trail";
import { WorstFindings } from "./worst-findings";
import "./wall-tile.css";

/** Findings that a tile has room for. */
const FINDINGS: Readonly<Record<Density, number>> = { one: 4, few: 2, some: 1, many: 1, dense: 1 };
/** Sentences longer than this are written smaller, so that they end within their tile. */
const LONG_SENTENCE = 44;
/** Of the environment's name, where a tile is small: a cluster's own name is what needs the room. */
const SHORT_ENVIRONMENT = 4;

/** One cluster on the wall. `fed` false: nothing of it may look well, whatever it was. */
export function WallTile(props: { cluster: ClusterName; density: Density; fed: boolean; trails: Trails }) {
  const { cluster, density, trails } = props;
  const { snapshot } = useCluster(cluster.scope);
  const fed = !useIsUnrenewed(snapshot?.at) && props.fed;
  const { level, word } = standingOf(snapshot, fed);
  const t = useT();
  return (
    <article
      aria-label={cluster.title}
      className="wall-tile"
      data-cluster={cluster.scope}
      data-density={density}
      data-level={level}
    >
      <StaleScope stale={!fed}>
        <div className="wall-body">
          <Head cluster={cluster} level={level} density={density} at={snapshot?.at ?? null} />
          <p className={clsx("wall-word", TEXT_OF_LEVEL[level])}>{t(word)}</p>
          {snapshot ? <Told snapshot={snapshot} density={density} fed={fed} trails={trails} /> : <FirstLook />}
        </div>
      </StaleScope>
    </article>
  );
}

function Head(props: {
  cluster: ClusterName;
  level: ReturnType<typeof standingOf>["level"];
  density: Density;
  at: string | null;
}) {
  const { cluster, level, density } = props;
  const { environment } = cluster;
  const short = isSmall(density);
  return (
    <header className="wall-head">
      <StatusMark level={level} className="wall-mark" />
      <h2 className="wall-title clip-name">{cluster.title}</h2>
      {environment ? (
        <span className="wall-environment clip-name" data-production={isProduction(environment)}>
          {short ? environment.slice(0, SHORT_ENVIRONMENT) : environment}
        </span>
      ) : null}
      {props.at === null ? null : (
        <span className="wall-picture-age">{short ? <Lasting since={props.at} /> : <Age at={props.at} />}</span>
      )}
    </header>
  );
}

function FirstLook() {
  const t = useT();
  return <p className="wall-sentence text-blind">{t("fleet.firstLook")}</p>;
}

function Told(props: { snapshot: Snapshot; density: Density; fed: boolean; trails: Trails }) {
  const { snapshot, density, fed } = props;
  const { writePath, findings } = snapshot;
  const t = useT();
  const sentence = messageText(t, writePath.message);
  return (
    <>
      <p className="wall-sentence" data-long={sentence.length > LONG_SENTENCE}>
        {sentence}
      </p>
      {/* What a line has no room for is cut off at its end: the age stands first. */}
      <p className="wall-support">
        {t("verdict.for")} <Lasting since={writePath.since} />
        {" · "}
        {votesText(t, writePath, fed)}
      </p>
      <div className="wall-middle">
        <Notices snapshot={snapshot} />
        <WorstFindings snapshot={snapshot} said={sentence} most={FINDINGS[density]} />
        {!isSmall(density) || gravestOf(findings).length === 0 ? <LastEventLine snapshot={snapshot} /> : null}
      </div>
      <Figures snapshot={snapshot} density={density} trails={props.trails} />
    </>
  );
}
