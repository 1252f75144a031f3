import { freshOf } from "../../../evidence/evidence";
import { message } from "../../../message";
import { know } from "../../../observation";
import type { FindingInput, FindingPicture, FindingRule } from "../../rule";
import { subject } from "../../subject";
import { answering, followsFromLostDcs, knowsLeader, sourceOf } from "./views";

/** An election takes a second or two, and a look may fall into it. */
const HOLD_MS = 5_000;

/** The DCS cannot decide anything: Patroni demotes its leader unless its failsafe mode holds it up. */
export const dcsNoQuorum: FindingRule = {
  id: "dcs-no-quorum",
  group: "dcs",
  runbook: "no-leader",
  aboutSilence: true,
  find(input) {
    const { dcs } = input.picture;
    if (!lacksQuorum(input.picture)) return [];
    const evidence = dcs.members.map((member) => ({
      text: message("finding.dcs-no-quorum.member", {
        endpoint: member.endpoint,
        failed: member.trust === "fresh" ? "no" : "yes",
      }),
      sourceId: sourceOf(member),
    }));
    const text = message("finding.dcs-no-quorum.text", { failsafe: failsafeOf(input) });
    return [{ severity: "critical", subject: subject("dcs", "dcs"), text, evidence, holdMs: HOLD_MS }];
  },
  explains: (_own, other) =>
    other.rule === "dcs-no-leader" || other.rule === "dcs-member-down" || followsFromLostDcs(other),
};

/**
 * Beside what the picture knows for sure: whoever answers knows no leader, and of the others so many refuse that the rest make up no
 * majority. A refused port is no proof of a dead member; with those that are alive and unled it is.
 */
function lacksQuorum(picture: FindingPicture): boolean {
  const { hasQuorum, members } = picture.dcs;
  if (hasQuorum !== null) return !hasQuorum;
  const alive = answering(picture);
  if (alive.length === 0 || alive.some(knowsLeader)) return false;
  const refusing = members.filter(({ trust, failure }) => trust !== "fresh" && failure?.kind === "refused");
  const hidden = members.length - alive.length - refusing.length;
  return hidden < Math.floor(members.length / 2) + 1 && refusing.length > 0;
}

/** `active`: seen to hold the leader up now; `on`, `off`: as last configured, which the DCS cannot have changed since. */
function failsafeOf({ state, evidence, now }: FindingInput): "active" | "on" | "off" | "unknown" {
  const isActive = evidence.members.some(({ name }) => freshOf(know(state.patroni[name], now))?.failsafeActive);
  if (isActive) return "active";
  const config = evidence.dcs.state === "unknown" ? null : evidence.dcs.value.config;
  if (config === null) return "unknown";
  return config.failsafe_mode === true ? "on" : "off";
}
