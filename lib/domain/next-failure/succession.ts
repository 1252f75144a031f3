import type { MemberName } from "../ids";
import type { MemberView } from "../snapshot";
import type { Picture } from "./picture";

/** Who would lead once some members are gone, by the rules by which Patroni's members choose among themselves. */
export type Succession =
  /** The present leader is not among the gone. */
  | { readonly kind: "stays"; readonly leader: MemberName }
  /** `leaders`: equally fit ones, of whom the first to take the key wins. `lossBytes` null: unknown. */
  | { readonly kind: "successor"; readonly leaders: readonly MemberName[]; readonly lossBytes: number | null }
  | { readonly kind: "nobody"; readonly why: "paused" | "no-candidate" | "candidate-unseen" | "pause-unseen" };

export function successionWithout(
  picture: Picture,
  gone: readonly MemberName[],
  maximumLagBytes: number,
): Succession | null {
  const leader = picture.leader?.name ?? null;
  if (leader === null) return null;
  if (!gone.includes(leader)) return { kind: "stays", leader };
  if (picture.paused === true) return { kind: "nobody", why: "paused" };
  if (picture.paused === null) return { kind: "nobody", why: "pause-unseen" };
  const rest = picture.members.filter(({ name }) => !gone.includes(name));
  const judged = rest.map((member) => ({ member, fit: fitness(picture, member, maximumLagBytes) }));
  const fit = judged.filter((one) => one.fit === "fit").map((one) => one.member);
  const unseen = judged.some((one) => one.fit === "unseen");
  if (fit.length === 0) return { kind: "nobody", why: unseen ? "candidate-unseen" : "no-candidate" };
  const leaders = foremost(fit);
  const losses = leaders.map((one) => one.lag.receiveBytes);
  const lossBytes = losses.some((one) => one === null) ? null : Math.max(...losses.map((one) => one ?? 0));
  return { kind: "successor", leaders: leaders.map(({ name }) => name), lossBytes };
}

/** `unseen`: nothing speaks against it, and what would speak for it is not seen now. */
function fitness(picture: Picture, member: MemberView, maximumLagBytes: number): "fit" | "unfit" | "unseen" {
  const { tags, lag } = member;
  if (tags.nofailover || (tags.failoverPriority !== null && tags.failoverPriority <= 0)) return "unfit";
  if (member.presence === "missing" || member.timelineDiffers) return "unfit";
  const synchronous = synchronousMode(picture);
  const named = member.role === "sync-standby" || member.role === "quorum-standby";
  if (synchronous === true && !named) return "unfit";
  if (member.stateTrust !== "fresh") return "unseen";
  if (member.state !== "running") return "unfit";
  const behind = lag.trust === "fresh" ? (lag.receiveBytes ?? lag.replayBytes) : null;
  if (behind === null || (synchronous === null && !named)) return "unseen";
  return behind > maximumLagBytes ? "unfit" : "fit";
}

/** A member gives way to one that has received more, and among equals to one of a higher `failover_priority`. */
function foremost(fit: readonly MemberView[]): readonly MemberView[] {
  const behind = (one: MemberView) => one.lag.receiveBytes ?? one.lag.replayBytes ?? Number.POSITIVE_INFINITY;
  const least = Math.min(...fit.map(behind));
  const ahead = fit.filter((one) => behind(one) === least);
  const priority = (one: MemberView) => one.tags.failoverPriority ?? 1;
  const highest = Math.max(...ahead.map(priority));
  return ahead.filter((one) => priority(one) === highest);
}

/** Null where the dynamic configuration was not read: then only what is called a synchronous standby is sure to be one. */
export function synchronousMode(picture: Picture): boolean | null {
  if (!picture.configuration) {
    const told = picture.members.some(({ role }) => role === "sync-standby" || role === "quorum-standby");
    return told ? true : null;
  }
  const value = picture.configuration.value.synchronous_mode;
  return value === true || (typeof value === "string" && /^(on|true|yes|1|quorum)$/i.test(value));
}

/** Patroni's `failsafe_mode`: without its DCS a leader goes on as long as every member of the cluster agrees to it. */
export const failsafeMode = (picture: Picture): boolean => picture.configuration?.value.failsafe_mode === true;

/** Members that answer now, beside the gone: all of them must agree in failsafe mode. */
export const allAnswer = (picture: Picture, gone: readonly MemberName[]): boolean =>
  gone.length === 0 && picture.members.every((one) => one.stateTrust === "fresh" && one.presence === "present");

/**
 * With `synchronous_mode_strict` a leader without a synchronous standby lets every commit wait. Null: nothing of the kind. Any streaming
 * member that is not `nosync` may become the synchronous one.
 */
export function strictlyBlocked(
  picture: Picture,
  leader: MemberName,
  gone: readonly MemberName[],
): "lost" | "unknown" | null {
  const strict = picture.configuration?.value.synchronous_mode_strict === true;
  if (!strict || synchronousMode(picture) !== true) return null;
  const rest = picture.members.filter((one) => one.name !== leader && !gone.includes(one.name) && !one.tags.nosync);
  if (rest.some((one) => one.stateTrust === "fresh" && one.state === "running")) return null;
  return rest.some((one) => one.stateTrust !== "fresh" && one.presence === "present") ? "unknown" : "lost";
}
