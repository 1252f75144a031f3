import { quantityOf } from "../../../configuration/quantity";
import { message } from "../../../message";
import type { FindingDraft, FindingInput, FindingRule } from "../../rule";
import { about, configurationOf, leaderVitals, membersIn, numberAt } from "./reading";

/** Patroni's own where nothing is said. */
const STANDARD = 10;
/** A base backup with streamed WAL takes two. */
const FOR_A_BACKUP = 2;

/** Fewer WAL senders or slots than the members need once any of them leads. */
export const configSenders: FindingRule = {
  id: "config-senders",
  group: "configuration",
  runbook: null,
  find(input) {
    const configuration = configurationOf(input);
    const members = membersIn(input).length;
    if (!configuration || members < 2) return [];
    const { slots } = configuration;
    const permanent = typeof slots === "object" && slots !== null ? Object.keys(slots).length : 0;
    return [
      ...tooFew(input, "max_wal_senders", members - 1 + FOR_A_BACKUP),
      ...tooFew(input, "max_replication_slots", members - 1 + permanent),
    ];
  },
};

/** What the leader's server really has decides; the configuration where it was not asked. */
function tooFew(
  input: FindingInput,
  name: "max_wal_senders" | "max_replication_slots",
  needed: number,
): FindingDraft[] {
  const server = leaderVitals(input);
  const read = server ? quantityOf(server.settings[name], null) : null;
  const has =
    read?.kind === "ok"
      ? read.value
      : numberAt(configurationOf(input) ?? {}, `postgresql.parameters.${name}`, null, STANDARD);
  if (has === null || has >= needed) return [];
  const text = message("finding.config-senders.text", { setting: name, has, needed });
  const more = read?.kind === "ok" && server ? [{ text, sourceId: server.sourceId }] : [];
  return [about(input, `postgresql.parameters.${name}`, "warn", text, more)];
}
