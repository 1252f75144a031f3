import { message } from "../../../message";
import type { FindingRule } from "../../rule";
import { subject } from "../../subject";

/** A backup or a vacuum of the store makes it late for a moment. */
const BEHIND_MS = 30_000;
const FAILING_MS = 5_000;

/**
 * Our own record is not being written, or late: the picture is unharmed, and history, audit and alerts are not. No runbook: runbooks are
 * for the cluster, and their runs are kept in that very record.
 */
export const storeFailing: FindingRule = {
  id: "store-failing",
  group: "operations",
  runbook: null,
  find({ picture: { store } }) {
    if (store === null || store.state === "ok") return [];
    const lost = store.dropped > 0 ? "yes" : "no";
    const text = message("finding.store-failing.text", {
      state: store.state,
      failure: store.failure?.kind ?? "none",
      lost,
    });
    const evidence = [{ text, sourceId: null }];
    const holdMs = store.state === "behind" ? BEHIND_MS : FAILING_MS;
    return [{ severity: "warn", subject: subject("store", store.kind), text, evidence, holdMs }];
  },
};
