"use client";
import { useState } from "react";
import { useReader } from "@/components/actions/action-context";
import { RunRefused } from "@/components/runbooks/run-refused";
import { HinderedButton } from "@/components/ui/hindered-button";
import { useT } from "@/lib/client/i18n";
import { OPEN_RUN_STATES } from "@/lib/domain/runbooks/run";
import { HandOverDrawer } from "./hand-over-drawer";
import { useRunDeed, useRunHere, useRunRights } from "./run-context";
import { WordsDrawer } from "./words-drawer";

/** What is done to a run as a whole. A reader who may do none of it is shown none of it. How a stopped one goes on, its banner asks. */
export function RunDeeds() {
  const { run } = useRunHere();
  const t = useT();
  const reader = useReader();
  const rights = useRunRights();
  const deed = useRunDeed();
  const [open, setOpen] = useState<"pause" | "hand-over" | "abandon" | null>(null);
  if (!OPEN_RUN_STATES.has(run.state) || reader === null || reader.role === "viewer") return null;
  const mine = reader.name === run.carrier;
  const waiting = deed.running ? t("alertsPage.sending") : null;
  const close = () => setOpen(null);
  return (
    <>
      {mine ? null : (
        <HinderedButton
          look={run.handedTo === reader.name ? "strong" : "plain"}
          hindrance={waiting ?? rights.takeOver}
          onClick={() => void deed.send({ kind: "take-over" })}
        >
          {t("runbooks.takeOver")}
        </HinderedButton>
      )}
      {run.joined.includes(reader.name) ? null : (
        <HinderedButton hindrance={waiting ?? rights.join} onClick={() => void deed.send({ kind: "join" })}>
          {t("runbooks.join")}
        </HinderedButton>
      )}
      {mine && run.state === "running" ? (
        <HinderedButton hindrance={waiting ?? rights.carry} onClick={() => setOpen("pause")}>
          {t("runbooks.pause.open")}
        </HinderedButton>
      ) : null}
      {mine && run.state === "paused" ? (
        <HinderedButton
          look="strong"
          hindrance={waiting ?? rights.carry}
          onClick={() => void deed.send({ kind: "resume" })}
        >
          {t("runbooks.resume")}
        </HinderedButton>
      ) : null}
      {mine ? (
        <HinderedButton hindrance={rights.carry} onClick={() => setOpen("hand-over")}>
          {t("runbooks.handOver.open")}
        </HinderedButton>
      ) : null}
      {run.state !== "stopped" && (mine || reader.role === "admin") ? (
        <HinderedButton hindrance={rights.abandon} onClick={() => setOpen("abandon")}>
          {t("runbooks.abandon.open")}
        </HinderedButton>
      ) : null}
      {deed.problem === null ? null : (
        <div className="basis-full">
          <RunRefused problem={deed.problem} />
        </div>
      )}
      {open === "hand-over" ? <HandOverDrawer onClose={close} /> : null}
      {open === "pause" ? (
        <WordsDrawer
          title={t("runbooks.pause.title")}
          about={t("runbooks.pause.about")}
          label={t("runbooks.pause.reason")}
          deed={t("runbooks.pause.deed")}
          optional
          command={(words) => ({ kind: "pause", reason: words === "" ? null : words })}
          onClose={close}
        />
      ) : null}
      {open === "abandon" ? <AbandonDrawer onClose={close} /> : null}
    </>
  );
}

/** Ends a run before its last step. */
export function AbandonDrawer(props: { onClose: () => void }) {
  const t = useT();
  return (
    <WordsDrawer
      title={t("runbooks.abandon.title")}
      about={t("runbooks.abandon.about")}
      label={t("alertsPage.reason")}
      deed={t("runbooks.abandon.deed")}
      command={(reason) => ({ kind: "abandon", reason })}
      onClose={props.onClose}
    />
  );
}
