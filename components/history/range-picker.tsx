"use client";
import { useRef, useState } from "react";
import { useT } from "@/lib/client/i18n";
import { useLiveStore } from "@/lib/client/live-provider";
import type { EpochMs } from "@/lib/domain/ids";
import { LASTS, type Last } from "./filter";
import { type MomentHandle, MomentInput } from "./moment-input";

/** A range of the past: one that ends now, or from one moment to another, either of which may be open. */
export type PickedRange = { readonly last: Last | null; readonly from: EpochMs | null; readonly to: EpochMs | null };

const CUSTOM = "custom";

export function RangePicker(props: { range: PickedRange; onChange: (range: PickedRange) => void }) {
  const { last, from, to } = props.range;
  const t = useT();
  const given = from !== null || to !== null;
  const [custom, setCustom] = useState(given);
  const value = last ?? (custom || given ? CUSTOM : "");
  const choose = (chosen: string) => {
    setCustom(chosen === CUSTOM);
    props.onChange({ last: Object.hasOwn(LASTS, chosen) ? (chosen as Last) : null, from: null, to: null });
  };
  return (
    <>
      <select
        aria-label={t("historyPage.range")}
        value={value}
        onChange={(event) => choose(event.target.value)}
        className="h-8 min-w-0 rounded-md border border-line-strong bg-surface px-2 text-sm text-ink"
      >
        <option value="">{t("historyPage.allTime")}</option>
        {Object.keys(LASTS).map((one) => (
          <option key={one} value={one}>
            {t(`historyPage.last.${one}`)}
          </option>
        ))}
        <option value={CUSTOM}>{t("historyPage.custom")}</option>
      </select>
      {value === CUSTOM ? (
        <>
          <Bound
            label={t("historyPage.from")}
            at={from}
            onChange={(at) => props.onChange({ last: null, from: at, to })}
          />
          <Bound label={t("historyPage.to")} at={to} onChange={(at) => props.onChange({ last: null, from, to: at })} />
        </>
      ) : null}
    </>
  );
}

function Bound(props: { label: string; at: number | null; onChange: (at: number | null) => void }) {
  const field = useRef<MomentHandle>(null);
  const { clock } = useLiveStore();
  const take = () => {
    const moment = field.current?.read();
    if (moment !== undefined && moment !== props.at) props.onChange(moment);
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        take();
      }}
    >
      <MomentInput ref={field} at={props.at} near={clock.current()} label={props.label} onLeave={take} />
    </form>
  );
}
