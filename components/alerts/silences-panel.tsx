"use client";
import { Refusal } from "@/components/actions/refusal";
import { ruleName } from "@/components/findings/texts";
import { Period } from "@/components/ui/age";
import { Badge } from "@/components/ui/badge";
import { HinderedButton } from "@/components/ui/hindered-button";
import { Nothing, Panel } from "@/components/ui/panel";
import { useEndSilence } from "@/lib/client/alerts";
import { useT } from "@/lib/client/i18n";
import { useClusterNames } from "@/lib/client/live-provider";
import { useAtTick } from "@/lib/client/use-live";
import type { Silence } from "@/lib/domain/alerts/types";
import { formatAge } from "@/lib/format/duration";
import { standingOf } from "./groups";
import { useRoleHindrance } from "./use-role-hindrance";

/** What keeps alerts quiet now or will: whose it is, why, and for how long; each can be ended before its time. */
export function SilencesPanel(props: { silences: readonly Silence[] }) {
  const t = useT();
  const { silences } = props;
  return (
    <Panel
      title={t("alertsPage.silences")}
      flush
      {...(silences.length === 0 ? {} : { aside: t("findings.count", { count: silences.length }) })}
    >
      {silences.length === 0 ? (
        <div className="px-4 pb-4">
          <Nothing>{t("alertsPage.noSilences")}</Nothing>
        </div>
      ) : (
        <ul className="divide-y divide-line border-t border-line">
          {silences.map((silence) => (
            <SilenceItem key={silence.id} silence={silence} />
          ))}
        </ul>
      )}
    </Panel>
  );
}

function SilenceItem(props: { silence: Silence }) {
  const { silence } = props;
  const { kind, scope, match, owner, reason, from, until } = silence;
  const t = useT();
  const cluster = useClusterNames().find((one) => one.scope === scope)?.title ?? scope;
  const hindrance = useRoleHindrance("operator");
  const end = useEndSilence();
  const standing = useAtTick((now) => standingOf(silence, now));
  const left = useAtTick((now) => formatAge(t, Date.parse(standing === "to-come" ? from : until) - now));
  const about = [
    match.rule === null ? null : ruleName(t, match.rule),
    match.subject,
    match.severity === null ? null : t("alertsPage.upTo", { severity: t(`severity.${match.severity}`) }),
  ].filter((one) => one !== null);
  if (standing === "over") return null;
  return (
    <li
      className="flex flex-wrap items-start gap-x-6 gap-y-2 px-4 py-3 text-sm"
      data-silence={silence.id}
      data-kind={kind}
    >
      <div className="min-w-0 flex-1 basis-80">
        <p className="flex flex-wrap items-baseline gap-x-2 gap-y-0.5">
          <Badge tone={kind === "maintenance" ? "accent" : "plain"}>{t(`alertsPage.kind.${kind}`)}</Badge>
          <span className="font-medium wrap-anywhere">{cluster ?? t("alertsPage.everyCluster")}</span>
          {about.length === 0 ? null : <span className="wrap-anywhere">{about.join(" · ")}</span>}
        </p>
        <p className="wrap-anywhere">
          <span className="text-ink-2">{owner}:</span> {reason}
        </p>
        <p className="text-xs text-ink-2">
          <Period from={from} to={until} /> ·{" "}
          <span className="font-medium">{t(`alertsPage.standing.${standing}`, { left })}</span>
        </p>
        {end.problem === null ? null : <Refusal title={t("alertsPage.notDone")} problem={end.problem} acting />}
      </div>
      <HinderedButton
        hindrance={end.running ? t("alertsPage.sending") : hindrance}
        label={t("alertsPage.endThis", { owner, reason })}
        onClick={() => void end.run({ id: silence.id })}
      >
        {standing === "to-come" ? t("alertsPage.cancelSilence") : t("alertsPage.endNow")}
      </HinderedButton>
    </li>
  );
}
