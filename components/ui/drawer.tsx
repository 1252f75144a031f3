"use client";
import { X } from "lucide-react";
import { type ReactNode, useEffect, useId, useRef } from "react";

/** A modal sheet at the right edge, on the browser's own `<dialog>`: focus stays inside, Escape closes. */
export function Drawer(props: { title: string; closeLabel: string; onClose: () => void; children: ReactNode }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  useEffect(() => {
    const element = dialog.current;
    if (!element || element.open) return;
    element.showModal();
    return () => element.close();
  }, []);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Escape closes a modal dialog by itself
    <dialog
      ref={dialog}
      aria-labelledby={id}
      onClose={props.onClose}
      onClick={(event) => {
        if (event.target === dialog.current) props.onClose();
      }}
      className="fixed inset-y-0 right-0 left-auto m-0 h-dvh max-h-none w-[min(44rem,100vw)] max-w-none border-l border-line-strong bg-surface p-0 text-ink shadow-float"
    >
      <div className="flex h-full flex-col">
        <header className="flex items-center justify-between gap-4 border-b border-line px-5 py-3">
          <h2 id={id} className="clip-name text-lg font-semibold">
            {props.title}
          </h2>
          <button
            type="button"
            onClick={props.onClose}
            aria-label={props.closeLabel}
            className="rounded-md p-1.5 text-ink-2 hover:bg-raised hover:text-ink"
          >
            <X size={18} aria-hidden="true" />
          </button>
        </header>
        <div className="min-h-0 flex-1 overflow-y-auto p-5">{props.children}</div>
      </div>
    </dialog>
  );
}
