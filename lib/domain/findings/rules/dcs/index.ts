import type { FindingRule } from "../../rule";
import { dcsNoQuorum } from "./no-quorum";

/** etcd, and what Patroni keeps in it. */
export const DCS_RULES: readonly FindingRule[] = [dcsNoQuorum];
