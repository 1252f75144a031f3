import type { ReactNode } from "react";
import type { Level } from "@/components/status/level";
import { StatusMark } from "@/components/status/status-mark";

/** A page that has nothing but one thing to say: not found, not allowed, not reachable. */
export function PageNotice(props: { level: Level; title: string; text: string; children?: ReactNode }) {
  return (
    <div className="mx-auto my-[14dvh] flex max-w-xl flex-col items-start gap-3 px-4">
      <StatusMark level={props.level} size={28} />
      <h1 className="text-verdict font-semibold tracking-[-0.02em] text-balance">{props.title}</h1>
      <p className="text-ink-2 wrap-anywhere">{props.text}</p>
      {props.children}
    </div>
  );
}
