"use client";
import { Moment } from "@/components/ui/age";
import { Badge } from "@/components/ui/badge";
import { useT } from "@/lib/client/i18n";
import type { MemberView } from "@/lib/domain/snapshot";

/** Tags, a pending restart with what it waits for, a planned restart: what makes this member unlike the others. */
export function MemberNotes(props: { member: MemberView }) {
  const { tags, pendingRestart, pendingRestartReasons, scheduledRestart } = props.member;
  const t = useT();
  const shown = Object.entries(tags.all).filter(([, value]) => value !== "false");
  return (
    <div className="flex flex-wrap justify-end gap-1 lg:justify-start">
      {shown.map(([tag, value]) => (
        <Badge key={tag}>{value === "true" ? tag : `${tag}: ${value}`}</Badge>
      ))}
      {pendingRestart ? <Badge tone="warn">{t("members.pendingRestart")}</Badge> : null}
      {pendingRestartReasons.map(({ setting, oldValue, newValue }) => (
        <span key={setting} className="figures w-full text-2xs text-ink-2 wrap-anywhere">
          {setting}: {oldValue} → {newValue}
        </span>
      ))}
      {scheduledRestart === null ? null : (
        <Badge tone="warn">
          {t("members.scheduledRestart")} <Moment at={scheduledRestart} />
        </Badge>
      )}
      {shown.length === 0 && !pendingRestart && scheduledRestart === null ? (
        <span className="text-ink-3">
          <span aria-hidden="true">–</span>
          <span className="sr-only">{t("members.noNotes")}</span>
        </span>
      ) : null}
    </div>
  );
}
