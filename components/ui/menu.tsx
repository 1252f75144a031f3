"use client";
import { clsx } from "clsx";
import { ChevronDown } from "lucide-react";
import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from "react";

const ITEMS = "a[href],button:not(:disabled)";

/** A button that discloses a list of links and buttons. Closes on Escape, on a choice, and when the focus or a click leaves. */
export function Menu(props: {
  label: string;
  button: ReactNode;
  align?: "start" | "end";
  className?: string;
  children: ReactNode;
}) {
  const [open, setOpen] = useState(false);
  const box = useRef<HTMLDivElement>(null);
  const trigger = useRef<HTMLButtonElement>(null);
  const id = useId();

  useEffect(() => {
    if (!open) return;
    const leave = (event: Event) => {
      if (event.target instanceof Node && !box.current?.contains(event.target)) setOpen(false);
    };
    document.addEventListener("pointerdown", leave);
    document.addEventListener("focusin", leave);
    return () => {
      document.removeEventListener("pointerdown", leave);
      document.removeEventListener("focusin", leave);
    };
  }, [open]);

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Escape" && open) {
      setOpen(false);
      trigger.current?.focus();
      event.stopPropagation();
    }
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    event.preventDefault();
    if (!open) setOpen(true);
    moveFocus(box.current, trigger.current, event.key === "ArrowDown" ? 1 : -1);
  };

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: only arrow keys and Escape of the controls inside pass here
    <div ref={box} className="relative min-w-0" onKeyDown={onKeyDown}>
      <button
        ref={trigger}
        type="button"
        aria-label={props.label}
        aria-expanded={open}
        aria-controls={id}
        onClick={() => setOpen(!open)}
        className={clsx(
          "flex h-8 max-w-full items-center gap-1.5 rounded-md px-2 text-sm text-ink-2 hover:bg-raised hover:text-ink",
          open && "bg-raised text-ink",
          props.className,
        )}
      >
        {props.button}
        <ChevronDown size={14} aria-hidden="true" className="shrink-0 text-ink-3" />
      </button>
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: closes after the choice that a control inside has made */}
      {/* biome-ignore lint/a11y/noStaticElementInteractions: see above */}
      <div
        id={id}
        hidden={!open}
        onClick={(event) => {
          if (event.target instanceof Element && event.target.closest(ITEMS)) setOpen(false);
        }}
        className={clsx(
          "absolute top-full z-30 mt-1 max-h-[70dvh] min-w-52 overflow-y-auto rounded-lg border border-line-strong bg-surface p-1 shadow-float",
          props.align === "end" ? "right-0" : "left-0",
        )}
      >
        {props.children}
      </div>
    </div>
  );
}

function moveFocus(box: HTMLElement | null, trigger: HTMLElement | null, step: 1 | -1): void {
  const items = [...(box?.querySelectorAll<HTMLElement>(ITEMS) ?? [])].filter((item) => item !== trigger);
  const at = items.indexOf(document.activeElement as HTMLElement);
  const next = at === -1 ? (step === 1 ? 0 : items.length - 1) : (at + step + items.length) % items.length;
  // The list is drawn on the next frame when this very key opened it.
  requestAnimationFrame(() => items[next]?.focus());
}

export const MENU_ITEM =
  "flex w-full items-center gap-2 rounded-md px-2.5 py-1.5 text-left text-sm text-ink hover:bg-raised focus-visible:bg-raised aria-[current=true]:text-accent aria-[current=page]:text-accent";
