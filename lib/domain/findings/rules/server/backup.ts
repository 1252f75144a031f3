import { message, selector } from "../../../message";
import type { FindingRule } from "../../rule";
import { subject } from "../../subject";

/** What the backups page remarks of each source of backups. */
export const backup: FindingRule = {
  id: "backup",
  group: "server",
  runbook: "archive-broken",
  find({ picture: { backups } }) {
    return backups.sources
      .filter(({ trust }) => trust === "fresh")
      .flatMap(({ id, remarks, places }) =>
        remarks.map(({ code, severity, text }, index) => {
          const nth = remarks.slice(0, index).filter((other) => other.code === code).length;
          return {
            severity,
            subject: subject("backup", id),
            key: nth === 0 ? code : `${code}-${nth + 1}`,
            // What it means and what to do is another thing for each remark.
            text: message(text.key, { ...text.params, code: selector(code) }),
            evidence: places.filter(({ trust }) => trust === "fresh").map(({ sourceId }) => ({ text, sourceId })),
          };
        }),
      );
  },
};
