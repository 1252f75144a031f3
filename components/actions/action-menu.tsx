"use client";
import { Ellipsis, Zap } from "lucide-react";
import { Menu } from "@/components/ui/menu";
import { useT } from "@/lib/client/i18n";
import { useCluster } from "@/lib/client/use-live";
import { useActionDialog, useActionScope, useReader } from "./action-context";
import { ActionItem } from "./action-item";
import { clusterOffers, memberOffers, type Offer } from "./offers";
import { useHindranceOn } from "./use-hindrance";

/** Everything that can be done to this cluster as a whole. Nothing on a picture of the past. */
export function ClusterActionMenu() {
  const t = useT();
  const scope = useActionScope();
  const reader = useReader();
  if (scope === null || reader === null) return null;
  return (
    <Menu
      float
      label={t("action.actions")}
      className="border border-line-strong bg-surface text-ink"
      button={
        <>
          <Zap size={14} aria-hidden="true" />
          {t("action.actions")}
        </>
      }
    >
      <Items scope={scope} member={null} />
    </Menu>
  );
}

/** Everything that can be done to one member. */
export function MemberActionMenu(props: { member: string }) {
  const t = useT();
  const scope = useActionScope();
  const reader = useReader();
  if (scope === null || reader === null) return null;
  return (
    <Menu
      float
      label={t("action.actionsOn", { name: props.member })}
      className="h-7! px-1!"
      button={<Ellipsis size={16} aria-hidden="true" />}
    >
      <Items scope={scope} member={props.member} />
    </Menu>
  );
}

/** Drawn while the menu is open, so that what is offered follows the picture and costs nothing while it is closed. */
function Items(props: { scope: string; member: string | null }) {
  const { scope, member } = props;
  const t = useT();
  const { snapshot } = useCluster(scope);
  const { open } = useActionDialog();
  const hindranceOf = useHindranceOn(scope, useReader());
  const offers: readonly Offer[] = member === null ? clusterOffers(t, snapshot) : memberOffers(t, snapshot, member);
  return offers.map(({ key, label, draft, ask }) => (
    <ActionItem
      key={key}
      action={draft.action}
      hindrance={hindranceOf(ask ?? draft)}
      onChoose={() => open(scope, draft)}
    >
      {label}
    </ActionItem>
  ));
}
