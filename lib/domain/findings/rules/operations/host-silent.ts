import { message } from "../../../message";
import type { FindingRule } from "../../rule";
import { silentHosts } from "../../silent-host";
import { subject } from "../../subject";

/** A host of which nothing answers. From here it cannot be told from a host that is cut off, so it is unreachable and never down. */
export const hostSilent: FindingRule = {
  id: "host-silent",
  group: "operations",
  runbook: "node-returns",
  aboutSilence: true,
  find({ picture: { members, sources } }) {
    return silentHosts(members, sources).map(({ member, host, sourceIds }) => {
      const text = message("finding.host-silent.text", { member, host, count: sourceIds.length });
      const evidence = sourceIds.map((sourceId) => ({ text, sourceId }));
      return { severity: "unknown", subject: subject("host", host, member), text, evidence };
    });
  },
  /** All that concerns the host's own programs and nothing else. */
  explains: (own, other) => other.subject.member !== null && other.subject.member === own.subject.member,
};
