"use client";
import { clsx } from "clsx";
import { X } from "lucide-react";
import { Chip, Chips } from "@/components/ui/chips";
import { SearchField } from "@/components/ui/search-field";
import { useT } from "@/lib/client/i18n";
import { EMPTY, isEmpty, type TimelineFilter, toggled } from "./filter";
import { GROUPS, SEVERITIES } from "./kinds";
import { RangePicker } from "./range-picker";
import { SeverityMark } from "./severity-mark";

const FIELD = "h-8 min-w-0 rounded-md border border-line-strong bg-surface px-2 text-sm text-ink";

/** What the timeline is narrowed to. Every choice is at once in the address. */
export function FilterBar(props: {
  filter: TimelineFilter;
  /** Names to choose a subject from. */
  subjects: readonly string[];
  onChange: (filter: TimelineFilter) => void;
}) {
  const { filter, onChange } = props;
  const t = useT();
  return (
    <section
      aria-label={t("historyPage.filters")}
      className="flex flex-col gap-2.5 rounded-lg border border-line bg-surface px-4 py-3"
    >
      <div className="flex flex-wrap items-center gap-x-5 gap-y-2">
        <Chips label={t("historyPage.kinds")}>
          {GROUPS.map((group) => (
            <Chip
              key={group}
              on={filter.groups.includes(group)}
              onClick={() => onChange({ ...filter, groups: toggled(filter.groups, group) })}
            >
              {t(`historyPage.group.${group}`)}
            </Chip>
          ))}
        </Chips>
        <Chips label={t("historyPage.severities")}>
          {SEVERITIES.map((severity) => (
            <Chip
              key={severity}
              on={filter.severities.includes(severity)}
              onClick={() => onChange({ ...filter, severities: toggled(filter.severities, severity) })}
            >
              <SeverityMark severity={severity} size={12} />
              {t(`historyPage.severity.${severity}`)}
            </Chip>
          ))}
        </Chips>
      </div>
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <SearchField
          value={filter.search}
          label={t("historyPage.search")}
          onChange={(search) => onChange({ ...filter, search })}
        />
        <Subject {...props} />
        <RangePicker range={filter} onChange={(range) => onChange({ ...filter, ...range })} />
        {isEmpty(filter) ? null : (
          <button
            type="button"
            onClick={() => onChange(EMPTY)}
            className="flex h-8 items-center gap-1 rounded-md px-2 text-sm text-accent hover:bg-raised"
          >
            <X size={14} aria-hidden="true" />
            {t("historyPage.clear")}
          </button>
        )}
      </div>
    </section>
  );
}

type Part = { filter: TimelineFilter; onChange: (filter: TimelineFilter) => void };

function Subject({ filter, subjects, onChange }: Part & { subjects: readonly string[] }) {
  const t = useT();
  const names = filter.subject === "" || subjects.includes(filter.subject) ? subjects : [filter.subject, ...subjects];
  return (
    <select
      aria-label={t("historyPage.subject")}
      value={filter.subject}
      onChange={(event) => onChange({ ...filter, subject: event.target.value })}
      className={clsx(FIELD, "max-w-64")}
    >
      <option value="">{t("historyPage.anySubject")}</option>
      {names.map((name) => (
        <option key={name} value={name}>
          {name}
        </option>
      ))}
    </select>
  );
}
