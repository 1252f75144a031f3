import { targetName } from "@/lib/domain/actions/target-name";
import type { Translate } from "@/lib/format/message";
import { formatDateTime } from "@/lib/format/time";
import { type ActionDraft, requestOf } from "./draft";

const flag = (value: boolean): "yes" | "no" => (value ? "yes" : "no");

/** What an action will do, in one plain sentence. `leader` null: not known. `zone`: the reader's. */
export function sentenceOf(t: Translate, draft: ActionDraft, leader: string | null, zone: string): string {
  const at = (moment: string | null) => (moment === null ? "" : (formatDateTime(t.locale, moment, zone) ?? moment));
  const say = (params: Readonly<Record<string, string | number>> = {}) => t(`action.sentence.${draft.action}`, params);
  switch (draft.action) {
    case "switchover":
      return say({
        leader: leader ?? t("action.leaderUnknown"),
        candidate: draft.candidate ?? "",
        any: flag(draft.candidate === null),
        later: flag(draft.scheduledAt !== null),
        at: at(draft.scheduledAt),
      });
    case "failover":
      return say({ candidate: draft.candidate ?? "", any: flag(draft.candidate === null) });
    case "reinitialize":
      return say({ member: draft.member, leader: flag(draft.fromLeader) });
    case "restart":
      return say({
        member: draft.member ?? "",
        all: flag(draft.member === null),
        pending: flag(draft.onlyPending),
        later: flag(draft.scheduledAt !== null),
        at: at(draft.scheduledAt),
      });
    case "restart-cancel":
      return say({ member: draft.member });
    case "reload":
      return say({ member: draft.member ?? "", all: flag(draft.member === null) });
    case "pause":
      return say({ until: at(draft.until), open: flag(draft.until === null) });
    case "configuration":
      return say({ count: Object.keys(draft.patch).length });
    case "backend-cancel":
    case "backend-terminate":
      return say({ pid: String(draft.pid), member: draft.member });
    case "haproxy-server":
      return say({
        all: flag(draft.node === null),
        node: draft.node ?? "",
        pool: draft.pool,
        server: draft.server,
        state: draft.state,
      });
    case "pgbouncer-pause":
    case "pgbouncer-resume":
    case "pgbouncer-reconnect":
      return say({ member: draft.member, all: flag(draft.database === null), database: draft.database ?? "" });
    case "switchover-cancel":
    case "resume":
      return say();
  }
}

/** `Restart · node2`. */
export function headlineOf(t: Translate, draft: ActionDraft): string {
  const request = requestOf(draft);
  const target = request === null ? null : targetName(request);
  const name = t(`action.name.${draft.action}`);
  return target === null ? name : `${name} · ${target}`;
}
