"use client";
import { clsx } from "clsx";
import { Plus, Trash2, Undo2 } from "lucide-react";
import { useId, useState } from "react";
import { Badge } from "@/components/ui/badge";
import { Nothing, Panel } from "@/components/ui/panel";
import { useT } from "@/lib/client/i18n";
import { sameValue, valueAt } from "@/lib/domain/configuration/path";
import { hides } from "@/lib/domain/configuration/revert";
import { effectOf, knowledgeOf, parameterNames, problemOf } from "@/lib/domain/configuration/settings";
import { messageText } from "@/lib/format/message";
import { Told } from "./differences";
import { INPUT, Typed, valueOfText } from "./field";
import { PARAMETERS } from "./layout";

type Plain = Readonly<Record<string, unknown>>;
const namesIn = (value: Plain): readonly string[] => {
  const parameters = valueAt(value, PARAMETERS);
  return typeof parameters === "object" && parameters !== null ? Object.keys(parameters) : [];
};

/** PostgreSQL's parameters as Patroni gives them to every member: each with how a change of it comes into force. */
export function ParametersPanel(props: {
  value: Plain;
  base: Plain;
  readOnly: boolean;
  onSet: (path: string, value: unknown) => void;
}) {
  const { value, base, readOnly, onSet } = props;
  const t = useT();
  const names = [...new Set([...namesIn(value), ...namesIn(base)])].sort((a, b) => a.localeCompare(b));
  return (
    <Panel title={t("configurationPage.group.parameters")} aside={names.length} flush>
      {names.length === 0 ? (
        <div className="px-4 pb-3">
          <Nothing>{t("configurationPage.form.noParameters")}</Nothing>
        </div>
      ) : null}
      <ul>
        {names.map((name) => {
          const path = `${PARAMETERS}.${name}`;
          return (
            <Parameter
              key={name}
              name={name}
              value={valueAt(value, path)}
              base={valueAt(base, path)}
              readOnly={readOnly}
              onSet={(next) => onSet(path, next)}
            />
          );
        })}
      </ul>
      {readOnly ? null : (
        <AddParameter taken={new Set(namesIn(value))} onAdd={(name, next) => onSet(`${PARAMETERS}.${name}`, next)} />
      )}
    </Panel>
  );
}

function Parameter(props: {
  name: string;
  value: unknown;
  base: unknown;
  readOnly: boolean;
  onSet: (value: unknown) => void;
}) {
  const { name, value, base, readOnly, onSet } = props;
  const t = useT();
  const id = useId();
  const path = `${PARAMETERS}.${name}`;
  const changed = !sameValue(value, base);
  const problem = value === null ? null : problemOf(path, value);
  const effect = effectOf(path);
  return (
    <li
      data-setting={path}
      data-changed={changed}
      className={clsx(
        "grid grid-cols-[1fr_auto] items-center gap-x-3 gap-y-1 border-t border-line px-4 py-1.5 sm:grid-cols-[minmax(11rem,1fr)_minmax(11rem,1.3fr)_8.5rem_4rem]",
        changed && "bg-accent-soft",
      )}
    >
      <label htmlFor={id} className="figures text-sm font-medium wrap-anywhere max-sm:col-span-2">
        {name}
        {knowledgeOf(path) === null ? (
          <span id={`${id}-about`} className="block font-sans text-xs font-normal text-ink-3">
            {t("configurationPage.form.notKnown")}
          </span>
        ) : (
          <span id={`${id}-about`} className="sr-only">
            {t(`configurationPage.effect.${effect}`)}
          </span>
        )}
      </label>
      {hides(value) ? (
        <Badge tone="blind">{t("configurationPage.form.hidden")}</Badge>
      ) : value === null ? (
        <span className="text-sm text-ink-2">{t("configurationPage.form.removed")}</span>
      ) : (
        <Typed wide id={id} value={value} readOnly={readOnly} invalid={problem !== null} onSet={onSet} />
      )}
      <span
        className={clsx(
          "text-xs max-sm:order-last max-sm:col-span-2",
          effect === "restart" ? "text-warn" : "text-ink-3",
        )}
      >
        {t(`configurationPage.effect.${effect}`)}
      </span>
      {readOnly || hides(value) ? null : (
        <span className="flex">
          {changed ? (
            <button
              type="button"
              aria-label={t("configurationPage.form.resetNamed", { name })}
              onClick={() => onSet(base)}
              className="rounded-md p-1.5 text-accent hover:bg-raised"
            >
              <Undo2 size={14} aria-hidden="true" />
            </button>
          ) : null}
          {value === null ? null : (
            <button
              type="button"
              aria-label={t("configurationPage.form.removeNamed", { name })}
              onClick={() => onSet(null)}
              className="rounded-md p-1.5 text-ink-2 hover:bg-raised hover:text-ink"
            >
              <Trash2 size={14} aria-hidden="true" />
            </button>
          )}
        </span>
      )}
      {changed ? (
        <p className="figures text-xs text-ink-2 max-sm:order-last max-sm:col-span-2 sm:col-span-4">
          {t("configurationPage.before")} <Told value={base} />
        </p>
      ) : null}
      {problem ? (
        <p className="text-xs font-medium text-crit max-sm:order-last max-sm:col-span-2 sm:col-span-4">
          {messageText(t, problem)}
        </p>
      ) : null}
    </li>
  );
}

const NAME = /^[a-z_][a-z0-9_$]*(\.[a-z_][a-z0-9_$]*)?$/i;

function AddParameter(props: { taken: ReadonlySet<string>; onAdd: (name: string, value: unknown) => void }) {
  const t = useT();
  const id = useId();
  const [name, setName] = useState("");
  const [value, setValue] = useState("");
  const clean = name.trim();
  const ready = NAME.test(clean) && !props.taken.has(clean) && value.trim() !== "";
  return (
    <form
      className="flex flex-wrap items-end gap-2 border-t border-line px-4 py-3"
      onSubmit={(event) => {
        event.preventDefault();
        if (!ready) return;
        props.onAdd(clean, valueOfText(value));
        setName("");
        setValue("");
      }}
    >
      <label className="flex flex-col text-xs text-ink-3">
        {t("configurationPage.form.newName")}
        <input
          list={id}
          value={name}
          spellCheck={false}
          autoComplete="off"
          onChange={({ target }) => setName(target.value)}
          className={clsx(INPUT, "figures w-64 max-w-full")}
        />
        <datalist id={id}>
          {parameterNames().map((one) => (
            <option key={one} value={one} />
          ))}
        </datalist>
      </label>
      <label className="flex flex-col text-xs text-ink-3">
        {t("configurationPage.form.newValue")}
        <input
          value={value}
          spellCheck={false}
          autoComplete="off"
          onChange={({ target }) => setValue(target.value)}
          className={clsx(INPUT, "figures w-44")}
        />
      </label>
      <button
        type="submit"
        disabled={!ready}
        className="inline-flex h-8 items-center gap-1.5 rounded-md border border-line-strong px-2.5 text-sm hover:bg-raised disabled:opacity-50"
      >
        <Plus size={14} aria-hidden="true" />
        {t("configurationPage.form.addParameter")}
      </button>
      {props.taken.has(clean) ? (
        <span className="text-xs text-warn">{t("configurationPage.form.taken", { name: clean })}</span>
      ) : null}
    </form>
  );
}
