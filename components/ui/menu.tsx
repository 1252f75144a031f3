"use client";
import { clsx } from "clsx";
import { ChevronDown } from "lucide-react";
import { type CSSProperties, type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from "react";

const ITEMS = "a[href],button:not(:disabled)";
/** What closes the list when it is chosen; an item out of order stays and says why. */
const CHOICES = 'a[href],button:not(:disabled,[aria-disabled="true"])';
const EDGE_PX = 8;

/**
 * A button that discloses a list of links and buttons. Closes on Escape, on a choice, and when the focus or a click leaves. `floating`: the
 * list stands free of whatever scrolls or clips around the button, is drawn only while it is open, and gives the focus back on a choice.
 */
export function Menu(props: {
  label: string;
  button: ReactNode;
  align?: "start" | "end";
  floating?: boolean;
  /** The list stands above everything, at the place of the button: for a menu inside of a region that scrolls and would cut it. */
  float?: boolean;
  className?: string;
  children: ReactNode;
}) {
  const [open, setOpen] = useState(false);
  const [place, setPlace] = useState<CSSProperties>({});
  const box = useRef<HTMLDivElement>(null);
  const trigger = useRef<HTMLButtonElement>(null);
  const list = useRef<HTMLDivElement>(null);
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

  const show = (next: boolean) => {
    if (next && props.float && trigger.current) setPlace(placeBeside(trigger.current.getBoundingClientRect()));
    setOpen(next);
  };

  useEffect(() => {
    if (!open || !props.float) return;
    // Standing still while what it belongs to moves away would make it belong to something else.
    const leave = (event: Event) => {
      if (!(event.target instanceof Node && list.current?.contains(event.target))) setOpen(false);
    };
    window.addEventListener("scroll", leave, true);
    window.addEventListener("resize", leave);
    return () => {
      window.removeEventListener("scroll", leave, true);
      window.removeEventListener("resize", leave);
    };
  }, [open, props.float]);

  useEffect(() => {
    if (!open || !floating) return;
    const leave = (event: Event) => {
      if (event.target instanceof Node && box.current?.contains(event.target)) return;
      setOpen(false);
    };
    window.addEventListener("resize", leave);
    document.addEventListener("scroll", leave, true);
    return () => {
      window.removeEventListener("resize", leave);
      document.removeEventListener("scroll", leave, true);
    };
  }, [open, floating]);

  const toggle = (next: boolean) => {
    if (next && floating && trigger.current) setPlace(placeBelow(trigger.current.getBoundingClientRect(), props.align));
    setOpen(next);
  };

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Escape" && open) {
      setOpen(false);
      trigger.current?.focus();
      event.stopPropagation();
    }
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    event.preventDefault();
    if (!open) show(true);
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
        onClick={() => show(!open)}
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
        ref={list}
        hidden={!open}
        style={props.float ? place : undefined}
        onClick={(event) => {
          if (event.target instanceof Element && event.target.closest(ITEMS)) setOpen(false);
        }}
        className={clsx(
          "z-30 min-w-52 overflow-y-auto rounded-lg border border-line-strong bg-surface p-1 shadow-float",
          props.float ? "fixed" : "absolute top-full mt-1 max-h-[70dvh]",
          props.float ? "" : props.align === "end" ? "right-0" : "left-0",
        )}
      >
        {props.children}
      </div>
    </div>
  );
}

const GAP_PX = 4;
/** A list is made at least this high, above the button where there is more room than below. */
const ROOM_PX = 220;
const WIDTH_PX = 288;

function placeBeside(button: DOMRect): CSSProperties {
  const below = window.innerHeight - button.bottom - 2 * GAP_PX;
  const above = button.top - 2 * GAP_PX;
  const left = Math.max(GAP_PX, Math.min(button.left, window.innerWidth - WIDTH_PX - GAP_PX));
  const up = below < ROOM_PX && above > below;
  const side = up ? { bottom: window.innerHeight - button.top + GAP_PX } : { top: button.bottom + GAP_PX };
  return { ...side, left, maxWidth: WIDTH_PX, maxHeight: up ? above : below };
}

/** Below the button where there is room, else above it; never past the window's edge. */
function placeBelow(button: DOMRect, align: "start" | "end" = "start"): CSSProperties {
  const { clientWidth: width, clientHeight: height } = document.documentElement;
  const below = height - button.bottom - 2 * EDGE_PX;
  const above = button.top - 2 * EDGE_PX;
  const down = below >= 320 || below >= above;
  return {
    ...(down ? { top: button.bottom + 4 } : { bottom: height - button.top + 4 }),
    ...(align === "end" || button.left > width / 2
      ? { right: Math.max(EDGE_PX, width - button.right) }
      : { left: Math.max(EDGE_PX, button.left) }),
    maxHeight: Math.max(160, down ? below : above),
  };
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
