import type { SettingsComparison } from "@/lib/contract/inspect";
import { clusterScope, type MemberName } from "@/lib/domain/ids";
import { settingDifferences } from "@/lib/domain/inspect/settings";
import { INSPECT_BEAT_MS } from "@/lib/domain/inspect/topics";
import type { Inspector } from "./inspector";

/** Compares the settings of `members`, the leader first; a member that cannot be read is told with its failure and not compared. */
export async function compareSettings(
  inspector: Inspector,
  scope: string,
  members: readonly MemberName[],
): Promise<SettingsComparison> {
  const replies = await Promise.all(
    members.map(async (member) => ({ member, reply: await inspector.look(scope, member, "settings", null) })),
  );
  const read = replies.flatMap(({ member, reply }) => {
    const good = reply.kind === "answer" ? reply.answer.good : null;
    return good ? [{ member, facts: good.value }] : [];
  });
  const { differences, left } = settingDifferences(read);
  return {
    scope: clusterScope(scope),
    intervalMs: INSPECT_BEAT_MS.settings,
    members: replies.map(({ member, reply }) => {
      const answer = reply.kind === "answer" ? reply.answer : null;
      const settings = answer?.good?.value.settings ?? [];
      return {
        member,
        at: answer?.good?.at ?? null,
        failure: answer ? answer.last.failure : { kind: "failed" as const, text: "no address is known of it" },
        pendingRestart: settings.filter(({ pendingRestart }) => pendingRestart).map(({ name }) => name),
      };
    }),
    differences: differences.map((one) => ({ ...one, values: [...one.values] })),
    left: [...left],
  };
}
