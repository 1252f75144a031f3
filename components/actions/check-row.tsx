"use client";
import { clsx } from "clsx";
import { StatusMark } from "@/components/status/status-mark";
import { Age } from "@/components/ui/age";
import { useT } from "@/lib/client/i18n";
import type { Check, CheckStatus } from "@/lib/domain/actions/plan";
import { messageText } from "@/lib/format/message";

const LEVEL = { pass: "ok", warn: "warn", block: "crit" } as const;
const BOX: Readonly<Record<CheckStatus, string>> = {
  pass: "",
  warn: "rounded-md border border-warn-line bg-warn-soft px-3 py-2",
  block: "rounded-md border border-crit-line bg-crit-soft px-3 py-2",
};

/** One check: what was found, what it means, what it rests on and how old that is. `tick`: what must be accepted by a tick. */
export function CheckRow(props: {
  check: Check;
  tick: { readonly label: string; readonly on: boolean; readonly set: (on: boolean) => void } | null;
}) {
  const { check, tick } = props;
  const t = useT();
  return (
    <li data-check={check.id} data-status={check.status} className={clsx("text-sm", BOX[check.status])}>
      <div className="flex gap-2.5">
        <StatusMark level={LEVEL[check.status]} size={15} className="mt-[3px]" />
        <div className="min-w-0 flex-1">
          <p className={clsx("wrap-anywhere", check.status !== "pass" && "font-semibold")}>
            <span className="sr-only">{t(`actionDialog.checks.status.${check.status}`)}: </span>
            {messageText(t, check.text)}
          </p>
          {check.advice === null ? null : (
            <p className="mt-0.5 text-ink-2 wrap-anywhere">{messageText(t, check.advice)}</p>
          )}
          <ul className="text-xs text-ink-3">
            {check.evidence.map((one) => (
              <li key={`${one.sourceId} ${one.text.key} ${JSON.stringify(one.text.params)}`} className="wrap-anywhere">
                {messageText(t, one.text)}
                {one.at === null ? null : (
                  <>
                    {" · "}
                    <Age at={one.at} className="whitespace-nowrap" />
                  </>
                )}
              </li>
            ))}
          </ul>
          {tick === null ? null : (
            <label className="mt-1.5 flex w-fit cursor-pointer items-center gap-2 py-0.5 font-medium">
              <input
                type="checkbox"
                checked={tick.on}
                onChange={(event) => tick.set(event.target.checked)}
                className="size-4 accent-(--ink)"
                aria-label={`${tick.label}: ${messageText(t, check.text)}`}
              />
              {tick.label}
              <span className="figures text-2xs font-normal text-ink-3 wrap-anywhere">{check.id}</span>
            </label>
          )}
        </div>
      </div>
    </li>
  );
}
