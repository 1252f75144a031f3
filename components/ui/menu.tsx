"use client";
import { clsx } from "clsx";
import { ChevronDown } from "lucide-react";
import { type CSSProperties, type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from "react";

const ITEMS = "a[href],button:not(:disabled)";
/** What closes the list when it is chosen; an item out of order stays and says why. */
const CHOICES = 'a[href],button:not(:disabled,[aria-disabled="true"])';

/** A button that discloses a list of links and buttons. Closes on Escape, on a choice, and when the focus or a click leaves. */
export function Menu(props: {
  label: string;
  button: ReactNode;
  align?: "start" | "end";
  /**
   * The list stands above everything, at the place of the button: for a menu inside of a region that scrolls and would cut it. It is drawn
   * only while it is open, and a choice gives the focus back to the button.
   */
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
    const at = trigger.current?.getBoundingClientRect();
    // Standing still while what it belongs to moves away would make it belong to something else. A scroll that was over before it opened
    // is told only now, and moves nothing.
    const leave = (event: Event) => {
      const moved = trigger.current?.getBoundingClientRect();
      if (event.type === "scroll" && moved?.top === at?.top && moved?.left === at?.left) return;
      if (!(event.target instanceof Node && list.current?.contains(event.target))) setOpen(false);
    };
    window.addEventListener("scroll", leave, true);
    window.addEventListener("resize", leave);
    return () => {
      window.removeEventListener("scroll", leave, true);
      window.removeEventListener("resize", leave);
    };
  }, [open, props.float]);

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
          if (!(event.target instanceof Element) || !event.target.closest(CHOICES)) return;
          setOpen(false);
          if (props.float) trigger.current?.focus();
        }}
        className={clsx(
          "z-30 min-w-52 overflow-y-auto rounded-lg border border-line-strong bg-surface p-1 shadow-float",
          props.float ? "fixed" : "absolute top-full mt-1 max-h-[70dvh]",
          props.float ? "" : props.align === "end" ? "right-0" : "left-0",
        )}
      >
        {props.float && !open ? null : props.children}
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

function moveFocus(box: HTMLElement | null, trigger: HTMLElement | null, step: 1 | -1): void {
  const items = [...(box?.querySelectorAll<HTMLElement>(ITEMS) ?? [])].filter((item) => item !== trigger);
  const at = items.indexOf(document.activeElement as HTMLElement);
  const next = at === -1 ? (step === 1 ? 0 : items.length - 1) : (at + step + items.length) % items.length;
  // The list is drawn on the next frame when this very key opened it.
  requestAnimationFrame(() => items[next]?.focus());
}

export const MENU_ITEM =
  "flex w-full items-center gap-2 rounded-md px-2.5 py-1.5 text-left text-sm text-ink hover:bg-raised focus-visible:bg-raised aria-[current=true]:text-accent aria-[current=page]:text-accent";
