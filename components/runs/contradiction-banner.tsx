"use client";
import { useState } from "react";
import { ConditionView } from "@/components/runbooks/condition-view";
import { useFill, useFillGround } from "@/components/runbooks/fill-scope";
import { usePageStale } from "@/components/status/trust";
import { Age, Moment } from "@/components/ui/age";
import { HinderedButton } from "@/components/ui/hindered-button";
import { useT } from "@/lib/client/i18n";
import { leaderSeen } from "@/lib/domain/runbooks/sight";
import { useRunHere, useRunRights } from "./run-context";
import { AbandonDrawer } from "./run-deeds";
import { RunMark } from "./run-mark";
import { runText } from "./run-text";
import { WordsDrawer } from "./words-drawer";

/** The run has stopped by itself: what it rests on and what is seen cannot both be. Nothing goes on before a person has decided. */
export function ContradictionBanner() {
  const { run, runbook } = useRunHere();
  const t = useT();
  const fill = useFill();
  const rights = useRunRights();
  const [open, setOpen] = useState<"overrule" | "abandon" | null>(null);
  const { contradiction } = run;
  if (contradiction === null || run.state !== "stopped") return null;
  const step = runbook.steps.find(({ id }) => id === contradiction.stepId);
  const what = runText(t, contradiction.text, runbook, fill);
  const close = () => setOpen(null);
  return (
    <section
      aria-labelledby="contradiction"
      data-contradiction={contradiction.kind}
      className="flex flex-wrap items-start gap-x-4 gap-y-3 rounded-lg border-2 border-crit-solid bg-crit-soft px-4 py-4 sm:px-5"
    >
      <RunMark state="stopped" size={32} />
      <div className="flex min-w-0 flex-1 basis-72 flex-col gap-2">
        <div>
          <h3 id="contradiction" className="text-lg font-semibold text-crit">
            {t("runbooks.stopped.title")}
          </h3>
          <p className="text-base font-medium wrap-anywhere">{what}</p>
          <p className="text-xs text-ink-2">
            <Moment at={contradiction.at} /> · <Age at={contradiction.at} />
          </p>
        </div>
        {contradiction.kind === "check-untrue" && step?.kind === "check" ? (
          <ConditionView condition={step.condition} needed />
        ) : null}
        {contradiction.kind === "other-leader" ? <LeadsNow /> : null}
        <p className="max-w-4xl text-sm wrap-anywhere">{t(`runbooks.stopped.${contradiction.kind}`)}</p>
      </div>
      <div className="flex flex-wrap items-start gap-2 print:hidden">
        <HinderedButton hindrance={rights.carry} onClick={() => setOpen("overrule")}>
          {t("runbooks.overrule.open")}
        </HinderedButton>
        <HinderedButton hindrance={rights.abandon} onClick={() => setOpen("abandon")}>
          {t("runbooks.abandon.open")}
        </HinderedButton>
      </div>
      {open === "overrule" ? (
        <WordsDrawer
          title={t("runbooks.overrule.title")}
          about={`${what}. ${t(`runbooks.overrule.about.${contradiction.kind}`)}`}
          label={t("alertsPage.reason")}
          deed={t("runbooks.overrule.deed")}
          command={(reason) => ({ kind: "overrule", reason })}
          onClose={close}
        />
      ) : null}
      {open === "abandon" ? <AbandonDrawer onClose={close} /> : null}
    </section>
  );
}

/** What was contradicted is of the moment of the stop; who leads by the newest picture may be somebody else again. */
function LeadsNow() {
  const t = useT();
  const stale = usePageStale();
  const ground = useFillGround();
  const leader = ground === null || stale ? null : leaderSeen(ground.picture);
  return (
    <p
      className={leader === null ? "text-sm font-medium text-blind" : "text-sm font-medium"}
      data-leads-now={leader?.name ?? ""}
    >
      {leader === null
        ? t("runbooks.stopped.nowUnknown")
        : leader.name === null
          ? t("runbooks.stopped.nowNobody")
          : t("runbooks.stopped.now", { leader: leader.name })}
    </p>
  );
}
