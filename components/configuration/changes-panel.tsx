"use client";
import Link from "next/link";
import { useState } from "react";
import { Moment } from "@/components/ui/age";
import { Badge } from "@/components/ui/badge";
import { Nothing, Panel } from "@/components/ui/panel";
import { problemOf } from "@/lib/client/api";
import { useT } from "@/lib/client/i18n";
import { clusterPagePath } from "@/lib/client/paths";
import { useConfigurationChanges } from "@/lib/client/use-configuration";
import type { ConfigurationChange } from "@/lib/domain/configuration/changes";
import type { Snapshot } from "@/lib/domain/snapshot";
import { messageText } from "@/lib/format/message";
import { Differences } from "./differences";
import { RevertPanel } from "./revert-panel";

const LINK = "text-accent underline-offset-4 hover:underline";

/** Who changed the configuration, when and why; each change can be put back as far as it is still in force. */
export function ChangesPanel(props: { snapshot: Snapshot }) {
  const { snapshot } = props;
  const t = useT();
  const { data, error } = useConfigurationChanges(snapshot);
  const problem = error ? problemOf(error) : null;
  return (
    <Panel title={t("configurationPage.changes.title")} flush>
      {problem ? (
        <p role="status" className="px-4 pb-3 text-sm text-warn">
          {t(`problem.${problem.kind}`)} {problem.detail}
        </p>
      ) : null}
      {data === undefined && !problem ? (
        <p role="status" className="px-4 pb-4 text-sm text-ink-3">
          {t("configurationPage.changes.reading")}
        </p>
      ) : null}
      {data?.changes.length === 0 ? (
        <div className="px-4 pb-4">
          <Nothing>{t("configurationPage.changes.none")}</Nothing>
        </div>
      ) : null}
      <ol>
        {data?.changes.map((change) => (
          <Change key={change.id} change={change as ConfigurationChange} snapshot={snapshot} />
        ))}
      </ol>
      {data?.more ? (
        <p className="border-t border-line px-4 py-2 text-sm">
          <Link href={clusterPagePath(snapshot.scope, "history")} prefetch={false} className={LINK}>
            {t("configurationPage.changes.older")}
          </Link>
        </p>
      ) : null}
    </Panel>
  );
}

function Change(props: { change: ConfigurationChange; snapshot: Snapshot }) {
  const { change, snapshot } = props;
  const { operation, differences, count } = change;
  const t = useT();
  const [reverting, setReverting] = useState(false);
  const ended = operation === null || operation.state === "done";
  return (
    <li data-change={change.id} className="flex flex-col gap-2 border-t border-line px-4 py-3 text-sm">
      <div className="flex flex-wrap items-baseline gap-x-3 gap-y-1">
        <Moment at={change.at} className="figures text-ink-2" />
        <span className="font-medium wrap-anywhere">
          {operation?.actor ?? t("configurationPage.changes.elsewhere")}
        </span>
        {operation && !ended ? (
          <Badge tone={operation.state === "failed" ? "crit" : "warn"}>
            {t(`configurationPage.state.${operation.state}`)}
          </Badge>
        ) : null}
        {operation?.approvedBy ? (
          <span className="text-xs text-ink-3">
            {t("configurationPage.changes.approved", { name: operation.approvedBy })}
          </span>
        ) : null}
        {differences === null ? null : (
          <button
            type="button"
            aria-expanded={reverting}
            onClick={() => setReverting(!reverting)}
            className="ml-auto rounded-md border border-line-strong px-2.5 py-0.5 hover:bg-raised"
          >
            {t("configurationPage.revert.button")}
            <span className="sr-only"> {change.at}</span>
          </button>
        )}
      </div>
      {operation ? <p className="text-ink-2 wrap-anywhere">{operation.reason}</p> : null}
      {operation && !ended && operation.outcome ? (
        <p className="text-ink-3 wrap-anywhere">{messageText(t, operation.outcome.text)}</p>
      ) : null}
      {differences ? (
        <Differences label={t("configurationPage.changes.what")} differences={differences} />
      ) : (
        <div className="text-xs text-ink-3">
          <p>{t("configurationPage.changes.unseen")}</p>
          <pre className="figures mt-1 overflow-x-auto rounded-sm bg-raised p-2">
            {JSON.stringify(change.patch, null, 2)}
          </pre>
        </div>
      )}
      {differences && count > differences.length ? (
        <p className="text-xs text-warn">{t("configurationPage.changes.cut", { count, shown: differences.length })}</p>
      ) : null}
      {reverting && differences ? (
        <RevertPanel differences={differences} whole={count <= differences.length} snapshot={snapshot} />
      ) : null}
    </li>
  );
}
