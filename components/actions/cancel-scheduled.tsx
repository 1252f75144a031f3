"use client";
import { HinderedButton } from "@/components/ui/hindered-button";
import { useT } from "@/lib/client/i18n";
import { memberName } from "@/lib/domain/ids";
import { useActionDialog, useActionScope } from "./action-context";
import type { ActionDraft } from "./draft";
import { useHindrance } from "./use-hindrance";

/** Takes back what was scheduled. Nothing on a picture of the past. */
export function CancelScheduled(props: { kind: "switchover" | "restart"; member: string | null }) {
  const { kind, member } = props;
  const t = useT();
  const scope = useActionScope();
  const { open } = useActionDialog();
  const hindranceOf = useHindrance();
  if (scope === null || hindranceOf === null) return null;
  const draft: ActionDraft | null =
    kind === "switchover"
      ? { action: "switchover-cancel" }
      : member === null
        ? null
        : { action: "restart-cancel", member: memberName(member) };
  if (draft === null) return null;
  return (
    <div className="mt-1">
      <HinderedButton size="small" hindrance={hindranceOf(draft)} onClick={() => open(scope, draft)}>
        {t(`action.verb.${draft.action}`)}
      </HinderedButton>
    </div>
  );
}
