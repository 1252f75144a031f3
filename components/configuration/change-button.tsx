"use client";
import type { ReactNode } from "react";
import { useActionDialog, useActionScope, useReader } from "@/components/actions/action-context";
import { mayAct } from "@/components/actions/role";
import { useHindrance } from "@/components/actions/use-hindrance";
import { HinderedButton } from "@/components/ui/hindered-button";
import type { ConfigurationPatch } from "@/lib/domain/actions/request";
import type { Snapshot } from "@/lib/domain/snapshot";

/** Why the reader may not edit at all, or null; what hinders a change for the moment keeps nobody from preparing it. */
export function useWhyReadOnly(snapshot: Pick<Snapshot, "actions">): "role" | "lookOnly" | null {
  const reader = useReader();
  const scope = useActionScope();
  if (reader === null || !mayAct(reader.role, "operator")) return "role";
  return scope === null || snapshot.actions === null ? "lookOnly" : null;
}

/** Opens the dialog on a patch of the configuration that was seen at `revision`. */
export function ChangeButton(props: {
  snapshot: Pick<Snapshot, "scope">;
  revision: string | null;
  patch: ConfigurationPatch;
  /** What hinders it on this page; null: nothing. */
  hindrance?: string | null;
  children: ReactNode;
}) {
  const { revision, patch } = props;
  const scope = useActionScope();
  const { open } = useActionDialog();
  const hindranceOf = useHindrance();
  const ask = { action: "configuration", revision, patch } as const;
  if (scope === null || hindranceOf === null) return null;
  return (
    <HinderedButton
      look="strong"
      hindrance={hindranceOf(ask) ?? props.hindrance ?? null}
      onClick={() => open(scope, ask)}
    >
      {props.children}
    </HinderedButton>
  );
}
