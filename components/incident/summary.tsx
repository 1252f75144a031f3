"use client";
import { clsx } from "clsx";
import type { ReactNode } from "react";
import { StatusMark } from "@/components/status/status-mark";
import { Moment, Period } from "@/components/ui/age";
import { useT } from "@/lib/client/i18n";
import type { Incident } from "@/lib/domain/incident/incident";
import { formatSpan } from "@/lib/format/duration";

/** What it was, how long nobody could write, by whose measure, and who led before and after. */
export function Summary(props: { incident: Incident; aside: ReactNode }) {
  const { kind, outage, window, before, after } = props.incident;
  const t = useT();
  const open = outage !== null && outage.endedAt === null;
  return (
    <section
      aria-labelledby="incident"
      className={clsx(
        "rounded-lg border bg-surface p-5",
        outage === null ? "border-line" : "border-crit-line shadow-[inset_5px_0_0_var(--crit)]",
      )}
    >
      <div className="flex flex-wrap items-start justify-between gap-4">
        <div>
          <p className="flex items-center gap-2 text-sm font-semibold text-ink-2">
            <StatusMark level={outage === null ? "ok" : "crit"} size={18} />
            {t(`incident.kind.${kind}`)}
          </p>
          <h2
            id="incident"
            data-outage={outage?.lengthMs}
            className="mt-1 text-verdict font-semibold tracking-[-0.022em]"
          >
            {outage === null
              ? t("incident.noOutage")
              : t(open ? "incidentPage.outageLasts" : "incidentPage.outageOf", {
                  length: formatSpan(t, outage.lengthMs),
                })}
          </h2>
          {outage === null ? null : (
            <p className="mt-1 text-sm text-ink-2" data-basis={outage.basis}>
              {t(`incident.basis.${outage.basis}`)}
            </p>
          )}
        </div>
        {props.aside}
      </div>
      <dl className="mt-4 grid grid-cols-[repeat(auto-fit,minmax(15rem,1fr))] gap-x-8 gap-y-3 text-sm">
        {outage === null ? null : (
          <Fact name={t("incidentPage.without")}>
            {outage.endedAt === null ? (
              <>
                <Moment at={outage.startedAt} /> – {t("incidentPage.notOver")}
              </>
            ) : (
              <Period from={outage.startedAt} to={outage.endedAt} />
            )}
          </Fact>
        )}
        <Fact name={t("incident.window")}>
          <Period from={window.from} to={window.to} />
        </Fact>
        <Fact name={t("incidentPage.leader")}>
          <Change before={before.leader} after={after.leader} />
        </Fact>
        <Fact name={t("incidentPage.timeline")}>
          <Change before={before.timeline} after={after.timeline} />
        </Fact>
      </dl>
    </section>
  );
}

function Fact(props: { name: string; children: ReactNode }) {
  return (
    <div className="min-w-0">
      <dt className="text-xs text-ink-3">{props.name}</dt>
      <dd className="wrap-anywhere">{props.children}</dd>
    </div>
  );
}

function Change(props: { before: string | number | null; after: string | number | null }) {
  const t = useT();
  const text = (value: string | number | null) => (value === null ? t("format.unknown") : String(value));
  return props.before === props.after ? text(props.after) : `${text(props.before)} → ${text(props.after)}`;
}
