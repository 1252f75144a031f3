import type { Instant, MemberName } from "../ids";
import { type Message, message, selector } from "../message";
import type { MemberView, PgbouncerView, Snapshot } from "../snapshot";
import type { ActionKind, HaproxyServerState } from "./request";

/** Whether a button makes sense now, and why not: for the eye, from the picture alone. The server decides, and asks far more. */

/** What a button would ask for, as far as it is known before its dialog is opened; every `ActionRequest` is one too. */
export type ActionAsk = {
  readonly action: ActionKind;
  readonly member?: MemberName | null;
  readonly candidate?: MemberName | null;
  readonly onlyPending?: boolean;
  readonly scheduledAt?: Instant | null;
  readonly node?: string | null;
  readonly pool?: string;
  readonly server?: string;
  readonly state?: HaproxyServerState;
  readonly database?: string | null;
};

export type Availability = { readonly enabled: true } | { readonly enabled: false; readonly reason: Message };

/** A picture as it is published or before it has its number. */
type Picture = Omit<Snapshot, "version">;
type Rule = (ask: ActionAsk, picture: Picture) => Message | null;

/** Never stricter than the server: what is refused here would be refused there. */
export function availability(ask: ActionAsk, snapshot: Picture): Availability {
  for (const rule of [fromHere, busy, ...RULES[ask.action]]) {
    const reason = rule(ask, snapshot);
    if (reason) return { enabled: false, reason };
  }
  return { enabled: true };
}

const fromHere: Rule = (_, { actions }) => (actions === null ? message("available.not-from-here") : null);

const busy: Rule = (_, { actions }) => {
  const running = actions?.operations.find(({ state }) => state === "running");
  if (!running) return null;
  return message("available.busy", { action: selector(running.action), actor: running.actor });
};

const dcsSeen: Rule = (_, { dcs }) => (dcs.trust === "fresh" ? null : message("available.dcs-unseen"));

const quorum: Rule = (_, { dcs }) => (dcs.hasQuorum === false ? message("available.no-quorum") : null);

const someLeader: Rule = (_, { leader }) => (leader === null ? message("available.no-leader") : null);

const paused: Rule = (_, picture) => (picture.paused === true ? null : message("available.not-paused"));
const notPaused: Rule = (_, picture) => (picture.paused === true ? message("available.already-paused") : null);

/** Paused, Patroni neither schedules nor chooses. */
const pauseFits: Rule = ({ action, candidate, scheduledAt }, picture) => {
  if (picture.paused !== true) return null;
  if (scheduledAt) return message("available.paused-schedule");
  return action === "switchover" && candidate === null ? message("available.paused-candidate") : null;
};

const noHandover: Rule = (_, { handover, scheduled }) => {
  if (handover) return message("available.handover");
  const next = scheduled.find(({ kind }) => kind === "switchover");
  return next ? message("available.switchover-scheduled", { at: next.at }) : null;
};

const someScheduled: Rule = (_, { scheduled }) =>
  scheduled.some(({ kind }) => kind === "switchover") ? null : message("available.nothing-scheduled");

const someReplica: Rule = (_, { members, leader }) =>
  members.some(({ name }) => name !== leader?.name) ? null : message("available.no-replica");

const find = (picture: Picture, name: MemberName | null | undefined): MemberView | null =>
  picture.members.find((one) => one.name === name) ?? null;

const memberThere: Rule = ({ member }, picture) => {
  if (member === null || member === undefined) return null;
  const view = find(picture, member);
  if (!view || view.presence === "missing") return message("available.no-member", { member });
  return null;
};

const memberNotLeader: Rule = ({ member }, { leader }) =>
  member && leader?.name === member ? message("available.is-leader", { member }) : null;

/** The member's own Patroni is what would be called. */
const patroniAnswers: Rule = ({ member }, { sources }) => {
  const source = sources.find(({ id }) => id === `patroni:${member}`);
  return member && source && (source.stale || source.lastOkAt === null)
    ? message("available.patroni-silent", { member })
    : null;
};

const candidateFits: Rule = ({ candidate, action }, picture) => {
  if (candidate === null || candidate === undefined) return null;
  const { leader } = picture;
  const view = find(picture, candidate);
  if (leader?.name === candidate) return message("available.is-leader", { member: candidate });
  if (!view || view.presence === "missing") return message("available.no-member", { member: candidate });
  const { nofailover, failoverPriority } = view.tags;
  if (nofailover || (failoverPriority !== null && failoverPriority <= 0))
    return message("available.nofailover", { member: candidate });
  if (view.stateTrust === "fresh" && view.state !== "running")
    return message("available.not-running", { member: candidate, state: view.state.replaceAll("-", " ") });
  // An admin may override this for a failover.
  if (action === "switchover" && view.timelineDiffers)
    return message("available.other-timeline", { member: candidate });
  return patroniAnswers({ action, member: candidate }, picture);
};

const somePending: Rule = ({ member, onlyPending }, picture) => {
  if (!onlyPending) return null;
  const asked = member ? picture.members.filter(({ name }) => name === member) : picture.members;
  return asked.some(({ pendingRestart }) => pendingRestart) ? null : message("available.nothing-pending");
};

const restartScheduled: Rule = ({ member }, picture) =>
  find(picture, member)?.scheduledRestart ? null : message("available.no-restart-scheduled");

const restartNotScheduled: Rule = ({ member, scheduledAt }, picture) => {
  const at = find(picture, member)?.scheduledRestart;
  return member && scheduledAt && at ? message("available.restart-scheduled", { member, at }) : null;
};

const configured: Rule = (_, { configuration }) =>
  configuration === null ? message("available.no-configuration") : null;

const postgresAnswers: Rule = ({ member }, { sources }) => {
  const source = sources.find(({ id }) => id === `postgres:${member}`);
  if (!source) return message("available.no-postgres");
  return source.stale || source.lastOkAt === null
    ? message("available.postgres-silent", { member: member ?? "–" })
    : null;
};

const poolServer: Rule = ({ node, pool, server }, { haproxy }) => {
  if (haproxy.length === 0) return message("available.no-haproxy");
  const nodes = haproxy.filter(({ name }) => node === null || node === undefined || name === node);
  const fresh = nodes.filter(({ trust }) => trust === "fresh");
  if (fresh.length === 0) return message("available.haproxy-silent", { node: node ?? "HAProxy" });
  if (pool === undefined || server === undefined) return null;
  const there = fresh.some(({ pools }) =>
    pools.some((one) => one.name === pool && one.servers.some(({ name }) => name === server)),
  );
  return there ? null : message("available.no-server", { pool, server });
};

const consoleOf = (picture: Picture, member: MemberName | null | undefined): PgbouncerView | null =>
  picture.pgbouncer.find((one) => one.member === member) ?? null;

const consoleAnswers: Rule = ({ member }, picture) => {
  const view = consoleOf(picture, member);
  if (!view) return message("available.no-pgbouncer");
  return view.trust === "fresh" ? null : message("available.pgbouncer-silent", { member: view.member });
};

/** Only for the whole of it: the picture does not tell which of several databases is paused. */
const consolePaused: Rule = ({ action, member, database }, picture) => {
  const now = consoleOf(picture, member)?.paused ?? null;
  if (database || now === null) return null;
  if (action === "pgbouncer-resume" && now === false)
    return message("available.pgbouncer-not-paused", { member: member ?? "–" });
  return null;
};

const RULES: { readonly [K in ActionKind]: readonly Rule[] } = {
  switchover: [dcsSeen, quorum, someLeader, someReplica, noHandover, pauseFits, candidateFits],
  "switchover-cancel": [dcsSeen, someScheduled],
  failover: [dcsSeen, quorum, someReplica, noHandover, candidateFits],
  reinitialize: [dcsSeen, quorum, someLeader, memberThere, memberNotLeader, patroniAnswers],
  restart: [dcsSeen, memberThere, patroniAnswers, somePending, restartNotScheduled, pauseFits],
  "restart-cancel": [dcsSeen, memberThere, patroniAnswers, restartScheduled],
  reload: [dcsSeen, memberThere, patroniAnswers],
  pause: [dcsSeen, notPaused],
  resume: [dcsSeen, paused],
  configuration: [dcsSeen, configured],
  "backend-cancel": [postgresAnswers],
  "backend-terminate": [postgresAnswers],
  "haproxy-server": [poolServer],
  "pgbouncer-pause": [consoleAnswers],
  "pgbouncer-resume": [consoleAnswers, consolePaused],
  "pgbouncer-reconnect": [consoleAnswers],
};
