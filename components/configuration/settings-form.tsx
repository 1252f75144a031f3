"use client";
import { Panel } from "@/components/ui/panel";
import { useT } from "@/lib/client/i18n";
import { leavesOf, valueAt } from "@/lib/domain/configuration/path";
import { Told } from "./differences";
import { Field } from "./field";
import { GROUPS, hasPlace, RULES } from "./layout";
import { ParametersPanel } from "./parameters-panel";
import { RulesField } from "./rules-field";
import { SlotsPanel } from "./slots-panel";

type Plain = Readonly<Record<string, unknown>>;

/** The configuration by what its settings are for. What has no field of its own is told, and edited as text. */
export function SettingsForm(props: {
  value: Plain;
  base: Plain;
  readOnly: boolean;
  onSet: (path: string, value: unknown) => void;
}) {
  const { value, base, readOnly, onSet } = props;
  const t = useT();
  const rest = leavesOf(value).filter(({ path }) => path !== "" && !hasPlace(path));
  return (
    <div className="flex flex-col gap-4">
      {GROUPS.map(({ id, paths }) => (
        <Panel key={id} title={t(`configurationPage.group.${id}`)} flush>
          {paths.map((path) => (
            <Field
              key={path}
              path={path}
              value={valueAt(value, path)}
              base={valueAt(base, path)}
              readOnly={readOnly}
              onSet={(next) => onSet(path, next)}
            />
          ))}
        </Panel>
      ))}
      <ParametersPanel value={value} base={base} readOnly={readOnly} onSet={onSet} />
      {RULES.map((path) => (
        <RulesField
          key={path}
          path={path}
          value={valueAt(value, path)}
          base={valueAt(base, path)}
          readOnly={readOnly}
          onSet={(next) => onSet(path, next)}
        />
      ))}
      <SlotsPanel value={value} base={base} readOnly={readOnly} onSet={onSet} />
      {rest.length === 0 ? null : (
        <Panel title={t("configurationPage.group.rest")}>
          <p className="pb-2 text-xs text-ink-3">{t("configurationPage.form.restHint")}</p>
          <dl className="figures grid grid-cols-1 gap-x-4 gap-y-1 text-xs sm:grid-cols-[auto_1fr]">
            {rest.map((leaf) => (
              <div key={leaf.path} className="contents">
                <dt className="font-medium wrap-anywhere">{leaf.path}</dt>
                <dd className="text-ink-2 wrap-anywhere">
                  <Told value={leaf.value} />
                </dd>
              </div>
            ))}
          </dl>
        </Panel>
      )}
    </div>
  );
}
