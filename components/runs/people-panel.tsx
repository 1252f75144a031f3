"use client";
import { Hand, User } from "lucide-react";
import { useReader } from "@/components/actions/action-context";
import { Panel } from "@/components/ui/panel";
import { useT } from "@/lib/client/i18n";
import { useRunHere } from "./run-context";

/** Who carries the run, who was asked to, and who has taken part. */
export function PeoplePanel() {
  const { run } = useRunHere();
  const t = useT();
  const reader = useReader();
  const you = (name: string) => (reader?.name === name ? ` (${t("runbooks.you")})` : "");
  return (
    <Panel title={t("runbooks.people")}>
      <ul className="flex flex-col gap-1.5 text-sm">
        {run.joined.map((name) => (
          <li key={name} className="flex items-center gap-2" data-person={name}>
            {name === run.carrier ? (
              <Hand size={15} aria-hidden="true" className="text-accent" />
            ) : (
              <User size={15} aria-hidden="true" className="text-ink-3" />
            )}
            <span className="min-w-0 wrap-anywhere">
              {name}
              {you(name)}
            </span>
            <span className={name === run.carrier ? "text-xs font-medium text-accent" : "text-xs text-ink-3"}>
              {t(
                `runbooks.${name === run.carrier ? "carrying" : "partaking"}.${run.endedAt === null ? "now" : "then"}`,
              )}
            </span>
          </li>
        ))}
      </ul>
      {run.handedTo === null ? null : (
        <p className="mt-2 text-sm font-medium text-warn wrap-anywhere" data-handed-to={run.handedTo}>
          {t("runbooks.handedTo", { name: run.handedTo })}
          {you(run.handedTo)}
        </p>
      )}
    </Panel>
  );
}
