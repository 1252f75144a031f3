import { clsx } from "clsx";
import { type ReactNode, useId } from "react";

/** A titled region of a page. `aside` stands at the right of the title: a count, an age. */
export function Panel(props: {
  title: string;
  aside?: ReactNode;
  flush?: boolean;
  className?: string;
  children: ReactNode;
}) {
  const id = useId();
  return (
    <section
      aria-labelledby={id}
      className={clsx("flex min-w-0 flex-col rounded-lg border border-line bg-surface", props.className)}
    >
      <header className="flex min-h-11 items-center justify-between gap-3 px-4 pt-2.5 pb-1.5">
        <h2 id={id} className="text-sm font-semibold tracking-[-0.005em]">
          {props.title}
        </h2>
        {props.aside ? <div className="text-right text-xs text-ink-3">{props.aside}</div> : null}
      </header>
      <div className={clsx("min-w-0 flex-1", props.flush ? "" : "px-4 pb-4")}>{props.children}</div>
    </section>
  );
}

/** What a panel says when it has nothing to list. */
export function Nothing(props: { children: ReactNode }) {
  return <p className="text-sm text-ink-3">{props.children}</p>;
}
