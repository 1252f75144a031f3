"use client";
import { useActionDialog, useActionScope } from "@/components/actions/action-context";
import { useHindrance } from "@/components/actions/use-hindrance";
import { HinderedButton } from "@/components/ui/hindered-button";
import { useT } from "@/lib/client/i18n";
import { memberName } from "@/lib/domain/ids";
import type { Session } from "@/lib/domain/inspect/activity";

type Told = Pick<Session, "pid" | "backendStart" | "own" | "state" | "kind">;

/** Cancelling and terminating one session of a member. Nothing on a picture of the past; what makes no sense now says why. */
export function SessionDeeds(props: { member: string; session: Told }) {
  const { pid, backendStart } = props.session;
  const scope = useActionScope();
  const t = useT();
  const { open } = useActionDialog();
  const hindranceOf = useHindrance();
  if (scope === null || hindranceOf === null) return null;
  const member = memberName(props.member);
  return (
    <span className="inline-flex flex-wrap gap-1">
      {(["backend-cancel", "backend-terminate"] as const).map((action) => {
        const ours = ownHindrance(action, props.session);
        return (
          <HinderedButton
            key={action}
            size="small"
            label={t(`backendActions.${action}.label`, { pid: String(pid) })}
            hindrance={ours ? t(`backendActions.${ours}`) : hindranceOf({ action, member })}
            onClick={() => {
              if (backendStart !== null) open(scope, { action, member, pid, backendStart });
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
function ownHindrance(action: "backend-cancel" | "backend-terminate", session: Told): string | null {
  if (session.own) return "own";
  if (session.backendStart === null) return "noStart";
  if (action === "backend-cancel" && session.kind === "walsender") return "walSender";
  if (action === "backend-cancel" && session.state.startsWith("idle")) return "idle";
  return null;
}
