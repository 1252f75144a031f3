import type { MemberName } from "../../ids";
import { message } from "../../message";
import type { Sight } from "../shared/sight";
import type { Finding } from "../shared/steps";
import type { VerifyWorld } from "../types";

/** Whether what clients go through leads to the new leader. `seen` false: nothing fresh to tell it by. */
export type RouteFinding = Finding & { readonly seen: boolean };

const done: RouteFinding = { state: "done", seen: true };
const waits = (detail: Finding["detail"]): RouteFinding => ({ state: "running", seen: true, detail: detail ?? null });
const blind = (detail: Finding["detail"]): RouteFinding => ({ state: "running", seen: false, detail: detail ?? null });

export function vipFinding({ snapshot }: VerifyWorld, sight: Sight, leader: MemberName): RouteFinding {
  const { vip } = snapshot;
  const fresh = sight.evidence.vip?.state === "fresh" && vip?.trust === "fresh";
  const address = sight.evidence.spec.vip?.address ?? "";
  if (!vip || !fresh) return blind(message("verify.detail.vip-unseen", { address }));
  if (vip.answers === false) return waits(message("verify.detail.vip-elsewhere", { address, count: 0, holders: "" }));
  if (vip.method === null) return blind(message("verify.detail.vip-unseen", { address }));
  if (vip.holders.length === 1 && vip.holders[0] === leader) return done;
  const holders = vip.holders.join(", ");
  return waits(message("verify.detail.vip-elsewhere", { address, count: vip.holders.length, holders }));
}

export function haproxyFinding(
  { snapshot }: VerifyWorld,
  sight: Sight,
  leader: MemberName,
  node: string,
): RouteFinding {
  const known = sight.evidence.haproxy.find(({ name }) => name === node)?.known;
  const view = snapshot.haproxy.find(({ name }) => name === node);
  if (known?.state !== "fresh" || !view || view.trust !== "fresh" || view.write === null)
    return blind(message("verify.detail.haproxy-unseen", { node }));
  if (view.writesTo.length === 1 && view.writesTo[0] === leader) return done;
  const servers = view.writesTo.join(", ");
  return waits(message("verify.detail.haproxy-elsewhere", { node, count: view.writesTo.length, servers }));
}

/** A client of our own that goes the whole way; one good look may have been on a session that is about to be cut, two are none. */
export function clientFinding({ snapshot }: VerifyWorld, leader: MemberName): RouteFinding {
  const eye = snapshot.clientEye;
  if (eye?.trust !== "fresh") return blind(message("verify.detail.client-unseen"));
  if (eye.state === "writable" && eye.confirmed && eye.currentGap === null) {
    if (eye.member === leader) return done;
    return eye.member === null
      ? blind(message("verify.detail.client-unseen"))
      : waits(message("verify.detail.client-elsewhere", { member: eye.member }));
  }
  return waits(message("verify.detail.client-waits"));
}
