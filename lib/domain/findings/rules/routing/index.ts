import type { FindingRule } from "../../rule";
import { checkNotRole } from "./check-not-role";
import { clientCutOff } from "./client-cut-off";
import { clientReadOnly } from "./client-read-only";
import { haproxyDisagree } from "./haproxy-disagree";
import { pgbouncerElsewhere } from "./pgbouncer-elsewhere";
import { pgbouncerExhausted } from "./pgbouncer-exhausted";
import { pgbouncerLogin } from "./pgbouncer-login";
import { pgbouncerWaiting } from "./pgbouncer-waiting";
import { poolStranger } from "./pool-stranger";
import { readPoolEmpty } from "./read-pool-empty";
import { readPoolLagging } from "./read-pool-lagging";
import { readPoolLeaderOnly } from "./read-pool-leader-only";
import { vipFlapping } from "./vip-flapping";
import { vipMisplaced } from "./vip-misplaced";
import { vipNowhere } from "./vip-nowhere";
import { vipSeveral } from "./vip-several";
import { writePoolEmpty } from "./write-pool-empty";
import { writePoolLacksLeader } from "./write-pool-lacks-leader";
import { writePoolReplica } from "./write-pool-replica";
import { writePoolSeveral } from "./write-pool-several";

/** How clients find their way. In the order in which it is walked, and what is set wrong before what comes of it. */
export const ROUTING_RULES: readonly FindingRule[] = [
  vipSeveral,
  vipNowhere,
  vipFlapping,
  vipMisplaced,
  checkNotRole,
  poolStranger,
  writePoolReplica,
  writePoolLacksLeader,
  writePoolSeveral,
  writePoolEmpty,
  readPoolLeaderOnly,
  readPoolEmpty,
  readPoolLagging,
  haproxyDisagree,
  pgbouncerElsewhere,
  pgbouncerLogin,
  pgbouncerExhausted,
  pgbouncerWaiting,
  clientReadOnly,
  clientCutOff,
];
