import { message } from "../../../message";
import type { FindingRule } from "../../rule";
import { subject } from "../../subject";
import { answering, restsOn } from "./views";

/** A member that is being added or replaced makes them even for a while. */
const HOLD_MS = 120_000;

/** An even number of voting members bears no more losses than one fewer would, and has more that can fail. */
export const dcsEven: FindingRule = {
  id: "dcs-even",
  group: "dcs",
  runbook: null,
  find({ picture }) {
    const alive = answering(picture);
    // Whether one that is silent votes at all is not known.
    if (alive.length !== picture.dcs.members.length) return [];
    const voters = alive.filter(({ isLearner }) => !isLearner);
    if (voters.length === 0 || voters.length % 2 === 1) return [];
    const spare = voters.length / 2 - 1;
    const text = message("finding.dcs-even.text", { voters: voters.length, spare });
    const severity = spare === 0 ? "warn" : "info";
    return [{ severity, subject: subject("dcs", "dcs"), text, evidence: restsOn(voters, () => text), holdMs: HOLD_MS }];
  },
};
