"use client";
import { clsx } from "clsx";
import type { Ref } from "react";
import { useZone } from "@/components/ui/age";
import { useT } from "@/lib/client/i18n";
import { useCluster } from "@/lib/client/use-live";
import { useReader } from "./action-context";
import { CheckList } from "./check-list";
import { ConfirmPart } from "./confirm-part";
import { headlineOf, sentenceOf } from "./describe";
import type { ActionDraft } from "./draft";
import { ImpactView } from "./impact/impact-view";
import { hasOptions, Options } from "./options/options";
import { PlanFooter } from "./plan-footer";
import { Refusal } from "./refusal";
import { type Desk, useDesk } from "./use-desk";

/** Before it is begun: what to choose, what it will do, what speaks against it, and what must be typed. */
export function PlanView(props: {
  scope: string;
  draft: ActionDraft;
  headingId: string;
  headingRef: Ref<HTMLHeadingElement>;
  onSending: (sending: boolean) => void;
  onBegun: (operationId: string) => void;
  onClose: () => void;
}) {
  const { scope } = props;
  const t = useT();
  const zone = useZone();
  const { snapshot, stale } = useCluster(scope);
  const desk = useDesk(scope, props.draft, { sending: props.onSending, begun: props.onBegun });
  const { draft, plan, settled } = desk;
  return (
    <>
      <div className="min-h-0 flex-1 overflow-y-auto px-4 py-4 sm:px-6" data-plan={plan?.id} data-settled={settled}>
        <div className="flex flex-col gap-4">
          <div>
            <h2
              id={props.headingId}
              ref={props.headingRef}
              tabIndex={-1}
              className="text-lg font-semibold outline-none wrap-anywhere"
            >
              {headlineOf(t, draft)}
            </h2>
            <p className="text-base wrap-anywhere">{sentenceOf(t, draft, snapshot?.leader?.name ?? null, zone)}</p>
            {stale ? <p className="text-sm font-medium text-blind">{t("actionDialog.linkLost")}</p> : null}
          </div>
          {hasOptions(draft) ? (
            <Options
              draft={draft}
              snapshot={snapshot}
              receipts={plan?.impact.candidates ?? []}
              complete={desk.complete}
              onDraft={desk.change}
            />
          ) : null}
          <Planning desk={desk} />
          <PlanBody desk={desk} />
        </div>
      </div>
      <PlanFooter desk={desk} onFollow={props.onBegun} onClose={props.onClose} />
    </>
  );
}

/** Why there is no plan, or not yet. */
function Planning(props: { desk: Desk }) {
  const { problem, complete, settled, plan } = props.desk;
  const t = useT();
  if (problem) return <Refusal title={t("actionDialog.refusal.planTitle")} problem={problem} acting={false} />;
  if (!complete) return <p className="text-sm text-ink-2">{t("actionDialog.choose")}</p>;
  if (settled) return null;
  return (
    <p role="status" className="text-sm text-ink-2">
      <span className="wait-pulse">{t(plan ? "actionDialog.replanning" : "actionDialog.planning")}</span>
    </p>
  );
}

/** What is known of it, and what must be typed; while a newer plan is on its way, the one before, which cannot be used. */
function PlanBody(props: { desk: Desk }) {
  const { desk } = props;
  const { plan, settled, entry } = desk;
  const t = useT();
  const reader = useReader();
  if (plan === null || desk.problem !== null || !desk.complete) return null;
  // With nothing to say against it, the checks are one line, and what it will do has the whole width.
  const speaking = plan.checks.some(({ status }) => status !== "pass");
  return (
    <>
      <div
        inert={!settled}
        className={clsx("grid gap-x-8 gap-y-4", speaking && "lg:grid-cols-2", desk.fresh || "opacity-75")}
      >
        <CheckList
          checks={plan.checks}
          answers={entry.answers}
          overriding={desk.blocked === "overridable"}
          acceptable={!desk.barred}
          onTick={entry.tick}
          onOverride={entry.override}
        />
        <ImpactView impact={plan.impact} wide={!speaking} />
      </div>
      {!settled ? null : desk.barred ? (
        <section data-barred={desk.blocked} className="rounded-md border-2 border-crit-line bg-crit-soft px-4 py-3">
          <h3 className="text-base font-semibold">{t("actionDialog.blocked.title")}</h3>
          <p className="text-sm">
            {t(desk.blocked === "admin" ? "actionDialog.blocked.admin" : "actionDialog.blocked.text")}
          </p>
        </section>
      ) : (
        <ConfirmPart
          plan={plan}
          answers={entry.answers}
          reader={reader?.name ?? ""}
          onTyped={entry.setTyped}
          onReason={entry.setReason}
        />
      )}
    </>
  );
}
