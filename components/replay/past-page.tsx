"use client";
import { type ReactNode, useState } from "react";
import { ClusterOverview } from "@/components/cluster/cluster-overview";
import { ClusterSkeleton } from "@/components/cluster/cluster-skeleton";
import { Moment } from "@/components/ui/age";
import { PageNotice } from "@/components/ui/page-notice";
import { FrozenClock } from "@/lib/client/frozen-clock";
import { useT } from "@/lib/client/i18n";
import { useLiveStore } from "@/lib/client/live-provider";
import { useEventsWithin } from "@/lib/client/record-hooks";
import { parseMoment } from "@/lib/client/replay";
import { type Player, usePlayer } from "@/lib/client/replay-player";
import { instant } from "@/lib/domain/ids";
import { NowBurning, PastBar } from "./past-bar";
import { ReplayControls } from "./replay-controls";
import { ReplaySlider } from "./replay-slider";
import { useReplayAddress } from "./use-replay-address";
import { useReplayKeys } from "./use-replay-keys";
import { SPAN_DEFAULT_MS, windowAround, windowWith } from "./window";

const MAIN = "mx-auto w-full max-w-[120rem] px-3 py-4 outline-none sm:px-5";

/** The overview at a past moment: `at` as the address has it. */
export function PastPage(props: { scope: string; at: string }) {
  const t = useT();
  const { clock } = useLiveStore();
  const moment = parseMoment(props.at);
  if (moment === null) {
    return (
      <main id="content" tabIndex={-1} className={MAIN} data-past>
        <PastBar scope={props.scope} at={null} pending={false} />
        <PageNotice level="blind" title={t("replay.noMoment")} text={t("replay.noMomentText", { at: props.at })} />
      </main>
    );
  }
  return <Replay scope={props.scope} address={props.at} start={Math.min(moment, clock.current())} />;
}

function Replay(props: { scope: string; address: string; start: number }) {
  const { scope } = props;
  const player = usePlayer(scope, props.start);
  const { clock } = useLiveStore();
  const [chosen, setChosen] = useState(() => windowAround(props.start, SPAN_DEFAULT_MS, clock.current()));
  const window = windowWith(chosen, player.at, clock.current());
  if (window !== chosen) setChosen(window);
  const events = useEventsWithin(scope, window.from, window.to);
  useReplayKeys(player);
  useReplayAddress(scope, props.address, player);
  const { snapshot, pending, problem } = player.picture;
  return (
    <main
      id="content"
      tabIndex={-1}
      className={MAIN}
      data-past={instant(player.at)}
      data-pending={pending}
      data-scope={scope}
      data-picture={snapshot?.at ?? ""}
      data-version={snapshot?.version}
      data-leader={snapshot?.leader?.name ?? ""}
      data-writer={snapshot?.writePath.writer ?? ""}
      data-state={snapshot?.writePath.state}
      data-code={snapshot?.writePath.code}
    >
      <div className="sticky top-13 z-10">
        <PastBar scope={scope} at={problem ? null : (snapshot?.at ?? null)} pending={pending} />
      </div>
      {/* Below the bar, whose one line is as high on a wide page. */}
      <div className="z-[9] mb-3 lg:sticky lg:top-[5.85rem]">
        <div className="flex flex-col gap-2 rounded-b-md border-x border-b border-line-strong bg-surface px-4 py-2.5 shadow-float">
          <ReplayControls
            player={player}
            spanMs={window.to - window.from}
            onSpan={(span) => setChosen(windowAround(player.at, span, clock.now()))}
          />
          <ReplaySlider window={window} at={player.at} frames={player.frames} events={events} onMove={player.jump} />
        </div>
        <NowBurning scope={scope} />
      </div>
      <Film>
        <Shown player={player} />
      </Film>
    </main>
  );
}

/** The frame around everything past: a dashed border on hatched ground, which no live page has. */
function Film(props: { children: ReactNode }) {
  return <div className="hatched rounded-lg border-[3px] border-dashed border-ink/60 p-3">{props.children}</div>;
}

function Shown(props: { player: Player }) {
  const { player } = props;
  const { snapshot, problem } = player.picture;
  const t = useT();
  if (problem) {
    return (
      <PageNotice level="blind" title={t("replay.unreadable")} text={problem.detail ?? t(`problem.${problem.kind}`)} />
    );
  }
  if (snapshot === undefined) return <ClusterSkeleton />;
  if (snapshot === null) {
    return (
      <PageNotice level="blind" title={t("replay.nothingHere")} text={t("replay.nothingHereText")}>
        <p className="text-sm text-ink-2">
          {t("replay.askedFor")} <Moment at={instant(player.at)} />
        </p>
        <div className="flex flex-wrap gap-2">
          <HoleStep label={t("replay.pictureBefore")} onClick={() => player.step(-1)} />
          <HoleStep label={t("replay.pictureAfter")} onClick={() => player.step(1)} />
        </div>
      </PageNotice>
    );
  }
  return (
    <FrozenClock at={Date.parse(snapshot.at)}>
      <ClusterOverview key={snapshot.scope} snapshot={snapshot} stale={false} past />
    </FrozenClock>
  );
}

function HoleStep(props: { label: string; onClick: () => void }) {
  return (
    <button
      type="button"
      onClick={props.onClick}
      className="rounded-md border border-line-strong bg-surface px-3 py-1.5 text-sm hover:bg-raised"
    >
      {props.label}
    </button>
  );
}
