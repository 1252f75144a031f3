"use client";
import { useActionDialog, useActionScope } from "@/components/actions/action-context";
import { useHindrance } from "@/components/actions/use-hindrance";
import { HinderedButton } from "@/components/ui/hindered-button";
import { useT } from "@/lib/client/i18n";
import { memberName } from "@/lib/domain/ids";
import type { Session } from "@/lib/domain/inspect/activity";

const DEEDS = ["backend-cancel", "backend-terminate"] as const;
type Deed = (typeof DEEDS)[number];
type Told = Pick<Session, "pid" | "backendStart" | "own" | "state" | "kind">;

/** What can be done to the sessions of one member, asked once for all of them. */
export type SessionDesk = {
  /** Why nothing of it can be done now; null: it may be tried. */
  hindranceOf(deed: Deed): string | null;
  open(deed: Deed, id: { readonly pid: number; readonly backendStart: NonNullable<Session["backendStart"]> }): void;
};

/** Null on a picture of the past, and outside of a cluster. */
export function useSessionDesk(name: string): SessionDesk | null {
  const scope = useActionScope();
  const { open } = useActionDialog();
  const hindranceOf = useHindrance();
  if (scope === null || hindranceOf === null) return null;
  const member = memberName(name);
  const hindrances = new Map(DEEDS.map((action) => [action, hindranceOf({ action, member })]));
  return {
    hindranceOf: (action) => hindrances.get(action) ?? null,
    open: (action, id) => open(scope, { action, member, pid: id.pid, backendStart: id.backendStart }),
  };
}

/** Cancelling and terminating one session. What makes no sense now stays in its place and says why. */
export function SessionDeeds(props: { desk: SessionDesk | null; session: Told }) {
  const { desk, session } = props;
  const { pid, backendStart } = session;
  const t = useT();
  if (desk === null) return null;
  return (
    <span className="inline-flex flex-wrap items-start gap-1">
      {DEEDS.map((action) => {
        const ours = ownHindrance(action, session);
        return (
          <HinderedButton
            key={action}
            size="small"
            label={t(`backendActions.${action}.label`, { pid: String(pid) })}
            hindrance={ours === null ? desk.hindranceOf(action) : t(`backendActions.${ours}`)}
            onClick={() => {
              if (backendStart !== null) desk.open(action, { pid, backendStart });
            }}
          >
            {t(`backendActions.${action}.button`)}
          </HinderedButton>
        );
      })}
    </span>
  );
}

/** What the list itself tells against it; the server looks again before anything is done. */
function ownHindrance(action: Deed, session: Told): string | null {
  if (session.own) return "own";
  if (session.backendStart === null) return "noStart";
  if (action === "backend-cancel" && session.kind === "walsender") return "walSender";
  if (action === "backend-cancel" && session.state.startsWith("idle")) return "idle";
  return null;
}
