"use client";
import { clsx } from "clsx";
import { memo } from "react";
import { MemberActionMenu } from "@/components/actions/action-menu";
import { TEXT_OF_LEVEL } from "@/components/status/level";
import { StatusMark } from "@/components/status/status-mark";
import { TrustWord, usePageStale, useTrust } from "@/components/status/trust";
import { AS } from "@/components/ui/table-roles";
import { useT } from "@/lib/client/i18n";
import { memberAnchor } from "@/lib/client/paths";
import type { MemberView } from "@/lib/domain/snapshot";
import { formatNumber } from "@/lib/format/number";
import { formatPgVersion } from "@/lib/format/version";
import { LagFigure, LagTrust } from "./lag-cell";
import { MemberCell } from "./member-cell";
import { MemberNotes } from "./member-notes";
import { acceptsWrites, memberState, shownLevel } from "./member-state";
import { RoleMark } from "./role-mark";

export const MemberRow = memo(function MemberRow(props: { member: MemberView }) {
  const { member } = props;
  const t = useT();
  const stateTrust = useTrust(member.stateTrust);
  const doubtful = stateTrust === "stale" || stateTrust === "unknown";
  return (
    <tr
      {...AS.row}
      id={memberAnchor(member.name)}
      data-member={member.name}
      data-role={member.role}
      data-trust={stateTrust}
      className={clsx(
        "block scroll-mt-20 border-t border-line py-2 target:bg-accent-soft lg:table-row lg:py-0",
        doubtful && "hatched text-ink-2",
      )}
    >
      <th
        {...AS.rowheader}
        scope="row"
        className="block max-w-full px-4 py-2 text-left font-normal lg:table-cell lg:max-w-64 lg:align-top"
      >
        <div className="flex items-start justify-between gap-2">
          <div className="clip-name font-semibold" title={member.name}>
            {member.name}
          </div>
          <MemberActionMenu member={member.name} />
        </div>
        <div className="clip-name text-xs text-ink-3" title={member.host ?? undefined}>
          {member.host === null
            ? t("members.noHost")
            : `${member.host}${member.port === null ? "" : `:${member.port}`}`}
        </div>
      </th>
      <RoleCell member={member} />
      <StateCell member={member} />
      <MemberCell column="timeline">
        <span className={member.timelineDiffers ? "font-semibold text-warn" : ""}>
          {member.timeline === null ? <Unknown /> : member.timeline}
        </span>
        {member.timelineDiffers ? <div className="text-2xs text-warn">{t("members.timelineDiffers")}</div> : null}
      </MemberCell>
      <LagCells member={member} />
      <MemberCell column="connections">
        {member.connections === null ? (
          <Unknown />
        ) : (
          <span className="whitespace-nowrap">
            {formatNumber(t.locale, member.connections)}
            {member.maxConnections === null ? null : (
              <span className="text-ink-3"> / {formatNumber(t.locale, member.maxConnections)}</span>
            )}
          </span>
        )}
      </MemberCell>
      <MemberCell column="versions">
        <div className="whitespace-nowrap">PostgreSQL {formatPgVersion(member.versions.postgres) ?? <Unknown />}</div>
        <div className="text-xs whitespace-nowrap text-ink-3">Patroni {member.versions.patroni ?? <Unknown />}</div>
      </MemberCell>
      <MemberCell column="notes">
        <MemberNotes member={member} />
      </MemberCell>
    </tr>
  );
});

function Unknown() {
  const t = useT();
  return <span className="text-blind">{t("format.unknown")}</span>;
}

function RoleCell(props: { member: MemberView }) {
  const { role, roleTrust } = props.member;
  const t = useT();
  const trust = useTrust(roleTrust);
  return (
    <MemberCell column="role">
      <span className="inline-flex items-center gap-2 whitespace-nowrap">
        <RoleMark role={role} known={trust === "fresh"} />
        <span className={clsx(role === "leader" && "font-semibold", role === "unknown" && "text-blind")}>
          {t(`role.${role}`)}
        </span>
      </span>
      <div>
        <TrustWord trust={role === "unknown" ? "n/a" : trust} />
      </div>
      {role !== "leader" && trust !== "stale" && acceptsWrites(props.member) ? (
        <p className="text-xs font-medium text-crit">{t("members.acceptsWrites")}</p>
      ) : null}
    </MemberCell>
  );
}

function StateCell(props: { member: MemberView }) {
  const { stateTrust } = props.member;
  const t = useT();
  const trust = useTrust(stateTrust);
  const { key } = memberState(props.member);
  const shown = shownLevel(props.member, trust, usePageStale());
  return (
    <MemberCell column="state">
      <span className={clsx("inline-flex items-center gap-1.5", TEXT_OF_LEVEL[shown])}>
        {shown === "ok" ? null : <StatusMark level={shown} size={14} />}
        {t(key)}
      </span>
      <div>
        <TrustWord trust={trust} />
      </div>
    </MemberCell>
  );
}

function LagCells(props: { member: MemberView }) {
  const { role, lag } = props.member;
  const t = useT();
  if (role === "leader") {
    return (
      <>
        <MemberCell column="lagBytes">
          <NotApplicable label={t("members.leadsNoLag")} />
        </MemberCell>
        <MemberCell column="lagSeconds">
          <NotApplicable label={t("members.leadsNoLag")} />
        </MemberCell>
      </>
    );
  }
  return (
    <>
      <MemberCell column="lagBytes" className="lg:min-w-24">
        <LagFigure lag={lag} of="replayBytes" />
        <div>
          <LagTrust lag={lag} />
        </div>
      </MemberCell>
      <MemberCell column="lagSeconds" className="lg:min-w-20">
        <LagFigure lag={lag} of="replaySeconds" />
      </MemberCell>
    </>
  );
}

function NotApplicable(props: { label: string }) {
  return (
    <span className="text-ink-3">
      <span aria-hidden="true">–</span>
      <span className="sr-only">{props.label}</span>
    </span>
  );
}
