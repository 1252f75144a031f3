import { clsx } from "clsx";
import type { Level } from "@/components/status/level";
import { StatusMark } from "@/components/status/status-mark";
import type { EventSeverity } from "@/lib/domain/events/event";

const LEVEL: Readonly<Record<Exclude<EventSeverity, "notice" | "info">, Level>> = { warn: "warn", critical: "crit" };

/** Shape and colour of an event's severity; always beside its word. Health is quiet: only what deviates has colour. */
export function SeverityMark(props: { severity: EventSeverity; size?: number; className?: string }) {
  const { severity, size = 14, className } = props;
  if (severity === "warn" || severity === "critical") {
    return <StatusMark level={LEVEL[severity]} size={size} {...(className ? { className } : {})} />;
  }
  return (
    <svg aria-hidden="true" width={size} height={size} viewBox="0 0 16 16" className={clsx("shrink-0", className)}>
      {severity === "notice" ? (
        <path d="M8 1.5 14.5 8 8 14.5 1.5 8Z" className="fill-ink-2" />
      ) : (
        <circle cx="8" cy="8" r="3" className="fill-none stroke-ink-3" strokeWidth="1.5" />
      )}
    </svg>
  );
}

/** Classes are literal, since Tailwind only sees what is spelled out. */
export const TEXT_OF_SEVERITY: Readonly<Record<EventSeverity, string>> = {
  info: "text-ink-3",
  notice: "text-ink-2",
  warn: "text-warn",
  critical: "text-crit",
};
