import { freshOf, sourceId } from "../../../evidence/evidence";
import { message } from "../../../message";
import type { FindingRule } from "../../rule";
import { subject } from "../../subject";

/** Patroni's own, in seconds, where the dynamic configuration says nothing. */
const DEFAULTS = { ttl: 30, loop_wait: 10, retry_timeout: 10 } as const;

/**
 * `ttl` must leave room for one loop and the retries before and after it, or the leader's lease ends while it still tries to renew it.
 * Newer releases of Patroni shorten the other two by themselves and say so in their log alone. No runbook: one change of the dynamic
 * configuration mends it, without a restart.
 */
export const dcsTtl: FindingRule = {
  id: "dcs-ttl",
  group: "dcs",
  runbook: null,
  find({ evidence, state }) {
    const config = freshOf(evidence.dcs)?.config;
    if (!config) return [];
    const [ttl, loopWait, retryTimeout] = (["ttl", "loop_wait", "retry_timeout"] as const).map((key) =>
      Number(config[key] ?? DEFAULTS[key]),
    ) as [number, number, number];
    const needed = loopWait + 2 * retryTimeout;
    if (!(ttl < needed)) return [];
    const text = message("finding.dcs-ttl.text", { ttl, loopWait, retryTimeout, needed });
    const rests = [{ text, sourceId: sourceId(state.dcs.source, state.dcs.target) }];
    return [{ severity: "warn", subject: subject("setting", "ttl"), text, evidence: rests }];
  },
};
