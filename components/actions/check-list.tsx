"use client";
import { ChevronRight } from "lucide-react";
import type { ReactNode } from "react";
import { useT } from "@/lib/client/i18n";
import { blocksOf, type Check, warningsOf } from "@/lib/domain/actions/plan";
import { CheckRow } from "./check-row";
import type { Answers } from "./confirmation";

/** All checks of a plan: what forbids it first, then what must be accepted one by one; what passed is folded away. */
export function CheckList(props: {
  checks: readonly Check[];
  answers: Answers;
  /** Whether the reader may override the blocks by ticking each. */
  overriding: boolean;
  /** False: shown, but not to be accepted, since nobody may go on. */
  acceptable: boolean;
  onTick: (id: string, on: boolean) => void;
  onOverride: (id: string, on: boolean) => void;
}) {
  const { checks, answers } = props;
  const t = useT();
  const blocks = blocksOf(checks);
  const warnings = warningsOf(checks);
  const passes = checks.filter(({ status }) => status === "pass");
  return (
    <section aria-labelledby="checks" className="flex min-w-0 flex-col gap-3">
      <div className="flex flex-wrap items-baseline justify-between gap-x-4">
        <h3 id="checks" className="text-base font-semibold">
          {t("actionDialog.checks.title")}
        </h3>
        {blocks.length + warnings.length === 0 ? null : (
          <p className="text-xs text-ink-3">
            {t("actionDialog.checks.summary", {
              blocks: blocks.length,
              warnings: warnings.length,
              passes: passes.length,
            })}
          </p>
        )}
      </div>
      {checks.length === 0 ? <p className="text-sm text-ink-3">{t("actionDialog.checks.none")}</p> : null}
      <Group title={t(`actionDialog.checks.${props.overriding ? "blocksOverridable" : "blocks"}`)} of={blocks.length}>
        {blocks.map((check) => (
          <CheckRow
            key={check.id}
            check={check}
            tick={
              props.overriding
                ? {
                    label: t("actionDialog.checks.override"),
                    on: answers.overridden.has(check.id),
                    set: (on) => props.onOverride(check.id, on),
                  }
                : null
            }
          />
        ))}
      </Group>
      <Group title={t("actionDialog.checks.warnings")} of={warnings.length}>
        {warnings.map((check) => (
          <CheckRow
            key={check.id}
            check={check}
            tick={
              props.acceptable
                ? {
                    label: t("actionDialog.checks.accept"),
                    on: answers.ticked.has(check.id),
                    set: (on) => props.onTick(check.id, on),
                  }
                : null
            }
          />
        ))}
      </Group>
      {passes.length === 0 ? null : (
        <details className="group/passes">
          <summary className="flex cursor-pointer items-center gap-1 text-sm text-ink-2 hover:text-ink">
            <ChevronRight size={14} aria-hidden="true" className="group-open/passes:rotate-90" />
            {t("actionDialog.checks.passes", { count: passes.length })}
          </summary>
          <ul className="mt-2 flex flex-col gap-2 pl-1">
            {passes.map((check) => (
              <CheckRow key={check.id} check={check} tick={null} />
            ))}
          </ul>
        </details>
      )}
    </section>
  );
}

function Group(props: { title: string; of: number; children: ReactNode }) {
  if (props.of === 0) return null;
  return (
    <div>
      <h4 className="mb-1.5 text-sm font-semibold">{props.title}</h4>
      <ul className="flex flex-col gap-2">{props.children}</ul>
    </div>
  );
}
