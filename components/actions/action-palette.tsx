"use client";
import { Command } from "cmdk";
import { useSearchParams } from "next/navigation";
import { useT } from "@/lib/client/i18n";
import type { ClusterName } from "@/lib/client/live-provider";
import { useCluster } from "@/lib/client/use-live";
import { useActionDialog, useReader } from "./action-context";
import { clusterOffers, memberOffers } from "./offers";
import { useHindranceOn } from "./use-hindrance";

/** The actions of the cluster that the page shows, as entries of the command palette. Nothing on a picture of the past. */
export function ActionPalette(props: { cluster: ClusterName; item: string; group: string; close: () => void }) {
  const { scope, title } = props.cluster;
  const t = useT();
  const past = useSearchParams()?.has("at") === true;
  const { snapshot } = useCluster(scope);
  const { open } = useActionDialog();
  const reader = useReader();
  const hindranceOf = useHindranceOn(scope, reader);
  if (past || reader === null) return null;
  const offers = [
    ...clusterOffers(t, snapshot).map((offer) => ({ ...offer, id: offer.key })),
    ...(snapshot?.members ?? []).flatMap(({ name }) =>
      memberOffers(t, snapshot, name).map((offer) => ({ ...offer, id: `${offer.key} ${name}` })),
    ),
  ];
  return (
    <Command.Group heading={t("action.paletteOf", { title })} className={props.group}>
      {offers.map(({ id, label, draft, ask }) => {
        const hindrance = hindranceOf(ask ?? draft);
        return (
          <Command.Item
            key={id}
            value={`action ${scope} ${id}`}
            keywords={[label, t(`action.name.${draft.action}`), draft.action]}
            data-action={draft.action}
            aria-disabled={hindrance !== null}
            onSelect={() => {
              if (hindrance !== null) return;
              props.close();
              open(scope, draft);
            }}
            className={props.item}
          >
            <span className={hindrance === null ? "clip-name" : "clip-name text-ink-3"}>{label}</span>
            <span className="ml-auto max-w-[55%] text-right text-xs text-ink-3">{hindrance ?? title}</span>
          </Command.Item>
        );
      })}
    </Command.Group>
  );
}
