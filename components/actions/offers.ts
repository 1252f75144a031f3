import type { ActionAsk } from "@/lib/domain/actions/availability";
import { memberName } from "@/lib/domain/ids";
import type { Snapshot } from "@/lib/domain/snapshot";
import type { Translate } from "@/lib/format/message";
import type { ActionDraft } from "./draft";

/**
 * An action as it is offered somewhere: what it is called there, and what its dialog opens with. `ask`: what its availability is asked by
 * where the dialog leaves more to choose than the draft says.
 */
export type Offer = {
  readonly key: string;
  readonly label: string;
  readonly draft: ActionDraft;
  readonly ask?: ActionAsk;
};

const NOW = { scheduledAt: null } as const;

/** What may be done to a cluster as a whole, in the order of its menu. */
export function clusterOffers(t: Translate, snapshot: Snapshot | null): readonly Offer[] {
  const paused = snapshot?.paused === true;
  const planned = snapshot?.scheduled.some(({ kind }) => kind === "switchover") === true;
  return [
    {
      key: "switchover",
      label: t("action.verb.switchover"),
      draft: { action: "switchover", candidate: null, ...NOW },
      ask: { action: "switchover" },
    },
    ...(planned
      ? [
          {
            key: "switchover-cancel",
            label: t("action.verb.switchover-cancel"),
            draft: { action: "switchover-cancel" },
          } as const,
        ]
      : []),
    { key: "failover", label: t("action.verb.failover"), draft: { action: "failover", candidate: null } },
    paused
      ? { key: "resume", label: t("action.verb.resume"), draft: { action: "resume" } }
      : { key: "pause", label: t("action.verb.pause"), draft: { action: "pause", until: null, resumeAtEnd: false } },
    {
      key: "restart-pending",
      label: t("action.verbAll.restartPending"),
      draft: { action: "restart", member: null, onlyPending: true, ...NOW },
    },
    {
      key: "restart-all",
      label: t("action.verbAll.restart"),
      draft: { action: "restart", member: null, onlyPending: false, ...NOW },
    },
    { key: "reload-all", label: t("action.verbAll.reload"), draft: { action: "reload", member: null } },
  ];
}

/** What may be done to one member, in the order of its menu. */
export function memberOffers(t: Translate, snapshot: Snapshot | null, name: string): readonly Offer[] {
  const member = memberName(name);
  const view = snapshot?.members.find((one) => one.name === member);
  const on = (verb: string) => t(`action.verbOn.${verb}`, { member: name });
  const leads = view?.role === "leader" || view?.role === "standby-leader";
  return [
    ...(leads
      ? []
      : [
          {
            key: "switchover",
            label: on("switchover"),
            draft: { action: "switchover", candidate: member, ...NOW },
          } as const,
          { key: "failover", label: on("failover"), draft: { action: "failover", candidate: member } } as const,
        ]),
    { key: "restart", label: on("restart"), draft: { action: "restart", member, onlyPending: false, ...NOW } },
    ...(view?.scheduledRestart
      ? [{ key: "restart-cancel", label: on("restart-cancel"), draft: { action: "restart-cancel", member } } as const]
      : []),
    { key: "reload", label: on("reload"), draft: { action: "reload", member } },
    { key: "reinitialize", label: on("reinitialize"), draft: { action: "reinitialize", member, fromLeader: false } },
  ];
}
