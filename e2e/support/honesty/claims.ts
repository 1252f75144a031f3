import type { Truth, TruthHost } from "@/lab/truth-types";
import { unsettled } from "@/lab/verdict";
import type { Instant } from "@/lib/domain/ids";
import type { HaproxyNodeView, MemberView, Snapshot } from "@/lib/domain/snapshot";
import { takesTraffic } from "../agreement";
import type { Verdict } from "./truth-line";

/**
 * One thing that a picture says. It holds for the time of its evidence, not for the moment at which it is read: it is a
 * lie when no moment from `from` (its evidence) to its arrival was such as it says.
 */
export type Claim = {
  readonly says: string;
  readonly from: number;
  readonly holds: (truth: Truth) => Verdict;
  /** Whether two samples in a row prove that it was so between them, although neither saw it. */
  readonly between?: (before: Truth, after: Truth) => boolean;
};

/** A member's state and timeline carry no time of their own: they may be as old as the slowest beat allows, in ms. */
const MEMBER_EVIDENCE_MS = 9_500;

/**
 * The leader key is mostly told by an event, which says when we heard of it and not when it was: on its way through etcd, the wire and two
 * processes it may have been this long, in ms.
 */
const EVENT_ON_ITS_WAY_MS = 250;

/**
 * How long the look took that gave a source's answer, in ms. An answer tells of a moment between question and answer, so a
 * claim's evidence begins with the question.
 */
export type TookMs = (sourceId: string) => number;

/** Everything that a picture says which the hosts can confirm or deny. */
export function claimsOf(snapshot: Snapshot, tookMs: TookMs): Claim[] {
  return [
    ...writePathClaims(snapshot, tookMs),
    ...leaderClaims(snapshot),
    ...vipClaims(snapshot, tookMs),
    ...clientClaims(snapshot, tookMs),
    ...snapshot.haproxy.flatMap((node) => poolClaims(node, tookMs(`haproxy:${node.name}`))),
    ...snapshot.members.flatMap((member) => memberClaims(member, Date.parse(snapshot.at) - MEMBER_EVIDENCE_MS)),
  ];
}

const time = (at: Instant | null): number | null => (at === null ? null : Date.parse(at));

function hostOf(truth: Truth, name: string): TruthHost | undefined {
  return Object.entries(truth.hosts).find(([host]) => host === name)?.[1];
}

/** A server that is frozen or gone takes no writes; one that runs and did not answer in time is not known. */
export function isWritable(truth: Truth, name: string): Verdict {
  const host = hostOf(truth, name);
  if (!host) return null;
  if (host.services.postgres !== "running") return false;
  return host.inRecovery === null ? null : !host.inRecovery;
}

function writePathClaims({ writePath }: Snapshot, tookMs: TookMs): Claim[] {
  const asOf = time(writePath.asOf);
  if (asOf === null) return [];
  const cited = writePath.witnesses.flatMap((witness) => witness.sourceIds);
  const from = asOf - Math.max(0, ...cited.map(tookMs));
  const { writer, state, disagree } = writePath;
  const claims: Claim[] = [];
  if (writer !== null) {
    claims.push({ says: `${writer} takes writes`, from, holds: (truth) => isWritable(truth, writer) });
  }
  if (state === "broken" || disagree.length > 0) {
    claims.push({ says: `not all is well (${writePath.code})`, from, holds: (truth) => unsettled(truth) !== null });
  }
  if (state === "split") {
    claims.push({ says: "two members take writes", from, holds: (truth) => truth.writable.length > 1 });
  }
  return claims;
}

function leaderClaims({ dcs, leader }: Snapshot): Claim[] {
  const at = time(dcs.at);
  if (at === null || dcs.readAs !== "etcd3") return [];
  const from = at - EVENT_ON_ITS_WAY_MS;
  const name = leader?.name ?? null;
  if (name !== null) {
    return [{ says: `${name} holds the leader key`, from, holds: (truth) => truth.leaderKey === name }];
  }
  if (dcs.trust !== "fresh") return [];
  return [
    {
      says: "nobody holds the leader key",
      from,
      holds: (truth) => truth.leaderKey === null,
      between: changedHands,
    },
  ];
}

/** Patroni takes the leader key only where there is none (a transaction on its create revision): between two reigns nobody led. */
const changedHands = (before: Truth, after: Truth): boolean =>
  before.leaderKey !== null && after.leaderKey !== null && before.leaderKey !== after.leaderKey;

function vipClaims({ vip }: Snapshot, tookMs: TookMs): Claim[] {
  const at = time(vip?.at ?? null);
  if (!vip || at === null) return [];
  const from = at - tookMs(`vip:${vip.address}`);
  const claims: Claim[] = vip.holders.map((holder) => ({
    says: `${holder} holds the VIP`,
    from,
    holds: (truth) => hostOf(truth, holder)?.vip ?? null,
  }));
  if (vip.holders.length > 1) {
    claims.push({ says: "two hold the VIP", from, holds: (truth) => truth.vipHolders.length > 1 });
  }
  if (vip.answers === false) {
    claims.push({ says: "nobody answers at the VIP", from, holds: (truth) => unsettled(truth) !== null });
  }
  return claims;
}

const isSilent = (truth: Truth, node: string): boolean => (hostOf(truth, node)?.haproxy ?? null) === null;

/** Whom a client meets is as old as its last session, from its beginning on. */
function clientClaims({ clientEye: eye }: Snapshot, tookMs: TookMs): Claim[] {
  const at = time(eye?.at ?? null);
  if (!eye || at === null || eye.state !== "writable") return [];
  const { member, address } = eye;
  if (member === null) return [];
  const from = at - tookMs(`client-eye:${address}`);
  return [{ says: `a client may write on ${member}`, from, holds: (truth) => isWritable(truth, member) }];
}

function poolClaims(node: HaproxyNodeView, latencyMs: number): Claim[] {
  const at = time(node.at);
  if (at === null) return [];
  return (["write", "read"] as const).flatMap((kind) =>
    (node[kind]?.servers ?? []).map((server): Claim => {
      const up = takesTraffic(server.rawStatus);
      return {
        says: `HAProxy on ${node.name} has ${server.name} ${server.rawStatus} in its ${kind} pool`,
        from: at - latencyMs,
        holds(truth) {
          const status = hostOf(truth, node.name)?.haproxy?.[kind][server.name];
          return status === undefined ? null : takesTraffic(status) === up;
        },
        // A HAProxy that has just been started takes every server for up until its first checks: over before the next sample.
        between: (before, after) => up && isSilent(before, node.name) && !isSilent(after, node.name),
      };
    }),
  );
}

function memberClaims(member: MemberView, from: number): Claim[] {
  const claims: Claim[] = [];
  const { name, timeline } = member;
  if (member.stateTrust === "fresh" && member.state === "running") {
    const holds = (truth: Truth) => hostOf(truth, name)?.services.postgres !== "stopped";
    claims.push({ says: `PostgreSQL of ${name} runs`, from, holds });
  }
  if (member.roleTrust === "fresh" && timeline !== null) {
    claims.push({
      says: `${name} is on timeline ${timeline}`,
      from,
      holds(truth) {
        const host = hostOf(truth, name);
        const known = host?.timeline ?? null;
        // A standby that receives nothing is known by its control file, which trails: it has replayed that timeline at least.
        const trails = host?.inRecovery === true && host.receiverStreaming !== true;
        return known === null || (trails && known < timeline) ? null : known === timeline;
      },
      // Timelines only grow: what was before it and is past it may have been on it, unseen by the control file.
      between(before, after) {
        const [was, is] = [before, after].map((truth) => hostOf(truth, name)?.timeline ?? null);
        return was != null && is != null && was < timeline && timeline < is;
      },
    });
  }
  return claims;
}
