"use client";
import { clsx } from "clsx";
import Link from "next/link";
import { useParams } from "next/navigation";
import { PLAIN_BUTTON } from "@/components/actions/buttons";
import { localText } from "@/components/runbooks/words";
import { usePageStale } from "@/components/status/trust";
import { Lasting } from "@/components/ui/age";
import { useT } from "@/lib/client/i18n";
import { runPath } from "@/lib/client/paths";
import type { RunShort } from "@/lib/domain/runbooks/run";
import type { Snapshot } from "@/lib/domain/snapshot";
import { BOX_OF_RUN, RunMark, TEXT_OF_RUN } from "./run-mark";

/** Runbooks that are being followed on this cluster: on every page of it, whoever carries them. A run's own page has no need of its line. */
export function RunsStrip(props: { snapshot: Snapshot }) {
  const t = useT();
  const { scope, runs } = props.snapshot;
  // Null outside of the router.
  const id = useParams<{ id?: string }>()?.id;
  const shown = (runs?.runs ?? []).filter((run) => run.id !== id);
  if (shown.length === 0) return null;
  return (
    <section aria-label={t("runbooks.strip")}>
      <ul className="flex flex-col gap-2">
        {shown.map((run) => (
          <StripRow key={run.id} scope={scope} run={run} />
        ))}
      </ul>
    </section>
  );
}

function StripRow(props: { scope: string; run: RunShort }) {
  const { scope, run } = props;
  const t = useT();
  const stale = usePageStale();
  return (
    <li
      data-run-strip={run.id}
      data-state={run.state}
      className={clsx(
        "flex flex-wrap items-center gap-x-3 gap-y-1 rounded-lg border px-4 py-2 text-sm",
        BOX_OF_RUN[run.state],
        stale && "hatched",
      )}
    >
      <RunMark state={run.state} />
      <p className="min-w-0 flex-1 wrap-anywhere max-sm:basis-[calc(100%-3rem)]">
        <span className="text-ink-2">{t("runbooks.run")}</span>{" "}
        <span className="font-medium">{localText(t, run.title)}</span>
        {": "}
        <strong className={clsx("font-semibold", TEXT_OF_RUN[run.state])}>{t(`runbooks.state.${run.state}`)}</strong>
        <span className="text-ink-2">
          {" · "}
          {t("runbooks.stepOf", run.step)}
          {" · "}
          {t("runbooks.carriedBy", { name: run.carrier })}
          {run.handedTo === null ? null : ` · ${t("runbooks.handedTo", { name: run.handedTo })}`}
        </span>
        {run.contradiction === null ? null : (
          <span className="block text-xs font-medium text-crit">
            {t(`runbooks.contradicted.${run.contradiction.kind}`)}
          </span>
        )}
      </p>
      <Lasting since={run.startedAt} className="figures text-ink-2" />
      <Link href={runPath(scope, run.id)} prefetch={false} className={PLAIN_BUTTON}>
        {t("runbooks.open")}
      </Link>
    </li>
  );
}
