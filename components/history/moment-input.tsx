"use client";
import { clsx } from "clsx";
import { type Ref, useEffect, useImperativeHandle, useRef } from "react";
import { useT } from "@/lib/client/i18n";
import { localMoment, readMoment } from "@/lib/format/time";

export type MomentHandle = {
  /** What is typed, in epoch ms; null for an empty field. What cannot be read is marked, and is `undefined`. */
  read(): number | null | undefined;
  /** Marks the field with what is wrong with it. */
  refuse(why: string): void;
  leave(): void;
};

/**
 * A moment to type, on the reader's wall clock and the same in every language: a field for dates of the browser's would word it as the
 * browser is set, not as the reader chose. Follows `at`, but not under the reader's fingers.
 */
export function MomentInput(props: {
  at: number | null;
  /** The day that a time typed alone is of; `at` where there is one. */
  near: number;
  label: string;
  required?: boolean;
  ref?: Ref<MomentHandle>;
  onLeave?: () => void;
}) {
  const { at, near } = props;
  const t = useT();
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    // Written here and not while drawing: the server does not know the reader's zone.
    if (field.current && field.current !== document.activeElement) {
      field.current.value = at === null ? "" : localMoment(at);
    }
  }, [at]);
  const refuse = (why: string) => {
    field.current?.setCustomValidity(why);
    if (why !== "") field.current?.reportValidity();
  };
  useImperativeHandle(props.ref, () => ({
    refuse,
    leave: () => field.current?.blur(),
    read() {
      const text = field.current?.value.trim() ?? "";
      if (text === "") return null;
      // Seconds are all that the field shows: left as it is, it means the very moment that it was given.
      if (at !== null && text === localMoment(at)) return at;
      const moment = readMoment(text, at ?? near);
      if (moment === null) refuse(t("replay.cannotRead"));
      return moment ?? undefined;
    },
  }));
  return (
    <input
      ref={field}
      type="text"
      inputMode="numeric"
      autoComplete="off"
      spellCheck={false}
      required={props.required}
      aria-label={props.label}
      placeholder="2026-11-21 02:13:07"
      title={t("replay.momentHelp")}
      onChange={(event) => event.target.setCustomValidity("")}
      onBlur={props.onLeave}
      className={clsx(
        "figures h-8 w-[11.5rem] rounded-md border border-line-strong bg-surface px-2 text-xs text-ink",
        "placeholder:text-ink-3 user-invalid:border-crit",
      )}
    />
  );
}
