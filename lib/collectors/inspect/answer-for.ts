import type { UserRole } from "@/lib/config/types";
import type { InspectAnswer } from "@/lib/contract/inspect";
import { clusterScope, memberName } from "@/lib/domain/ids";
import { type Inspected, type InspectValues, withoutQueries } from "@/lib/domain/inspect/answer";
import { INSPECT_BEAT_MS, type InspectTopic, isOfADatabase } from "@/lib/domain/inspect/topics";

type Asked<T extends InspectTopic> = {
  readonly scope: string;
  readonly member: string;
  readonly topic: T;
  readonly database: string | null;
};

/** True when a reader of this role may read the text of queries; `smallest` is what the configuration says. */
export const mayReadQueries = (role: UserRole, smallest: "viewer" | "operator"): boolean =>
  smallest === "viewer" || role !== "viewer";

/** The answer as one reader may have it: without the text of queries for those who may not read it. */
export function answerFor<T extends InspectTopic>(
  { scope, member, topic, database }: Asked<T>,
  { good, last }: Inspected<InspectValues[T]>,
  readsQueries: boolean,
): InspectAnswer {
  const value = good && (readsQueries ? good.value : withoutQueries(topic, good.value));
  const answer = {
    scope: clusterScope(scope),
    member: memberName(member),
    topic,
    database: isOfADatabase(topic) ? database : null,
    intervalMs: INSPECT_BEAT_MS[topic],
    queries: readsQueries ? ("shown" as const) : ("hidden" as const),
    last,
    good: good && { at: good.at, tookMs: good.tookMs, value },
  };
  // The compiler does not see that `topic` and `value` belong together; `InspectValues` and the schemas are proven equal.
  return answer as unknown as InspectAnswer;
}
