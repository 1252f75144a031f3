import type { ActionKind } from "@/lib/domain/actions/request";
import type { Translate } from "@/lib/format/message";
import { formatDateTime } from "@/lib/format/time";
import type { ActionDraft } from "./draft";

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

/** What an action is aimed at, where its name alone does not say; null for the whole cluster. */
export function targetOf(draft: ActionDraft): string | null {
  switch (draft.action) {
    case "switchover":
    case "failover":
      return draft.candidate;
    case "haproxy-server":
      return `${draft.pool}/${draft.server}`;
    case "backend-cancel":
    case "backend-terminate":
      return `${draft.member} · ${draft.pid}`;
    case "switchover-cancel":
    case "pause":
    case "resume":
    case "configuration":
      return null;
    default:
      return draft.member;
  }
}

/** `Restart · node2`. */
export function headlineOf(t: Translate, action: ActionKind, draft: ActionDraft): string {
  const target = targetOf(draft);
  return target === null ? t(`action.name.${action}`) : `${t(`action.name.${action}`)} · ${target}`;
}
