"use client";
import { LEVEL_OF_SEVERITY, TEXT_OF_LEVEL } from "@/components/status/level";
import { StatusMark } from "@/components/status/status-mark";
import { useT } from "@/lib/client/i18n";
import type { BackupRemark } from "@/lib/domain/backups/view";
import { messageText } from "@/lib/format/message";

/** What a DBA should be told, worst first. Without fresh evidence nothing is judged, and nothing is said to be well either. */
export function RemarkList(props: { remarks: readonly BackupRemark[]; fresh: boolean }) {
  const { remarks, fresh } = props;
  const t = useT();
  if (!fresh) return <p className="text-sm text-blind">{t("backups.notJudged")}</p>;
  if (remarks.length === 0) return null;
  return (
    <ul className="flex flex-col gap-1.5">
      {remarks.map((remark) => {
        const level = LEVEL_OF_SEVERITY[remark.severity];
        const text = messageText(t, remark.text);
        return (
          <li key={`${remark.code} ${text}`} data-remark={remark.code} className="flex items-start gap-2 text-sm">
            <StatusMark level={level} size={15} className="mt-0.5" />
            <span className={`${TEXT_OF_LEVEL[level]} min-w-0 wrap-anywhere`}>{text}</span>
          </li>
        );
      })}
    </ul>
  );
}
