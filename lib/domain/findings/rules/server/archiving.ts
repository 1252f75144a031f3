import type { FindingRule } from "../../rule";
import { subject } from "../../subject";

/** The leader's archiver fails, or archives nothing while files wait. */
export const archiving: FindingRule = {
  id: "archiving",
  group: "server",
  runbook: "archive-broken",
  find({ picture: { archiving: view } }) {
    if (view?.trust !== "fresh" || view.member === null || (view.state !== "failing" && view.state !== "stuck"))
      return [];
    const evidence = [{ text: view.text, sourceId: `postgres-vitals:${view.member}` }];
    return [
      {
        severity: "warn",
        subject: subject("archiver", view.member, view.member),
        key: view.state,
        text: view.text,
        evidence,
      },
    ];
  },
};
