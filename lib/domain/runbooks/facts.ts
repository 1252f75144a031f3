import type { ClusterFact, MemberFact } from "./fact";
import { BACKUP_FACTS } from "./facts-backups";
import { CONFIGURATION_FACTS, DCS_FACTS, LEADERSHIP_FACTS, MEMBERS_FACTS, OWN_FACTS } from "./facts-cluster";
import { FINDING_FACTS } from "./facts-findings";
import { MEMBER_FACTS } from "./facts-member";
import { ROUTING_FACTS } from "./facts-routing";

/** The catalogue of facts that a condition may name; `runbooks/README.md` says what each of them means. No name is in both. */

export const CLUSTER_FACTS: ReadonlyMap<string, ClusterFact> = new Map(
  Object.entries({
    ...LEADERSHIP_FACTS,
    ...MEMBERS_FACTS,
    ...DCS_FACTS,
    ...CONFIGURATION_FACTS,
    ...ROUTING_FACTS,
    ...BACKUP_FACTS,
    ...FINDING_FACTS,
    ...OWN_FACTS,
  }),
);

export const FACTS_OF_MEMBER: ReadonlyMap<string, MemberFact> = new Map(Object.entries(MEMBER_FACTS));
