import type { EpochMs, Instant, MemberName } from "../ids";
import type { Message } from "../message";
import type { Snapshot, WritePath } from "../snapshot";

/** What an incident is told from, of one picture: small, so that hours of pictures fit in memory. Times in epoch ms. */
export type Moment = {
  readonly at: EpochMs;
  readonly boot: string | null;
  readonly state: WritePath["state"];
  readonly code: WritePath["code"];
  readonly writer: MemberName | null;
  readonly message: Message;
  readonly sentence: string;
  /** Holder of the leader key; null: nobody holds it; undefined: out of sight. */
  readonly key: MemberName | null | undefined;
  /** When the key was first seen to say so. */
  readonly keySince: EpochMs | null;
  readonly timeline: number | null;
  readonly handover: Snapshot["handover"];
  /** Members whose own PostgreSQL says that it is not in recovery, and when it was asked. */
  readonly open: readonly { readonly name: MemberName; readonly at: EpochMs }[];
  readonly vipHolder: string | null;
  readonly vipSince: EpochMs | null;
  /** HAProxy nodes that are seen, and where their write pools send. */
  readonly routes: readonly { readonly node: string; readonly writesTo: readonly string[]; readonly at: EpochMs }[];
};

const ms = (at: Instant | null): EpochMs | null => (at === null ? null : Date.parse(at));

export function momentOf(snapshot: Snapshot, boot: string | null = null): Moment {
  const { writePath, dcs, vip } = snapshot;
  const fresh = dcs.trust === "fresh";
  const [holder, ...others] = vip?.trust === "fresh" ? vip.holders : [];
  const one = holder !== undefined && others.length === 0;
  return {
    at: Date.parse(snapshot.at),
    boot,
    state: writePath.state,
    code: writePath.code,
    writer: writePath.writer,
    message: writePath.message,
    sentence: writePath.sentence,
    key: fresh ? (dcs.leaderKey?.name ?? null) : undefined,
    keySince: fresh ? ms(dcs.leaderKeySince) : null,
    timeline: snapshot.leader?.timeline ?? null,
    handover: snapshot.handover,
    open: snapshot.members.flatMap(({ name, witnesses }) => {
      const own = witnesses.find((w) => w.layer === "postgres");
      return own?.says === "writer" && own.trust === "fresh" && own.at ? [{ name, at: Date.parse(own.at) }] : [];
    }),
    vipHolder: one ? holder : null,
    vipSince: one ? ms(vip?.since ?? null) : null,
    routes: snapshot.haproxy.flatMap(({ name, trust, at, writesTo }) =>
      trust === "fresh" && at ? [{ node: name, writesTo, at: Date.parse(at) }] : [],
    ),
  };
}
