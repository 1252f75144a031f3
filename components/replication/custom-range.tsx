"use client";
import { type FormEvent, useId, useState } from "react";
import { useZone } from "@/components/ui/age";
import { useT } from "@/lib/client/i18n";
import { fixedRange, MOST_SPAN_MS, type Range, type Window } from "@/lib/client/series-range";
import { fromLocalInput, toLocalInput } from "@/lib/format/units-time";

const FIELD = "h-8 rounded-md border border-line-strong bg-surface px-2 text-sm text-ink";

/** Two moments typed in: what dragging over a chart does, for whoever knows the time or uses the keyboard. */
export function CustomRange(props: { window: Window; onChoose: (range: Range) => void }) {
  const t = useT();
  const zone = useZone();
  const id = useId();
  const [typed, setTyped] = useState<{ from: string; to: string } | null>(null);
  const [wrong, setWrong] = useState(false);
  const open = typed !== null;
  const toggle = () => {
    setWrong(false);
    setTyped(open ? null : { from: toLocalInput(props.window.from, zone), to: toLocalInput(props.window.to, zone) });
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const [from, to] = [fromLocalInput(typed?.from ?? "", zone), fromLocalInput(typed?.to ?? "", zone)];
    const good = from !== null && to !== null && to > from && to - from <= MOST_SPAN_MS;
    setWrong(!good);
    if (!good) return;
    props.onChoose(fixedRange(from, to));
    setTyped(null);
  };
  return (
    <div className="flex flex-wrap items-center gap-2">
      <button
        type="button"
        aria-expanded={open}
        aria-controls={id}
        onClick={toggle}
        className="h-8 rounded-md px-2.5 text-sm text-ink-2 hover:bg-raised hover:text-ink aria-expanded:bg-raised"
      >
        {t("replication.range.custom")}
      </button>
      <form id={id} hidden={!open} onSubmit={submit} noValidate>
        <div className="flex flex-wrap items-center gap-2">
          {(["from", "to"] as const).map((side) => (
            <label key={side} className="flex items-center gap-1.5 text-xs text-ink-2">
              {t(`replication.range.${side}`)}
              <input
                type="datetime-local"
                step="1"
                value={typed?.[side] ?? ""}
                aria-invalid={wrong}
                onChange={(event) => typed && setTyped({ ...typed, [side]: event.target.value })}
                className={FIELD}
              />
            </label>
          ))}
          <button type="submit" className="h-8 rounded-md border border-line-strong px-3 text-sm hover:bg-raised">
            {t("replication.range.show")}
          </button>
        </div>
        {wrong ? (
          <p role="alert" className="text-xs text-crit">
            {t("replication.range.wrong")}
          </p>
        ) : null}
      </form>
    </div>
  );
}
