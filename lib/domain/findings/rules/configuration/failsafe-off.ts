import { freshOf, sourceId } from "../../../evidence/evidence";
import { message } from "../../../message";
import type { FindingRule } from "../../rule";
import { about, configurationOf, isOn, membersIn } from "./reading";

/** The first release of Patroni that knows `failsafe_mode`. */
const SINCE_MAJOR = 3;

/**
 * A loss of the DCS demotes a leader that is well, though this Patroni could hold it up. No runbook: one change of the dynamic
 * configuration mends it, without a restart.
 */
export const configFailsafeOff: FindingRule = {
  id: "config-failsafe-off",
  group: "configuration",
  runbook: null,
  find(input) {
    const configuration = configurationOf(input);
    if (!configuration || isOn(configuration, "failsafe_mode") !== false) return [];
    const versions = membersIn(input).map(({ name, patroniVersion }) => {
      const said = input.evidence.byName.get(name)?.patroni;
      return (said && freshOf(said)?.patroniVersion) ?? patroniVersion;
    });
    if (versions.length === 0 || !versions.every((one) => one !== null && Number.parseInt(one, 10) >= SINCE_MAJOR))
      return [];
    const { members, kind } = input.picture.dcs;
    const [only] = members;
    const isAlone = kind === "etcd3" && members.length === 1 && only?.trust === "fresh";
    const text = message("finding.config-failsafe-off.text", { alone: isAlone ? "yes" : "no" });
    const more = isAlone && only ? [{ text, sourceId: sourceId("dcs-member", only.endpoint) }] : [];
    return [about(input, "failsafe_mode", isAlone ? "warn" : "info", text, more)];
  },
};
