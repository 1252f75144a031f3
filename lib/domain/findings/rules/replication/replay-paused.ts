import { freshOf, sourceId } from "../../../evidence/evidence";
import { message } from "../../../message";
import { know } from "../../../observation";
import type { FindingRule } from "../../rule";
import { ofMember } from "../../subject";
import { isLagOf } from "./symptoms";

/** Someone paused replay (`pg_wal_replay_pause()`), or it paused itself over a setting that is too small. */
export const replayPaused: FindingRule = {
  id: "replay-paused",
  group: "replication",
  runbook: "replica-lagging",
  find({ picture, state, now, limits }) {
    return picture.members.flatMap(({ name }) => {
      const sql = freshOf(know(state.postgres[name], now));
      const said = sql ? sql.inRecovery && sql.replayPaused : freshOf(know(state.patroni[name], now))?.replayPaused;
      if (!said) return [];
      const text = message("finding.replay-paused.text", { member: name });
      const evidence = [{ text, sourceId: sourceId(sql ? "postgres" : "patroni", name) }];
      return [{ severity: "warn", subject: ofMember(name), text, evidence, holdMs: limits.lagHoldMs }];
    });
  },
  explains: isLagOf,
};
