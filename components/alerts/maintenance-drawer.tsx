"use client";
import { useId, useState } from "react";
import { useReader } from "@/components/actions/action-context";
import { FIELD } from "@/components/actions/buttons";
import { WhenField } from "@/components/actions/options/when-field";
import { useNewSilence } from "@/lib/client/alerts";
import { useT } from "@/lib/client/i18n";
import { useClusterNames } from "@/lib/client/live-provider";
import type { Instant } from "@/lib/domain/ids";
import { DeedDrawer, WordsField } from "./deed-drawer";
import { UntilField } from "./until-field";

const EVERY = "";

/** A maintenance window of one cluster or of all: owner, reason and end, now or later. `scope`: the cluster to begin with. */
export function MaintenanceDrawer(props: { scope: string | null; onClose: () => void }) {
  const t = useT();
  const id = useId();
  const reader = useReader();
  const clusters = useClusterNames();
  // With one cluster there is nothing to choose.
  const [scope, setScope] = useState(props.scope ?? (clusters.length === 1 ? (clusters[0]?.scope ?? EVERY) : EVERY));
  const [from, setFrom] = useState<Instant | null | undefined>(null);
  const [until, setUntil] = useState<Instant | null>(null);
  const [reason, setReason] = useState("");
  const deed = useNewSilence();
  const send = async () => {
    if (until === null || from === undefined) return;
    const of = scope === EVERY ? null : scope;
    if (await deed.run({ kind: "maintenance", scope: of, reason: reason.trim(), from, until })) props.onClose();
  };
  return (
    <DeedDrawer
      title={t("maintenance.title")}
      about={<p>{t("maintenance.about")}</p>}
      deed={t("maintenance.deed")}
      missing={missingOf(t, { from, until, reason })}
      running={deed.running}
      problem={deed.problem}
      onSend={() => void send()}
      onClose={props.onClose}
    >
      <WordsField
        label={t("alertsPage.reason")}
        hint={t("alertsPage.noteHint", { name: reader?.name ?? "" })}
        value={reason}
        onChange={setReason}
      />
      <div className="flex flex-col gap-1">
        <label htmlFor={id} className="text-sm font-semibold">
          {t("alertsPage.cluster")}
        </label>
        <select id={id} value={scope} onChange={(event) => setScope(event.target.value)} className={`${FIELD} min-w-0`}>
          <option value={EVERY}>{t("alertsPage.everyCluster")}</option>
          {clusters.map((one) => (
            <option key={one.scope} value={one.scope}>
              {one.title}
            </option>
          ))}
        </select>
      </div>
      <WhenField
        at={from ?? null}
        onWhen={(at) => {
          setFrom(at);
          setUntil(null);
        }}
      />
      <UntilField key={from ?? "now"} from={from ?? null} until={until} onUntil={setUntil} />
    </DeedDrawer>
  );
}

function missingOf(
  t: ReturnType<typeof useT>,
  given: { readonly from: Instant | null | undefined; readonly until: Instant | null; readonly reason: string },
): string | null {
  const { from, until, reason } = given;
  if (from === undefined) return t("maintenance.fromMissing");
  if (until === null) return t("alertsPage.untilMissing");
  if (from !== null && Date.parse(until) <= Date.parse(from)) return t("maintenance.wrongOrder");
  return reason.trim() === "" ? t("alertsPage.reasonMissing") : null;
}
