"use client";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { useReader } from "@/components/actions/action-context";
import { mayAct } from "@/components/actions/role";
import { WordsField } from "@/components/alerts/deed-drawer";
import { HinderedButton } from "@/components/ui/hindered-button";
import { Panel } from "@/components/ui/panel";
import { useT } from "@/lib/client/i18n";
import { runPath } from "@/lib/client/paths";
import { useBeginRun } from "@/lib/client/runs";
import { isProduction } from "@/lib/domain/fleet";
import type { Runbook } from "@/lib/domain/runbooks/runbook";
import type { Snapshot } from "@/lib/domain/snapshot";
import { useJudge } from "./fill-scope";
import { InputField } from "./input-field";
import { type Inputs, missingInput } from "./inputs";
import { PreconditionList } from "./precondition-list";
import { RunRefused } from "./run-refused";
import { localText } from "./words";

/**
 * Begins a run: what it asks for, what must be so first, and a reason where something is not. Nothing is done to the cluster by that; who
 * begins it carries it.
 */
export function BeginPanel(props: {
  snapshot: Snapshot;
  runbook: Runbook;
  inputs: Inputs;
  onInputs: (inputs: Inputs) => void;
}) {
  const { snapshot, runbook, inputs, onInputs } = props;
  const t = useT();
  const reader = useReader();
  const router = useRouter();
  const [reason, setReason] = useState("");
  const begin = useBeginRun(snapshot.scope);
  const why = useWhyReason(runbook, snapshot);
  const hindrance = useBeginHindrance(runbook, snapshot, inputs, why === null || reason.trim() !== "");
  const open = snapshot.runs?.runs.find(({ runbookId }) => runbookId === runbook.id) ?? null;
  const send = async () => {
    const asked = runbook.inputs.map(({ name }) => [name, inputs[name] ?? ""] as const);
    const begun = await begin.run({
      runbookId: runbook.id,
      inputs: Object.fromEntries(asked),
      reason: why === null ? null : reason.trim(),
    });
    if (begun !== null) router.push(runPath(snapshot.scope, begun.run.id));
  };
  return (
    <Panel title={t("runbooks.begin.title")}>
      <div className="flex flex-col gap-4" data-begin={runbook.id}>
        {open === null ? null : (
          <p className="text-sm wrap-anywhere">
            {t("runbooks.begin.isOpen", { name: open.carrier })}{" "}
            <Link href={runPath(snapshot.scope, open.id)} prefetch={false} className="text-accent hover:underline">
              {t("runbooks.open")}
            </Link>
          </p>
        )}
        {runbook.inputs.map((input) => (
          <InputField
            key={input.name}
            input={input}
            picture={snapshot}
            value={inputs[input.name] ?? ""}
            onValue={(value) => onInputs({ ...inputs, [input.name]: value })}
          />
        ))}
        <PreconditionList preconditions={runbook.preconditions} />
        {why === null ? null : (
          <WordsField
            label={t(`runbooks.begin.why.${why}`)}
            hint={t("alertsPage.noteHint", { name: reader?.name ?? "" })}
            value={reason}
            onChange={setReason}
          />
        )}
        <RunRefused problem={begin.problem} />
        <div className="flex flex-col gap-1.5">
          <HinderedButton
            look="strong"
            hindrance={begin.running ? t("alertsPage.sending") : hindrance}
            onClick={() => void send()}
          >
            {t(runbook.kind === "drill" ? "runbooks.begin.drill" : "runbooks.begin.deed")}
          </HinderedButton>
          {hindrance === null ? null : (
            <p aria-hidden="true" className="text-xs text-ink-2 wrap-anywhere">
              {hindrance}
            </p>
          )}
          <p className="text-xs text-ink-3">{t("runbooks.begin.about")}</p>
        </div>
      </div>
    </Panel>
  );
}

/** Why a reason is asked for; null: it is not. */
function useWhyReason(runbook: Runbook, snapshot: Snapshot): "unmet" | "production" | null {
  const judge = useJudge();
  if (runbook.kind === "drill") return isProduction(snapshot.environment) ? "production" : null;
  return runbook.preconditions.every(({ condition }) => judge(condition).value) ? null : "unmet";
}

/** Why it cannot begin, in words; null: it can, as far as the browser knows. */
function useBeginHindrance(runbook: Runbook, snapshot: Snapshot, inputs: Inputs, reasoned: boolean): string | null {
  const t = useT();
  const reader = useReader();
  const judge = useJudge();
  const production = runbook.kind === "drill" && isProduction(snapshot.environment);
  const needed = production ? "admin" : runbook.role;
  if (reader === null || !mayAct(reader.role, needed)) {
    return production
      ? t("runbooks.begin.productionAdmin")
      : t("alertsPage.roleNeeded", { role: t(`user.role.${needed}`) });
  }
  if (snapshot.runs === null) return t("runbooks.begin.notKept");
  if (snapshot.runs.runs.some(({ runbookId }) => runbookId === runbook.id)) return t("runbooks.begin.alreadyOpen");
  const missing = missingInput(runbook.inputs, inputs, snapshot);
  if (missing !== null) return t("runbooks.begin.missing", { what: localText(t, missing.label) });
  const met = runbook.preconditions.every(({ condition }) => judge(condition).value);
  if (!met && runbook.kind === "drill") return t("runbooks.begin.notMet");
  return reasoned ? null : t("alertsPage.reasonMissing");
}
