"use client";
import { X } from "lucide-react";
import { toggled } from "@/components/history/filter";
import { RangePicker } from "@/components/history/range-picker";
import { Chip, Chips } from "@/components/ui/chips";
import { SearchField } from "@/components/ui/search-field";
import { useT } from "@/lib/client/i18n";
import { useClusterNames } from "@/lib/client/live-provider";
import { ACTION_KINDS } from "@/lib/domain/actions/request";
import { type AuditFilter, EMPTY, GROUPS, isEmpty } from "./filter";

/** What the log is narrowed to. Every choice is at once in the address. */
export function AuditFilters(props: {
  filter: AuditFilter;
  /** Names to choose a person from. */
  people: readonly string[];
  onChange: (filter: AuditFilter) => void;
}) {
  const { filter } = props;
  const t = useT();
  const clusters = useClusterNames();
  // Another choice begins with the newest row again.
  const change = (part: Partial<AuditFilter>) => props.onChange({ ...filter, row: null, ...part });
  return (
    <section
      aria-label={t("auditPage.filters")}
      className="flex flex-col gap-2.5 rounded-lg border border-line bg-surface px-4 py-3"
    >
      <Chips label={t("auditPage.kinds")}>
        {GROUPS.map((group) => (
          <Chip
            key={group}
            on={filter.groups.includes(group)}
            onClick={() => change({ groups: toggled(filter.groups, group) })}
          >
            {t(`auditPage.group.${group}`)}
          </Chip>
        ))}
      </Chips>
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <SearchField value={filter.search} label={t("auditPage.search")} onChange={(search) => change({ search })} />
        <Choice
          label={t("auditPage.cluster")}
          any={t("auditPage.anyCluster")}
          value={filter.scope}
          options={clusters.map(({ scope, title }) => [scope, title])}
          onChange={(scope) => change({ scope })}
        />
        <Choice
          label={t("auditPage.person")}
          any={t("auditPage.anyPerson")}
          value={filter.actor}
          options={props.people.map((name) => [name, name])}
          onChange={(actor) => change({ actor })}
        />
        <Choice
          label={t("auditPage.action")}
          any={t("auditPage.anyAction")}
          value={filter.action}
          options={ACTION_KINDS.map((kind) => [kind, t(`action.name.${kind}`)])}
          onChange={(action) => change({ action })}
        />
        <RangePicker range={filter} onChange={change} />
        {filter.operation === "" ? null : (
          <Narrowed
            label={t("auditPage.oneOperation")}
            name={filter.operation}
            onClear={() => change({ operation: "" })}
          />
        )}
        {filter.row === null ? null : (
          <Narrowed label={t("auditPage.upToRow")} name={String(filter.row)} onClear={() => change({})} />
        )}
        {isEmpty(filter) ? null : (
          <button
            type="button"
            onClick={() => props.onChange(EMPTY)}
            className="flex h-8 items-center gap-1 rounded-md px-2 text-sm text-accent hover:bg-raised"
          >
            <X size={14} aria-hidden="true" />
            {t("auditPage.clear")}
          </button>
        )}
      </div>
    </section>
  );
}

function Choice(props: {
  label: string;
  any: string;
  value: string;
  /** Value and word. */
  options: readonly (readonly [string, string])[];
  onChange: (value: string) => void;
}) {
  const { value, options } = props;
  const stranger = value !== "" && !options.some(([one]) => one === value);
  return (
    <select
      aria-label={props.label}
      value={value}
      onChange={(event) => props.onChange(event.target.value)}
      className="h-8 min-w-0 max-w-44 rounded-md border border-line-strong bg-surface px-2 text-sm text-ink"
    >
      <option value="">{props.any}</option>
      {stranger ? <option value={value}>{value}</option> : null}
      {options.map(([one, word]) => (
        <option key={one} value={one}>
          {word}
        </option>
      ))}
    </select>
  );
}

/** What only a link narrows to. */
function Narrowed(props: { label: string; name: string; onClear: () => void }) {
  const t = useT();
  return (
    <span className="flex h-8 min-w-0 items-center gap-1.5 rounded-md border border-accent bg-accent-soft pl-2.5 text-sm text-accent">
      <span className="clip-name">
        {props.label} <span className="figures">{props.name}</span>
      </span>
      <button
        type="button"
        onClick={props.onClear}
        aria-label={t("auditPage.drop", { name: `${props.label} ${props.name}` })}
        className="rounded-r-md p-1.5 hover:bg-raised"
      >
        <X size={14} aria-hidden="true" />
      </button>
    </span>
  );
}
