import type { ReactNode } from "react";

/** One part of what an action will do. `figure`: its sum, beside the title. */
export function ImpactSection(props: { title: string; figure?: ReactNode; name: string; children?: ReactNode }) {
  return (
    <section data-impact={props.name} className="break-inside-avoid border-t border-line pt-2 pb-3">
      <div className="flex flex-wrap items-baseline justify-between gap-x-4">
        <h4 className="text-sm font-semibold wrap-anywhere">{props.title}</h4>
        {props.figure === undefined ? null : <p className="text-sm font-semibold">{props.figure}</p>}
      </div>
      {props.children}
    </section>
  );
}

/** Facts by name, one line each. */
export function Facts(props: { facts: readonly { readonly label: string; readonly value: ReactNode }[] }) {
  return (
    <dl className="mt-1 grid grid-cols-[max-content_1fr] gap-x-4 gap-y-0.5 text-sm max-sm:grid-cols-1">
      {props.facts.map(({ label, value }) => (
        <div key={label} className="contents">
          <dt className="text-ink-3">{label}</dt>
          <dd className="min-w-0 wrap-anywhere max-sm:mb-1">{value}</dd>
        </div>
      ))}
    </dl>
  );
}
