import type { MemberView } from "@/lib/domain/snapshot";
import { clusterPagePath } from "./paths";

/** The tabs of the PostgreSQL page. */
export const INSPECT_VIEWS = [
  "activity",
  "replication",
  "wal",
  "databases",
  "tables",
  "vacuum",
  "statements",
  "settings",
] as const;
export type InspectView = (typeof INSPECT_VIEWS)[number];

export type InspectPlace = {
  readonly view: InspectView;
  readonly member: string | null;
  readonly database: string | null;
};

/** What an address asks for; anything unknown falls back to activity of the first member, the leader. */
export function readPlace(
  query: { get(name: string): string | null },
  members: readonly Pick<MemberView, "name">[],
): InspectPlace {
  const view = INSPECT_VIEWS.find((one) => one === query.get("topic")) ?? "activity";
  const asked = query.get("member");
  // A member that has left stays in the address: its page says so, instead of showing another one.
  return { view, member: asked || (members[0]?.name ?? null), database: query.get("database") || null };
}

export function placePath(scope: string, place: InspectPlace): string {
  const query = new URLSearchParams({ topic: place.view });
  if (place.member !== null) query.set("member", place.member);
  if (place.database !== null) query.set("database", place.database);
  return clusterPagePath(scope, "activity", query.toString());
}

const LEADING = new Set<MemberView["role"]>(["leader", "standby-leader"]);

/** The leader first, the others as they come. */
export const leaderFirst = <M extends Pick<MemberView, "role">>(members: readonly M[]): readonly M[] => [
  ...members.filter(({ role }) => LEADING.has(role)),
  ...members.filter(({ role }) => !LEADING.has(role)),
];
