"use client";
import { X } from "lucide-react";
import { toggled } from "@/components/history/filter";
import { LEVEL_OF_SEVERITY } from "@/components/status/level";
import { StatusMark } from "@/components/status/status-mark";
import { Chip, Chips } from "@/components/ui/chips";
import { useT } from "@/lib/client/i18n";
import { FINDING_GROUPS, SEVERITIES } from "@/lib/domain/findings/finding";
import type { FindingTree } from "@/lib/domain/findings/tree";
import { formatNumber } from "@/lib/format/number";
import { type FindingFilter, isNarrow, matches } from "./filter";

/** What the list of findings is narrowed to; each choice says how many it would show. */
export function FilterBar(props: {
  filter: FindingFilter;
  trees: readonly FindingTree[];
  onChange: (filter: FindingFilter) => void;
}) {
  const { filter, trees, onChange } = props;
  const t = useT();
  const none: FindingFilter = { ...filter, severities: [], groups: [] };
  const count = (part: Partial<FindingFilter>) => trees.filter((tree) => matches(tree, { ...none, ...part })).length;
  const shown = (part: Partial<FindingFilter>) => (
    <span className="text-ink-3">{formatNumber(t.locale, count(part))}</span>
  );
  return (
    <section aria-label={t("findings.filters")} className="flex flex-wrap items-center gap-x-5 gap-y-2">
      <Chips label={t("findings.severities")}>
        {SEVERITIES.map((severity) => (
          <Chip
            key={severity}
            on={filter.severities.includes(severity)}
            onClick={() => onChange({ ...filter, severities: toggled(filter.severities, severity) })}
          >
            {/* Colour is for what there is. */}
            {count({ severities: [severity] }) > 0 ? (
              <StatusMark level={LEVEL_OF_SEVERITY[severity]} size={12} />
            ) : null}
            {t(`severity.${severity}`)} {shown({ severities: [severity] })}
          </Chip>
        ))}
      </Chips>
      <Chips label={t("findings.groups")}>
        {FINDING_GROUPS.map((group) => (
          <Chip
            key={group}
            on={filter.groups.includes(group)}
            onClick={() => onChange({ ...filter, groups: toggled(filter.groups, group) })}
          >
            {t(`findings.group.${group}`)} {shown({ groups: [group] })}
          </Chip>
        ))}
      </Chips>
      {isNarrow(filter) ? (
        <button
          type="button"
          onClick={() => onChange(none)}
          className="flex h-7 items-center gap-1 rounded-md px-2 text-sm text-accent hover:bg-raised"
        >
          <X size={14} aria-hidden="true" />
          {t("findings.clear")}
        </button>
      ) : null}
    </section>
  );
}
