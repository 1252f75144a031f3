"use client";
import { clsx } from "clsx";
import {
  Archive,
  ArrowLeftRight,
  Crown,
  type LucideIcon,
  MonitorDot,
  RotateCw,
  SlidersHorizontal,
  UserPlus,
} from "lucide-react";
import { memo } from "react";
import type { EventSeverity } from "@/lib/domain/events/event";
import type { MarkGroup } from "./marks";

const SIGN: Readonly<Record<MarkGroup, LucideIcon>> = {
  leader: Crown,
  restart: RotateCw,
  vip: ArrowLeftRight,
  backup: Archive,
  member: UserPlus,
  configuration: SlidersHorizontal,
  dashboard: MonitorDot,
};

const LOOK: Readonly<Record<EventSeverity, string>> = {
  info: "border-line-strong text-ink-3",
  notice: "border-ink-3 text-ink-2",
  warn: "border-warn-line text-warn",
  critical: "border-crit-line text-crit",
};

/** The sign of a group of events, coloured by how grave. Always stands beside words, or is drawn where they are elsewhere. */
export const MarkSign = memo(function MarkSign(props: {
  group: MarkGroup;
  severity: EventSeverity;
  count?: number;
  className?: string;
}) {
  const Icon = SIGN[props.group];
  const { count = 1 } = props;
  return (
    <span
      aria-hidden="true"
      className={clsx(
        "inline-flex h-4 min-w-4 items-center justify-center gap-0.5 rounded-full border bg-surface px-0.5 text-[0.625rem] leading-none font-semibold",
        LOOK[props.severity],
        props.className,
      )}
    >
      <Icon size={10} strokeWidth={2.25} />
      {count > 1 ? <span className="pr-0.5">{count}</span> : null}
    </span>
  );
});
