import { clsx } from "clsx";
import type { ReactNode } from "react";

/** One of several, as a radio button with its label and what there is to say of it. */
export function Choice(props: {
  name: string;
  value: string;
  checked: boolean;
  onChoose: () => void;
  label: ReactNode;
  hint?: ReactNode;
}) {
  return (
    <label
      className={clsx(
        "flex min-w-0 cursor-pointer items-start gap-2.5 rounded-md border px-3 py-1.5 text-sm",
        props.checked ? "border-ink bg-raised" : "border-line hover:border-line-strong",
      )}
    >
      <input
        type="radio"
        name={props.name}
        value={props.value}
        checked={props.checked}
        onChange={props.onChoose}
        className="mt-1 size-3.5 shrink-0 accent-(--ink)"
      />
      <span className="min-w-0">
        <span className="block font-medium wrap-anywhere">{props.label}</span>
        {props.hint ? <span className="block text-xs text-ink-2 wrap-anywhere">{props.hint}</span> : null}
      </span>
    </label>
  );
}

/** Choices that belong together. */
export function Choices(props: { title: string; columns?: boolean; children: ReactNode }) {
  return (
    <fieldset className="min-w-0">
      <legend className="mb-1 text-sm font-semibold">{props.title}</legend>
      <div
        className={clsx("gap-1.5", props.columns ? "grid sm:grid-cols-2 lg:grid-cols-3" : "flex flex-wrap items-start")}
      >
        {props.children}
      </div>
    </fieldset>
  );
}
