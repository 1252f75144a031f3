"use client";
import Link from "next/link";
import { useMemo } from "react";
import { usePageStale } from "@/components/status/trust";
import { useFrozenNow } from "@/lib/client/frozen-clock";
import { useT } from "@/lib/client/i18n";
import { nextFailurePath } from "@/lib/client/paths";
import { foretell } from "@/lib/domain/next-failure/foretell";
import type { Snapshot } from "@/lib/domain/snapshot";
import { summaryText } from "./summary-text";

/** In one quiet line: how many single failures would stop writes now. Nothing where that cannot be told. */
export function NextFailureLine(props: { snapshot: Snapshot }) {
  const { snapshot } = props;
  const t = useT();
  const stale = usePageStale();
  const past = useFrozenNow() !== null;
  const failures = useMemo(() => foretell(snapshot), [snapshot]);
  if (stale || past || failures.length === 0) return null;
  const lost = failures.filter(({ writes }) => writes === "lost").length;
  return (
    <p className="mt-3 text-xs text-ink-2" data-next-failure={lost}>
      <Link href={nextFailurePath(snapshot.scope)} prefetch={false} className="hover:text-accent hover:underline">
        {summaryText(t, failures)}
      </Link>
    </p>
  );
}
