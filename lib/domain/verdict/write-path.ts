import { instant, type MemberName } from "../ids";
import type { Message } from "../message";
import type { WritePath } from "../snapshot";
import { verdictOf } from "../witness/claim";
import { toWitnesses } from "../witness/claims";
import { agreement } from "./rules/agreement";
import { clientCutOff, unlessClientGetsThrough } from "./rules/client-cut-off";
import { contested } from "./rules/contested";
import { dcsUnseen } from "./rules/dcs-unseen";
import { handover } from "./rules/handover";
import { leaderNotWritable } from "./rules/leader-not-writable";
import { leaderUnreachable } from "./rules/leader-unreachable";
import { misrouted, misroutedByPgbouncer } from "./rules/misrouted";
import { noLeader } from "./rules/no-leader";
import { poolEmpty } from "./rules/pool-empty";
import { splitBrain } from "./rules/split-brain";
import { standbyCluster } from "./rules/standby-cluster";
import { starting } from "./rules/starting";
import { vipElsewhere } from "./rules/vip-elsewhere";
import { vipNowhere } from "./rules/vip-nowhere";
import type { RoutingRule, Rule, Ruling, VerdictInput, WritableMember } from "./ruling";

/** Whether there is a writer at all. The first rule that applies has the word. */
const WRITER_RULES: readonly Rule[] = [
  splitBrain,
  starting,
  dcsUnseen,
  handover,
  contested,
  noLeader,
  standbyCluster,
  leaderNotWritable,
  leaderUnreachable,
];

/** How clients reach the writer. The first broken finding has the word, else the first of all. */
const ROUTING_RULES: readonly RoutingRule[] = [
  vipNowhere,
  misrouted,
  misroutedByPgbouncer,
  poolEmpty,
  vipElsewhere,
  clientCutOff,
  agreement,
];

const UNDECIDED: Ruling = {
  state: "unknown",
  code: "blind",
  writer: null,
  message: { key: "domain.verdict.undecided", params: {} },
  rests: [],
};

/**
 * Who takes writes now, by fresh evidence only. A writer is named only when its own server says that it is not in
 * recovery, the leader key names it, and no other member says the same of itself; everything else is said as what it is.
 */
export function writePath(input: VerdictInput, english: (text: Message) => string): WritePath {
  const ruling = rule(input);
  const was = input.previous?.writePath ?? null;
  const same = was !== null && was.state === ruling.state && was.code === ruling.code && was.writer === ruling.writer;
  const reference = ruling.writer ?? presumed(input);
  const witnesses = toWitnesses(input.claims, reference);
  const against = input.claims.filter((c) => verdictOf(c, reference) === "disagree");
  const agree = witnesses.filter((w) => w.verdict === "agree").length;
  return {
    state: ruling.state,
    code: ruling.code,
    writer: ruling.writer,
    message: ruling.message,
    sentence: english(ruling.message),
    since: same ? was.since : instant(input.evidence.now),
    asOf: ruling.rests.length > 0 ? instant(Math.min(...ruling.rests)) : null,
    agree,
    of: agree + against.length,
    witnesses,
    disagree: against.map((c) => c.text),
  };
}

function rule(input: VerdictInput): Ruling {
  for (const apply of WRITER_RULES) {
    const ruling = apply(input);
    if (ruling) return ruling;
  }
  const writer = establishedWriter(input);
  if (!writer) return UNDECIDED;
  const found = ROUTING_RULES.flatMap((apply) => apply(input, writer) ?? []).map((ruling) =>
    unlessClientGetsThrough(ruling, input, writer),
  );
  return found.find((r) => r.state === "broken") ?? found[0] ?? UNDECIDED;
}

/** The only member that is open, when it also holds the leader key. */
function establishedWriter({ evidence, writers }: VerdictInput): WritableMember | null {
  const [only, ...others] = writers;
  const { leaderKey } = evidence;
  if (!only || others.length > 0 || leaderKey.state !== "held" || leaderKey.name !== only.name) return null;
  return only;
}

/**
 * Without a writer the layers are compared with the one who should be it: the holder of the leader key, or, while that
 * is out of sight, the only member that is open.
 */
function presumed({ evidence: { leaderKey }, writers }: VerdictInput): MemberName | null {
  if (leaderKey.state === "held") return leaderKey.name;
  const [only, ...others] = writers;
  return leaderKey.state === "unknown" && only && others.length === 0 ? only.name : null;
}
