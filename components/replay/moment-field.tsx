"use client";
import { type FormEvent, useRef } from "react";
import { type MomentHandle, MomentInput } from "@/components/history/moment-input";
import { useT } from "@/lib/client/i18n";

/** The moment as a field to type another one into. */
export function MomentField(props: { at: number; onGo: (at: number) => void }) {
  const { at, onGo } = props;
  const t = useT();
  const field = useRef<MomentHandle>(null);
  const go = (event: FormEvent) => {
    event.preventDefault();
    const moment = field.current?.read();
    if (moment === null || moment === undefined) return;
    field.current?.leave();
    onGo(moment);
  };
  return (
    <form onSubmit={go} className="flex items-center gap-1.5">
      <MomentInput ref={field} at={at} near={at} label={t("replay.moment")} required />
      <button
        type="submit"
        className="h-8 rounded-md border border-line-strong bg-surface px-2.5 text-sm text-ink hover:bg-raised"
      >
        {t("replay.go")}
      </button>
    </form>
  );
}
