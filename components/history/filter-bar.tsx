"use client";
import { clsx } from "clsx";
import { Search, X } from "lucide-react";
import { type ReactNode, useEffect, useId, useRef, useState } from "react";
import { useT } from "@/lib/client/i18n";
import { useLiveStore } from "@/lib/client/live-provider";
import { EMPTY, isEmpty, LASTS, type Last, type TimelineFilter, toggled } from "./filter";
import { GROUPS, SEVERITIES } from "./kinds";
import { type MomentHandle, MomentInput } from "./moment-input";
import { SeverityMark } from "./severity-mark";

const FIELD = "h-8 min-w-0 rounded-md border border-line-strong bg-surface px-2 text-sm text-ink";
const TYPED_MS = 300;

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
        <Words filter={filter} onChange={onChange} />
        <Subject {...props} />
        <Range filter={filter} onChange={onChange} />
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

/** Search words, taken over when the typing pauses. */
function Words({ filter, onChange }: Part) {
  const t = useT();
  const [text, setText] = useState(filter.search);
  const latest = useRef({ filter, onChange });
  useEffect(() => {
    latest.current = { filter, onChange };
  });
  useEffect(() => setText(filter.search), [filter.search]);
  useEffect(() => {
    const { filter: now, onChange: change } = latest.current;
    if (text.trim() === now.search) return;
    const timer = setTimeout(() => change({ ...latest.current.filter, search: text.trim() }), TYPED_MS);
    return () => clearTimeout(timer);
  }, [text]);
  return (
    <label className="relative flex min-w-48 flex-1 items-center sm:max-w-80">
      <Search size={14} aria-hidden="true" className="absolute left-2.5 text-ink-3" />
      <input
        type="search"
        value={text}
        onChange={(event) => setText(event.target.value)}
        placeholder={t("historyPage.search")}
        aria-label={t("historyPage.search")}
        className={clsx(FIELD, "w-full pl-8")}
      />
    </label>
  );
}

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

const CUSTOM = "custom";

function Range({ filter, onChange }: Part) {
  const t = useT();
  const given = filter.from !== null || filter.to !== null;
  const [custom, setCustom] = useState(given);
  const value = filter.last ?? (custom || given ? CUSTOM : "");
  const choose = (chosen: string) => {
    setCustom(chosen === CUSTOM);
    const last = Object.hasOwn(LASTS, chosen) ? (chosen as Last) : null;
    onChange({ ...filter, last, from: null, to: null });
  };
  return (
    <>
      <select
        aria-label={t("historyPage.range")}
        value={value}
        onChange={(event) => choose(event.target.value)}
        className={FIELD}
      >
        <option value="">{t("historyPage.allTime")}</option>
        {Object.keys(LASTS).map((last) => (
          <option key={last} value={last}>
            {t(`historyPage.last.${last}`)}
          </option>
        ))}
        <option value={CUSTOM}>{t("historyPage.custom")}</option>
      </select>
      {value === CUSTOM ? (
        <>
          <Bound label={t("historyPage.from")} at={filter.from} onChange={(from) => onChange({ ...filter, from })} />
          <Bound label={t("historyPage.to")} at={filter.to} onChange={(to) => onChange({ ...filter, to })} />
        </>
      ) : null}
    </>
  );
}

function Bound(props: { label: string; at: number | null; onChange: (at: number | null) => void }) {
  const field = useRef<MomentHandle>(null);
  const { clock } = useLiveStore();
  const take = () => {
    const moment = field.current?.read();
    if (moment !== undefined && moment !== props.at) props.onChange(moment);
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        take();
      }}
    >
      <MomentInput ref={field} at={props.at} near={clock.current()} label={props.label} onLeave={take} />
    </form>
  );
}

function Chips(props: { label: string; children: ReactNode }) {
  const id = useId();
  return (
    <fieldset aria-labelledby={id} className="flex min-w-0 flex-wrap items-center gap-1.5">
      <span id={id} className="mr-1 text-xs text-ink-3">
        {props.label}
      </span>
      {props.children}
    </fieldset>
  );
}

function Chip(props: { on: boolean; onClick: () => void; children: ReactNode }) {
  return (
    <button
      type="button"
      aria-pressed={props.on}
      onClick={props.onClick}
      className="flex h-7 items-center gap-1.5 rounded-full border border-line-strong px-2.5 text-xs text-ink-2 hover:bg-raised aria-pressed:border-accent aria-pressed:bg-accent-soft aria-pressed:text-accent"
    >
      {props.children}
    </button>
  );
}
