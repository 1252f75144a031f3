"use client";
import { clsx } from "clsx";
import { memo } from "react";
import { useShortName } from "@/components/members/short-name";
import { TEXT_OF_LEVEL } from "@/components/status/level";
import { useT } from "@/lib/client/i18n";
import type { PoolServer } from "@/lib/domain/facts";
import { receives, serverLevel } from "./pool-server";

const ACTIVE = {
  write: { box: "border-accent/60 text-ink", dot: "text-accent" },
  read: { box: "border-line-strong text-ink", dot: "" },
  wrong: { box: "border-crit bg-crit-soft font-medium text-crit", dot: "text-crit" },
} as const;

/** One server of a pool: filled when it receives new sessions, hollow when not, with HAProxy's own words in the title. */
export const PoolServerChip = memo(function PoolServerChip(props: {
  server: PoolServer;
  tone: "write" | "read" | "wrong";
  doubtful: boolean;
}) {
  const { server, tone, doubtful } = props;
  const t = useT();
  const shorten = useShortName();
  const active = receives(server.status) && !doubtful;
  const level = doubtful ? "blind" : serverLevel(server.status);
  const detail = [server.rawStatus, server.checkStatus, server.lastCheck, server.address].filter(Boolean).join(" · ");
  return (
    <li
      title={`${server.name} · ${detail}`}
      className={clsx(
        "flex max-w-full min-w-0 items-center gap-1.5 rounded-sm border px-1.5 text-xs leading-[18px]",
        active ? ACTIVE[tone].box : "border-line text-ink-3",
        doubtful && "border-dashed",
      )}
    >
      <svg
        aria-hidden="true"
        width="8"
        height="8"
        viewBox="0 0 8 8"
        className={clsx("shrink-0", active && ACTIVE[tone].dot)}
      >
        <circle cx="4" cy="4" r="3" fill={active ? "currentColor" : "none"} stroke="currentColor" strokeWidth="1.3" />
      </svg>
      <span className="clip-name max-w-40">{shorten(server.name)}</span>
      <span
        className={clsx("whitespace-nowrap", level === "ok" || level === "info" ? "text-ink-3" : TEXT_OF_LEVEL[level])}
      >
        {t(`haproxy.status.${server.status}`)}
      </span>
    </li>
  );
});
