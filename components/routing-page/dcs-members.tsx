"use client";
import { memo } from "react";
import { FailureText } from "@/components/sources/failure-text";
import { StatusMark } from "@/components/status/status-mark";
import { TrustWord, usePageStale, useTrust } from "@/components/status/trust";
import { Lasting } from "@/components/ui/age";
import { Badge } from "@/components/ui/badge";
import { Nothing, Panel } from "@/components/ui/panel";
import { PlainTable } from "@/components/ui/plain-table";
import { useT } from "@/lib/client/i18n";
import type { DcsViewOnScreen, SourceView } from "@/lib/domain/snapshot";
import { formatBytes } from "@/lib/format/bytes";
import { formatLatency } from "@/lib/format/duration";
import { formatNumber } from "@/lib/format/number";

type Member = DcsViewOnScreen["members"][number];

/** The DCS itself: who leads it, how big it is, what it complains of, and whose answers are slow or missing. */
export const DcsMembers = memo(function DcsMembers(props: { dcs: DcsViewOnScreen; sources: readonly SourceView[] }) {
  const { dcs, sources } = props;
  const t = useT();
  const sourceOf = (member: Member) =>
    sources.find(({ kind, target }) => kind === "dcs-member" && target === member.endpoint);
  const columns = [
    { key: "member", title: t("routingPage.dcs.member"), cell: (m: Member) => <MemberName member={m} /> },
    {
      key: "answer",
      title: t("routingPage.dcs.answer"),
      cell: (m: Member) => <Answer member={m} source={sourceOf(m)} />,
    },
    { key: "version", title: t("routingPage.dcs.version"), cell: (m: Member) => m.version ?? t("format.unknown") },
    {
      key: "term",
      figure: true,
      title: t("routingPage.dcs.term"),
      cell: (m: Member) => m.raftTerm ?? t("format.unknown"),
    },
    {
      key: "size",
      figure: true,
      title: t("routingPage.dcs.size"),
      cell: (m: Member) => (
        <>
          {formatBytes(t, m.dbSizeBytes)}
          {m.dbSizeInUseBytes === null ? null : (
            <span className="block text-xs text-ink-3">
              {t("routingPage.dcs.inUse", { size: formatBytes(t, m.dbSizeInUseBytes) })}
            </span>
          )}
        </>
      ),
    },
    {
      key: "backlog",
      figure: true,
      title: t("routingPage.dcs.backlog"),
      cell: (m: Member) => (m.raftBacklog === null ? t("format.unknown") : formatNumber(t.locale, m.raftBacklog)),
    },
    { key: "alarms", title: t("routingPage.dcs.alarms"), cell: (m: Member) => <Alarms member={m} /> },
  ];
  return (
    <Panel title={t("routingPage.dcs.title")} aside={<Quorum dcs={dcs} />} flush>
      <dl className="flex flex-wrap gap-x-6 gap-y-1 px-4 pb-3 text-sm">
        <Fact name={t("routingPage.dcs.leaderKey")}>
          {dcs.leaderKey?.name ?? t("routingPage.dcs.nobody")}
          {dcs.leaderKeySince === null ? null : (
            <span className="ml-2 text-xs text-ink-3">
              {t("verdict.for")} <Lasting since={dcs.leaderKeySince} />
            </span>
          )}
        </Fact>
        <Fact name={t("routingPage.dcs.revision")}>{dcs.revision ?? t("format.unknown")}</Fact>
        <Fact name="ttl">{dcs.ttlSeconds ?? t("format.unknown")}</Fact>
        <Fact name="loop_wait">{dcs.loopWaitSeconds ?? t("format.unknown")}</Fact>
      </dl>
      {dcs.readAs === "patroni" ? (
        <div className="px-4 pb-4">
          <Nothing>{t("cluster.noDcs")}</Nothing>
        </div>
      ) : (
        <PlainTable
          caption={t("routingPage.dcs.title")}
          columns={columns}
          rows={dcs.members}
          keyOf={(m) => m.endpoint}
          rowClass={(m) => (m.trust === "fresh" ? "" : "hatched")}
        />
      )}
    </Panel>
  );
});

function Quorum(props: { dcs: DcsViewOnScreen }) {
  const t = useT();
  const stale = usePageStale();
  const { hasQuorum } = props.dcs;
  if (stale || hasQuorum === null) return <span className="text-blind">{t("routingPage.dcs.quorumUnknown")}</span>;
  return hasQuorum ? (
    <span>{t("routingPage.dcs.quorum")}</span>
  ) : (
    <span className="font-medium text-crit">{t("routingPage.dcs.noQuorum")}</span>
  );
}

function Fact(props: { name: string; children: React.ReactNode }) {
  return (
    <div className="flex items-baseline gap-2">
      <dt className="text-ink-3">{props.name}</dt>
      <dd className="figures font-medium wrap-anywhere">{props.children}</dd>
    </div>
  );
}

function MemberName(props: { member: Member }) {
  const { name, endpoint, isLeader, isLearner } = props.member;
  const t = useT();
  return (
    <span className="block min-w-40">
      <span className="flex items-center gap-2 font-medium">
        {name ?? endpoint}
        {isLeader ? <Badge>{t("routingPage.dcs.leads")}</Badge> : null}
        {isLearner ? <Badge>{t("routingPage.dcs.learner")}</Badge> : null}
      </span>
      {name === null ? null : <span className="figures text-xs text-ink-3">{endpoint}</span>}
    </span>
  );
}

function Answer(props: { member: Member; source: SourceView | undefined }) {
  const { member, source } = props;
  const t = useT();
  const trust = useTrust(member.trust);
  return (
    <span className="block min-w-36">
      <span className="flex items-center gap-1.5">
        <StatusMark level={trust !== "fresh" ? "blind" : member.failure ? "warn" : "ok"} size={14} />
        {source?.latencyMs == null ? t("format.unknown") : formatLatency(t, source.latencyMs)}
        <TrustWord trust={trust} />
      </span>
      {member.failure ? <FailureText failure={member.failure} /> : null}
      {source && source.failures > 0 ? (
        <span className="text-xs text-warn">{t("sources.failures", { count: source.failures })}</span>
      ) : null}
    </span>
  );
}

function Alarms(props: { member: Member }) {
  const { alarms, errors } = props.member;
  const t = useT();
  const all = [...new Set([...(alarms ?? []), ...errors])];
  if (all.length > 0) return <span className="font-medium text-crit wrap-anywhere">{all.join(", ")}</span>;
  return <span className="text-ink-3">{alarms === null ? t("format.unknown") : t("routingPage.dcs.noAlarms")}</span>;
}
