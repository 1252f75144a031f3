"use client";
import { Command } from "cmdk";
import { useT } from "@/lib/client/i18n";
import type { ClusterName } from "@/lib/client/live-provider";
import { runbookPath } from "@/lib/client/paths";
import { useRunbooks } from "@/lib/client/runs";
import { localText } from "./words";

/** Every runbook of the cluster that the page shows, as entries of the command palette. */
export function RunbookPalette(props: {
  cluster: ClusterName;
  item: string;
  group: string;
  go: (path: string) => void;
}) {
  const { scope, title } = props.cluster;
  const t = useT();
  const { value } = useRunbooks(scope);
  if (value === null || value.runbooks.length === 0) return null;
  return (
    <Command.Group heading={t("runbooks.paletteOf", { title })} className={props.group}>
      {value.runbooks.map(({ runbook }) => (
        <Command.Item
          key={runbook.id}
          value={`runbook ${scope} ${runbook.id}`}
          keywords={[localText(t, runbook.title), runbook.title.en, t("runbooks.one")]}
          onSelect={() => props.go(runbookPath(scope, runbook.id))}
          className={props.item}
        >
          <span className="clip-name">{localText(t, runbook.title)}</span>
          <span className="ml-auto text-xs text-ink-3">
            {t(runbook.kind === "drill" ? "runbooks.drill" : "runbooks.one")}
          </span>
        </Command.Item>
      ))}
    </Command.Group>
  );
}
