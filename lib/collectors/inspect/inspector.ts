import type { RosterEntry } from "@/lib/domain/cluster-state";
import { instant } from "@/lib/domain/ids";
import type { Inspected, InspectValues } from "@/lib/domain/inspect/answer";
import { INSPECT_BEAT_MS, type InspectTopic, isOfADatabase } from "@/lib/domain/inspect/topics";
import type { Result } from "@/lib/domain/observation";
import type { InspectConnection } from "@/lib/sources/postgres/inspect/connection";
import { INSPECT_LOOKS } from "@/lib/sources/postgres/inspect/looks";
import { createMemberRoom, type MemberRoom } from "./member-room";

export type InspectReply<T> =
  | { readonly kind: "answer"; readonly answer: Inspected<T> }
  | { readonly kind: "no-cluster" | "no-member" | "no-database" | "not-configured" };

/** Answers what people look at, and asks a member nothing that nobody looks at. One per process, see `current.ts`. */
export type Inspector = {
  /**
   * What a member says on a topic: the last answer when it is younger than the topic's beat, else a new one, which all who ask
   * meanwhile share. Never rejects.
   */
  look<T extends InspectTopic>(
    scope: string,
    member: string,
    topic: T,
    database: string | null,
  ): Promise<InspectReply<InspectValues[T]>>;
  close(): Promise<void>;
};

export type InspectedCluster = {
  readonly scope: string;
  /** Null where no PostgreSQL access is configured. */
  readonly connect: ((address: Address, database: string | null) => InspectConnection) | null;
  readonly roster: () => readonly RosterEntry[];
};
export type Address = { readonly host: string; readonly port: number };

type Entry = { answer: Inspected<unknown> | null; askedAt: number; asking: Promise<Inspected<unknown>> | null };
type Room = { readonly address: Address; readonly room: MemberRoom; readonly entries: Map<string, Entry> };

/** A viewer's timer and ours do not tick together: asked a little early, an answer would otherwise come every second beat. */
const BEAT_SLACK = 0.9;
/** A failed attempt is repeated so soon at the latest, however slow the topic's beat, in ms. */
const RETRY_MS = 5_000;
/** Answers that nobody asked for so long are forgotten, in ms. */
const FORGET_MS = 10 * 60_000;
const SWEEP_MS = 60_000;

export function createInspector(clusters: readonly InspectedCluster[], now: () => number = Date.now): Inspector {
  const rooms = new Map<string, Room>();
  const sweeper = setInterval(sweep, SWEEP_MS);
  sweeper.unref();

  function sweep() {
    for (const [key, { entries, room }] of rooms) {
      for (const [name, entry] of entries) {
        if (!entry.asking && now() - entry.askedAt > FORGET_MS) entries.delete(name);
      }
      if (entries.size > 0) continue;
      rooms.delete(key);
      void room.close();
    }
  }

  /** The member's room; made anew when the member moved to another address. */
  function roomOf(cluster: InspectedCluster, member: string): Room | null {
    const key = `${cluster.scope}\n${member}`;
    const found = cluster.roster().find(({ name }) => name === member);
    const known = rooms.get(key);
    const { connect } = cluster;
    const address = found && found.host !== null && found.port !== null ? { host: found.host, port: found.port } : null;
    if (known && address && known.address.host === address.host && known.address.port === address.port) return known;
    rooms.delete(key);
    void known?.room.close();
    if (!address || !connect) return null;
    const room = createMemberRoom((database) => connect(address, database), now);
    const made = { address, room, entries: new Map<string, Entry>() };
    rooms.set(key, made);
    return made;
  }

  async function ask<T extends InspectTopic>(
    { room, entries }: Room,
    topic: T,
    database: string | null,
  ): Promise<Inspected<InspectValues[T]>> {
    const key = `${topic}\n${database ?? ""}`;
    const entry: Entry = entries.get(key) ?? { answer: null, askedAt: 0, asking: null };
    entries.set(key, entry);
    if (!entry.asking && !isFresh(entry, topic)) {
      entry.asking = run(room, topic, database, entry.answer).then((answer) => {
        entry.answer = answer;
        entry.askedAt = now();
        entry.asking = null;
        return answer;
      });
    }
    const answer = entry.asking ? await entry.asking : entry.answer;
    return answer as Inspected<InspectValues[T]>;
  }

  function isFresh({ answer, askedAt }: Entry, topic: InspectTopic): boolean {
    if (!answer) return false;
    const beat = answer.last.failure ? Math.min(INSPECT_BEAT_MS[topic], RETRY_MS) : INSPECT_BEAT_MS[topic];
    return now() - askedAt < beat * BEAT_SLACK;
  }

  async function run<T extends InspectTopic>(
    room: MemberRoom,
    topic: T,
    database: string | null,
    before: Inspected<unknown> | null,
  ): Promise<Inspected<unknown>> {
    const began = performance.now();
    const result: Result<InspectValues[T]> = await room.ask(INSPECT_LOOKS[topic](database), database);
    const seen = { at: instant(now()), tookMs: Math.round(performance.now() - began) };
    return {
      good: result.ok ? { ...seen, value: result.value } : (before?.good ?? null),
      last: { ...seen, failure: result.ok ? null : result.failure },
    };
  }

  return {
    async look(scope, member, topic, database) {
      const cluster = clusters.find((one) => one.scope === scope);
      if (!cluster) return { kind: "no-cluster" };
      if (!cluster.roster().some(({ name }) => name === member)) return { kind: "no-member" };
      if (!cluster.connect) return { kind: "not-configured" };
      const room = roomOf(cluster, member);
      if (!room) return { kind: "no-member" };
      if (database === null || !isOfADatabase(topic)) return { kind: "answer", answer: await ask(room, topic, null) };
      // A name that no database has would be a refused connection and a line in the server's log, each time it is asked.
      const { good, last } = await ask(room, "databases", null);
      if (!good) return { kind: "answer", answer: { good: null, last } };
      const known = good.value.databases.some(({ name, allowsConnections }) => name === database && allowsConnections);
      if (!known) return { kind: "no-database" };
      return { kind: "answer", answer: await ask(room, topic, database) };
    },
    async close() {
      clearInterval(sweeper);
      const all = [...rooms.values()];
      rooms.clear();
      await Promise.all(all.map(({ room }) => room.close()));
    },
  };
}
