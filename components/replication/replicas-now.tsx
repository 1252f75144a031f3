"use client";
import { memo } from "react";
import { LagFigure, LagTrust } from "@/components/members/lag-cell";
import { useShortName } from "@/components/members/short-name";
import { Nothing, Panel } from "@/components/ui/panel";
import { useT } from "@/lib/client/i18n";
import { memberPath } from "@/lib/client/paths";
import type { MemberView } from "@/lib/domain/snapshot";

const FIGURES = ["receiveBytes", "replayBytes", "replaySeconds"] as const;

/** How far behind each replica is at this moment, from the live picture and not from the record. */
export const ReplicasNow = memo(function ReplicasNow(props: { scope: string; members: readonly MemberView[] }) {
  const t = useT();
  const short = useShortName();
  const replicas = props.members.filter(({ role }) => role !== "leader");
  return (
    <Panel title={t("replication.now.title")} aside={t("replication.now.count", { count: replicas.length })}>
      {replicas.length === 0 ? (
        <Nothing>{t("replication.now.none")}</Nothing>
      ) : (
        <ul className="grid grid-cols-1 gap-x-6 gap-y-2 sm:grid-cols-2 xl:grid-cols-3">
          {replicas.map((member) => (
            <li key={member.name} className="min-w-0 border-l-2 border-line pl-3" data-replica={member.name}>
              <p className="flex items-baseline gap-2">
                <a
                  href={memberPath(props.scope, member.name)}
                  title={member.name}
                  className="clip-name font-medium hover:underline"
                >
                  {short(member.name)}
                </a>
                <span className="text-xs whitespace-nowrap text-ink-3">
                  {t("replication.now.from", { upstream: member.upstream ?? t("format.unknown") })}
                </span>
                <LagTrust lag={member.lag} />
              </p>
              <dl className="flex flex-wrap gap-x-4 text-xs">
                {FIGURES.map((of) => (
                  <div key={of} className="flex gap-1.5">
                    <dt className="text-ink-3">{t(`replication.now.${of}`)}</dt>
                    <dd>
                      <LagFigure lag={member.lag} of={of} />
                    </dd>
                  </div>
                ))}
              </dl>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
});
