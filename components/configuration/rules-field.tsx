"use client";
import { clsx } from "clsx";
import { ArrowDown, ArrowUp, Plus, Trash2 } from "lucide-react";
import type { ReactNode } from "react";
import { Panel } from "@/components/ui/panel";
import { useT } from "@/lib/client/i18n";
import { sameValue } from "@/lib/domain/configuration/path";
import { INPUT } from "./field";

const ICON = "rounded-md p-1.5 text-ink-2 hover:bg-raised hover:text-ink disabled:opacity-30";

/** Rules of `pg_hba` or `pg_ident`, one a line. The first that matches decides, so that their order can be changed. */
export function RulesField(props: {
  path: string;
  value: unknown;
  base: unknown;
  readOnly: boolean;
  onSet: (value: unknown) => void;
}) {
  const { path, value, base, readOnly, onSet } = props;
  const t = useT();
  const name = path.slice(path.lastIndexOf(".") + 1);
  const changed = !sameValue(value, base);
  const listed = value === null || (Array.isArray(value) && value.every((one) => typeof one === "string"));
  const rules = listed ? ((value ?? []) as readonly string[]) : [];
  const put = (next: readonly string[]) => onSet(next.length === 0 && base === null ? null : next);
  const swap = (at: number, to: number) =>
    put(rules.map((rule, index) => (index === at ? (rules[to] ?? rule) : index === to ? (rules[at] ?? rule) : rule)));
  return (
    <div data-setting={path} data-changed={changed}>
      <Panel
        title={name}
        aside={t("configurationPage.effect.reload")}
        flush
        className={clsx(changed && "border-accent")}
      >
        <p className="px-4 pb-2 text-xs text-ink-3">{t(`configurationPage.about.postgresql_${name}`)}</p>
        {listed ? null : <p className="px-4 pb-3 text-sm text-warn">{t("configurationPage.form.onlyText")}</p>}
        {listed && rules.length === 0 ? (
          <p className="px-4 pb-2 text-sm text-ink-3">{t("configurationPage.notSet")}</p>
        ) : null}
        <ol className="flex flex-col">
          {rules.map((rule, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: rules may repeat, and a rule that is typed changes itself
            <li key={at} className="flex items-center gap-1 px-4 py-0.5">
              <span className="figures w-7 shrink-0 text-right text-xs text-ink-3">{at + 1}</span>
              <input
                aria-label={t("configurationPage.form.rule", { name, at: at + 1 })}
                value={rule}
                readOnly={readOnly}
                spellCheck={false}
                autoComplete="off"
                onChange={({ target }) => put(rules.map((one, index) => (index === at ? target.value : one)))}
                className={clsx(INPUT, "figures flex-1 text-xs")}
              />
              {readOnly ? null : (
                <>
                  <Icon
                    label={t("configurationPage.form.up", { at: at + 1 })}
                    disabled={at === 0}
                    onClick={() => swap(at, at - 1)}
                  >
                    <ArrowUp size={14} aria-hidden="true" />
                  </Icon>
                  <Icon
                    label={t("configurationPage.form.down", { at: at + 1 })}
                    disabled={at === rules.length - 1}
                    onClick={() => swap(at, at + 1)}
                  >
                    <ArrowDown size={14} aria-hidden="true" />
                  </Icon>
                  <Icon
                    label={t("configurationPage.form.removeRule", { at: at + 1 })}
                    onClick={() => put(rules.filter((_, index) => index !== at))}
                  >
                    <Trash2 size={14} aria-hidden="true" />
                  </Icon>
                </>
              )}
            </li>
          ))}
        </ol>
        {readOnly || !listed ? null : (
          <button
            type="button"
            onClick={() => put([...rules, ""])}
            className="m-3 ml-11 inline-flex items-center gap-1.5 rounded-md border border-line-strong px-2.5 py-1 text-sm hover:bg-raised"
          >
            <Plus size={14} aria-hidden="true" />
            {t("configurationPage.form.addRule")}
          </button>
        )}
      </Panel>
    </div>
  );
}

function Icon(props: { label: string; disabled?: boolean; onClick: () => void; children: ReactNode }) {
  return (
    <button type="button" aria-label={props.label} disabled={props.disabled} onClick={props.onClick} className={ICON}>
      {props.children}
    </button>
  );
}
