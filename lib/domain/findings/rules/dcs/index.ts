import type { FindingRule } from "../../rule";
import { dcsBehind } from "./dcs-behind";
import { dcsElections } from "./dcs-elections";
import { dcsEven } from "./dcs-even";
import { dcsMemberDown } from "./dcs-member-down";
import { dcsNoLeader } from "./dcs-no-leader";
import { dcsNospace } from "./dcs-nospace";
import { dcsQuota } from "./dcs-quota";
import { dcsSlow } from "./dcs-slow";
import { dcsTtl } from "./dcs-ttl";
import { dcsNoQuorum } from "./no-quorum";

/** etcd, and what Patroni keeps in it. */
export const DCS_RULES: readonly FindingRule[] = [
  dcsNoQuorum,
  dcsNospace,
  dcsNoLeader,
  dcsMemberDown,
  dcsBehind,
  dcsElections,
  dcsSlow,
  dcsQuota,
  dcsTtl,
  dcsEven,
];
