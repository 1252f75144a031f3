"use client";
import { clsx } from "clsx";
import { Plus, Trash2, Undo2 } from "lucide-react";
import { useState } from "react";
import { Nothing, Panel } from "@/components/ui/panel";
import { useT } from "@/lib/client/i18n";
import { sameValue, valueAt } from "@/lib/domain/configuration/path";
import { INPUT } from "./field";
import { SLOTS } from "./layout";

type Plain = Readonly<Record<string, unknown>>;
const slotsIn = (value: Plain): Plain => {
  const slots = valueAt(value, SLOTS);
  return typeof slots === "object" && slots !== null && !Array.isArray(slots) ? (slots as Plain) : {};
};
/** What PostgreSQL allows as the name of a slot. */
const NAME = /^[a-z0-9_]{1,63}$/;

/** Permanent slots, which Patroni keeps over a switchover; logical ones name their database and plugin. */
export function SlotsPanel(props: {
  value: Plain;
  base: Plain;
  readOnly: boolean;
  onSet: (path: string, value: unknown) => void;
}) {
  const t = useT();
  const { readOnly, onSet } = props;
  const [mine, base] = [slotsIn(props.value), slotsIn(props.base)];
  const names = [...new Set([...Object.keys(mine), ...Object.keys(base)])].sort();
  return (
    <Panel title={t("configurationPage.group.slots")} aside={t("configurationPage.effect.patroni")} flush>
      <p className="px-4 pb-2 text-xs text-ink-3">{t("configurationPage.about.slots")}</p>
      {names.length === 0 ? (
        <div className="px-4 pb-3">
          <Nothing>{t("configurationPage.form.noSlots")}</Nothing>
        </div>
      ) : null}
      <ul>
        {names.map((name) => {
          const [now, was] = [mine[name] ?? null, base[name] ?? null];
          const changed = !sameValue(now, was);
          return (
            <li
              key={name}
              data-setting={`${SLOTS}.${name}`}
              data-changed={changed}
              className={clsx(
                "flex items-center gap-3 border-t border-line px-4 py-1.5 text-sm",
                changed && "bg-accent-soft",
              )}
            >
              <span className="figures min-w-40 font-medium wrap-anywhere">{name}</span>
              <span className="figures flex-1 text-xs text-ink-2 wrap-anywhere">
                {now === null ? t("configurationPage.form.removed") : slotText(now)}
              </span>
              {readOnly ? null : (
                <button
                  type="button"
                  aria-label={t(changed ? "configurationPage.form.resetNamed" : "configurationPage.form.removeNamed", {
                    name,
                  })}
                  onClick={() => onSet(`${SLOTS}.${name}`, changed ? was : null)}
                  className="rounded-md p-1.5 text-ink-2 hover:bg-raised hover:text-ink"
                >
                  {changed ? <Undo2 size={14} aria-hidden="true" /> : <Trash2 size={14} aria-hidden="true" />}
                </button>
              )}
            </li>
          );
        })}
      </ul>
      {readOnly ? null : (
        <AddSlot taken={new Set(Object.keys(mine))} onAdd={(name, slot) => onSet(`${SLOTS}.${name}`, slot)} />
      )}
    </Panel>
  );
}

const slotText = (slot: unknown): string =>
  typeof slot === "object" && slot !== null
    ? Object.entries(slot)
        .map(([key, value]) => `${key}: ${typeof value === "string" ? value : JSON.stringify(value)}`)
        .join(" · ")
    : JSON.stringify(slot);

function AddSlot(props: { taken: ReadonlySet<string>; onAdd: (name: string, slot: Plain) => void }) {
  const t = useT();
  const [name, setName] = useState("");
  const [type, setType] = useState("physical");
  const [database, setDatabase] = useState("");
  const [plugin, setPlugin] = useState("pgoutput");
  const logical = type === "logical";
  const clean = name.trim();
  const ready =
    NAME.test(clean) && !props.taken.has(clean) && (!logical || (database.trim() !== "" && plugin.trim() !== ""));
  const field = (label: string, value: string, set: (value: string) => void) => (
    <label className="flex flex-col text-xs text-ink-3">
      {label}
      <input
        value={value}
        spellCheck={false}
        autoComplete="off"
        onChange={({ target }) => set(target.value)}
        className={clsx(INPUT, "figures w-36")}
      />
    </label>
  );
  return (
    <form
      className="flex flex-wrap items-end gap-2 border-t border-line px-4 py-3"
      onSubmit={(event) => {
        event.preventDefault();
        if (!ready) return;
        props.onAdd(clean, logical ? { type, database: database.trim(), plugin: plugin.trim() } : { type });
        setName("");
      }}
    >
      {field(t("configurationPage.form.slotName"), name, setName)}
      <label className="flex flex-col text-xs text-ink-3">
        {t("configurationPage.form.slotType")}
        <select value={type} onChange={({ target }) => setType(target.value)} className={clsx(INPUT, "w-32")}>
          <option value="physical">physical</option>
          <option value="logical">logical</option>
        </select>
      </label>
      {logical ? field(t("configurationPage.form.slotDatabase"), database, setDatabase) : null}
      {logical ? field(t("configurationPage.form.slotPlugin"), plugin, setPlugin) : null}
      <button
        type="submit"
        disabled={!ready}
        className="inline-flex h-8 items-center gap-1.5 rounded-md border border-line-strong px-2.5 text-sm hover:bg-raised disabled:opacity-50"
      >
        <Plus size={14} aria-hidden="true" />
        {t("configurationPage.form.addSlot")}
      </button>
    </form>
  );
}
