"use client";
import { TrustWord, usePageStale, useTrust } from "@/components/status/trust";
import { Nothing, Panel } from "@/components/ui/panel";
import { useT } from "@/lib/client/i18n";
import type { MemberView } from "@/lib/domain/snapshot";

/** Which members run with a setting that is not the configured one, until they are restarted. */
export function PendingRestarts(props: { members: readonly MemberView[] }) {
  const t = useT();
  const stale = usePageStale();
  const waiting = props.members.filter(({ pendingRestart }) => pendingRestart);
  // A member that nobody hears of may wait for a restart as well as any other.
  const unknown = props.members.filter((one) => !one.pendingRestart && (stale || one.stateTrust !== "fresh"));
  return (
    <Panel title={t("configurationPage.pending.title")}>
      {waiting.length === 0 && unknown.length === 0 ? <Nothing>{t("configurationPage.pending.none")}</Nothing> : null}
      <ul className="flex flex-col gap-2 text-sm">
        {waiting.map((member) => (
          <Waiting key={member.name} member={member} />
        ))}
        {unknown.map(({ name }) => (
          <li key={name} className="text-blind wrap-anywhere" data-pending-restart={name} data-pending="unknown">
            {t("configurationPage.pending.unknown", { member: name })}
          </li>
        ))}
      </ul>
    </Panel>
  );
}

function Waiting(props: { member: MemberView }) {
  const { name, pendingRestartReasons, stateTrust } = props.member;
  const t = useT();
  const trust = useTrust(stateTrust);
  return (
    <li data-pending-restart={name} data-pending="yes">
      <p className="flex flex-wrap items-baseline gap-x-2 font-medium text-warn">
        <span className="wrap-anywhere">{name}</span>
        <TrustWord trust={trust} />
      </p>
      {pendingRestartReasons.length === 0 ? (
        <p className="text-xs text-ink-3">{t("configurationPage.pending.noReason")}</p>
      ) : (
        <ul className="figures text-xs text-ink-2">
          {pendingRestartReasons.map(({ setting, oldValue, newValue }) => (
            <li key={setting} className="wrap-anywhere">
              {setting}: {oldValue} → {newValue}
            </li>
          ))}
        </ul>
      )}
    </li>
  );
}
