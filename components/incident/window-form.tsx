"use client";
import { type FormEvent, useRef } from "react";
import { type MomentHandle, MomentInput } from "@/components/history/moment-input";
import { useT } from "@/lib/client/i18n";
import { useLiveStore } from "@/lib/client/live-provider";
import { REPORT_MAX_MS } from "@/lib/client/record-api";

const BUTTON = "h-8 rounded-md border border-line-strong bg-surface px-2.5 text-sm text-ink hover:bg-raised";
const WIDER_MS = 30_000;
const LAST_MS = 600_000;

/** Which window is looked at, on the reader's wall clock. */
export function WindowForm(props: {
  from: number | null;
  to: number | null;
  onChoose: (window: { from: number; to: number }) => void;
}) {
  const { from, to, onChoose } = props;
  const t = useT();
  const { clock } = useLiveStore();
  const start = useRef<MomentHandle>(null);
  const end = useRef<MomentHandle>(null);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const [chosenFrom, chosenTo] = [start.current?.read(), end.current?.read()];
    if (chosenFrom == null || chosenTo == null) return;
    if (chosenFrom >= chosenTo) end.current?.refuse(t("incidentPage.wrongOrder"));
    else if (chosenTo - chosenFrom > REPORT_MAX_MS) {
      end.current?.refuse(t("incidentPage.tooLong", { hours: REPORT_MAX_MS / 3_600_000 }));
    } else onChoose({ from: chosenFrom, to: chosenTo });
  };
  return (
    <form onSubmit={submit} className="flex flex-wrap items-center gap-x-3 gap-y-2">
      <span className="flex items-center gap-2 text-sm text-ink-2">
        <span aria-hidden="true">{t("incidentPage.from")}</span>
        <MomentInput ref={start} at={from} near={clock.current()} label={t("incidentPage.from")} required />
      </span>
      <span className="flex items-center gap-2 text-sm text-ink-2">
        <span aria-hidden="true">{t("incidentPage.to")}</span>
        <MomentInput ref={end} at={to} near={clock.current()} label={t("incidentPage.to")} required />
      </span>
      <button type="submit" className={BUTTON}>
        {t("incidentPage.show")}
      </button>
      {from !== null && to !== null ? (
        <button type="button" className={BUTTON} onClick={() => onChoose({ from: from - WIDER_MS, to: to + WIDER_MS })}>
          {t("incidentPage.wider")}
        </button>
      ) : null}
      <button
        type="button"
        className={BUTTON}
        onClick={() => onChoose({ from: clock.now() - LAST_MS, to: clock.now() })}
      >
        {t("incidentPage.lastMinutes")}
      </button>
    </form>
  );
}
