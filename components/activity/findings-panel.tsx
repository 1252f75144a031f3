"use client";
import { memo } from "react";
import { LEVEL_OF_SEVERITY, TEXT_OF_LEVEL } from "@/components/status/level";
import { StatusMark } from "@/components/status/status-mark";
import { usePageStale } from "@/components/status/trust";
import { Lasting } from "@/components/ui/age";
import { Nothing, Panel } from "@/components/ui/panel";
import { useT } from "@/lib/client/i18n";
import type { Finding } from "@/lib/domain/snapshot";
import { messageText } from "@/lib/format/message";

const ORDER: Readonly<Record<Finding["severity"], number>> = { critical: 0, warn: 1, unknown: 2, info: 3 };

/** What deviates, the worst first. */
export const FindingsPanel = memo(function FindingsPanel(props: { findings: readonly Finding[] }) {
  const t = useT();
  const stale = usePageStale();
  const sorted = props.findings.toSorted((a, b) => ORDER[a.severity] - ORDER[b.severity]);
  return (
    <Panel
      title={t("findings.title")}
      aside={sorted.length > 0 ? t("findings.count", { count: sorted.length }) : undefined}
    >
      {sorted.length === 0 ? (
        <Nothing>{stale ? t("findings.cannotTell") : t("findings.none")}</Nothing>
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by the keyboard
        <ul tabIndex={0} className="flex max-h-72 flex-col gap-2.5 overflow-y-auto">
          {sorted.map((finding) => (
            <FindingRow key={finding.id} finding={finding} />
          ))}
        </ul>
      )}
    </Panel>
  );
});

const FindingRow = memo(function FindingRow(props: { finding: Finding }) {
  const { severity, text, since, id } = props.finding;
  const t = useT();
  const level = LEVEL_OF_SEVERITY[severity];
  return (
    <li className="flex gap-2.5 text-sm" data-finding={id}>
      <StatusMark level={level} size={15} className="mt-[3px]" />
      <div className="min-w-0 flex-1">
        <span className={`font-medium ${TEXT_OF_LEVEL[level]}`}>{t(`severity.${severity}`)}</span>
        <span className="ml-2 text-xs text-ink-3">
          <Lasting since={since} />
        </span>
        <p className="wrap-anywhere">{messageText(t, text)}</p>
      </div>
    </li>
  );
});
