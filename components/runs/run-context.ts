"use client";
import { createContext, useContext } from "react";
import { useReader } from "@/components/actions/action-context";
import { mayAct } from "@/components/actions/role";
import { useT } from "@/lib/client/i18n";
import { useRunCommand } from "@/lib/client/runs";
import type { RunAnswer } from "@/lib/contract/runs";
import type { OperationView } from "@/lib/domain/actions/operation";
import { OPEN_RUN_STATES, type RunCommand } from "@/lib/domain/runbooks/run";

/** The run that everything below is about, as it was last heard of. */
export type RunHere = RunAnswer & {
  /** The operation of the step that it is at; null: none was begun, or it is not in sight. */
  readonly own: OperationView | null;
};

export const RunContext = createContext<RunHere | null>(null);

export function useRunHere(): RunHere {
  const here = useContext(RunContext);
  if (!here) throw new Error("useRunHere outside of a run");
  return here;
}

/** What a person may do to a run, each with why not, in words; null: they may. The server decides; this spares a click and says why. */
export type RunRights = {
  /** To write a note, also when it has ended. */
  readonly note: string | null;
  readonly join: string | null;
  readonly takeOver: string | null;
  /** Whatever only the one who carries it does. */
  readonly carry: string | null;
  /** To go on at the present step. */
  readonly step: string | null;
  readonly abandon: string | null;
};

export function useRunRights(): RunRights {
  const { run, runbook } = useRunHere();
  const t = useT();
  const reader = useReader();
  const roleNeeded = (role: "operator" | "admin") =>
    reader !== null && mayAct(reader.role, role) ? null : t("alertsPage.roleNeeded", { role: t(`user.role.${role}`) });
  const over = OPEN_RUN_STATES.has(run.state) ? null : t("runbooks.ended");
  const role = roleNeeded(runbook.role);
  const carry = role ?? over ?? (reader?.name === run.carrier ? null : t("runbooks.notYours", { name: run.carrier }));
  const shaken = run.steps.some(({ untrueSince }) => untrueSince !== null) ? t("runbooks.notTrue") : null;
  return {
    note: roleNeeded("operator"),
    join: roleNeeded("operator") ?? over,
    takeOver: role ?? over,
    carry,
    step: carry ?? (run.state === "running" ? shaken : t(`runbooks.notRunning.${run.state}`)),
    abandon: reader?.role === "admin" ? over : carry,
  };
}

/** Does something to the run at the version that is on the screen. */
export function useRunDeed() {
  const { run } = useRunHere();
  const deed = useRunCommand(run.id);
  return {
    running: deed.running,
    problem: deed.problem,
    /** True once it is done. */
    send: async (command: RunCommand): Promise<boolean> => (await deed.run({ version: run.version, command })) !== null,
  };
}
