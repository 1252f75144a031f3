import type { Instant } from "../ids";
import type { SourceFailure } from "../observation";
import type { ActivityFacts } from "./activity";
import type { ReplicationFacts } from "./replication";
import type { DatabasesFacts, SizesFacts, VacuumFacts, WalFacts } from "./server";
import type { SettingsFacts } from "./settings";
import type { StatementsFacts } from "./statements";
import type { TablesFacts } from "./tables";
import type { InspectTopic } from "./topics";

/** What each topic answers. */
export type InspectValues = {
  activity: ActivityFacts;
  replication: ReplicationFacts;
  wal: WalFacts;
  databases: DatabasesFacts;
  sizes: SizesFacts;
  tables: TablesFacts;
  vacuum: VacuumFacts;
  statements: StatementsFacts;
  settings: SettingsFacts;
};

/** The last good answer of a member on a topic and how the last attempt ended; both while it fails. */
export type Inspected<T> = {
  readonly good: { readonly at: Instant; readonly tookMs: number; readonly value: T } | null;
  readonly last: { readonly at: Instant; readonly tookMs: number; readonly failure: SourceFailure | null };
};

type Withhold = { readonly [T in InspectTopic]?: (value: InspectValues[T]) => InspectValues[T] };

const unsaid = { query: null, queryCut: false } as const;
const WITHHOLD: Withhold = {
  activity: (facts) => ({ ...facts, sessions: facts.sessions.map((session) => ({ ...session, ...unsaid })) }),
  statements: (facts) =>
    facts.installed ? { ...facts, statements: facts.statements.map((one) => ({ ...one, ...unsaid })) } : facts,
};

/** Takes the text of queries out of an answer; durations, waits and ids stay. */
export function withoutQueries<T extends InspectTopic>(topic: T, value: InspectValues[T]): InspectValues[T] {
  const withhold: Withhold[T] = WITHHOLD[topic];
  return withhold ? withhold(value) : value;
}
