"use client";
import { useT } from "@/lib/client/i18n";
import { useAtTick } from "@/lib/client/use-live";
import { PLAN_LIVES_MS, type Plan } from "@/lib/domain/actions/plan";
import { formatAge } from "@/lib/format/duration";

/** True once a plan may not be used any more, by the server's clock. */
export const usePlanExpired = (plan: Plan | null): boolean =>
  useAtTick((now) => plan !== null && now >= Date.parse(plan.expiresAt));

/** How much longer a plan may be used, counting down. */
export function PlanLife(props: { plan: Plan }) {
  const t = useT();
  const expiresAt = Date.parse(props.plan.expiresAt);
  const left = useAtTick((now) => Math.max(0, Math.ceil(Math.min(PLAN_LIVES_MS, expiresAt - now) / 1_000)));
  if (left === 0) return <p className="text-sm font-semibold text-warn">{t("actionDialog.life.expired")}</p>;
  const share = Math.min(1, (left * 1_000) / PLAN_LIVES_MS);
  return (
    <div className="w-80 max-w-full" data-plan-left={left}>
      <p className="text-xs text-ink-2">{t("actionDialog.life.left", { left: formatAge(t, left * 1_000) })}</p>
      <div aria-hidden="true" className="mt-1 h-1 rounded-full bg-line">
        <div className="h-full rounded-full bg-ink-2" style={{ width: `${share * 100}%` }} />
      </div>
    </div>
  );
}
