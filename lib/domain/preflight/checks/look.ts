import type { PlanContext, ServerFacts } from "../../actions/facts";
import { freshOf } from "../../evidence/evidence";
import type { DcsMember, DcsView, PatroniStatus, PostgresFacts, Tags } from "../../facts";
import type { MemberName } from "../../ids";
import { type Known, know } from "../../observation";

/** What the checks read, each judged for its freshness at the plan's moment. */

export const dcsOf = (context: PlanContext): Known<DcsView> => know(context.state.dcs, context.now);
export const patroniOf = (context: PlanContext, member: MemberName): Known<PatroniStatus> =>
  know(context.state.patroni[member], context.now);
export const postgresOf = (context: PlanContext, member: MemberName): Known<PostgresFacts> =>
  know(context.state.postgres[member], context.now);
export const serverOf = (context: PlanContext, member: MemberName): Known<ServerFacts> =>
  context.servers[member] ?? { state: "unknown", failure: null };

/** The holder of the leader key by a fresh view; null when there is none *or* when it cannot be told. */
export const leaderOf = (context: PlanContext): MemberName | null => freshOf(dcsOf(context))?.leader?.name ?? null;

/** The member's key in a fresh view of the DCS. */
export const keyOf = (context: PlanContext, member: MemberName): DcsMember | null =>
  freshOf(dcsOf(context))?.members.find(({ name }) => name === member) ?? null;

/** Every member that was ever seen or that a fresh DCS names. */
export function membersOf(context: PlanContext): readonly MemberName[] {
  const inDcs = freshOf(dcsOf(context))?.members.map(({ name }) => name) ?? [];
  return [...new Set([...context.state.roster.map(({ name }) => name), ...inDcs])];
}

/** Patroni's `maximum_lag_on_failover` in bytes; its own default where it is not set. */
export function maximumLagBytes(view: Pick<DcsView, "config"> | null): number {
  const value = Number(view?.config?.maximum_lag_on_failover ?? Number.NaN);
  return Number.isFinite(value) ? value : 1_048_576;
}

/** How long a primary may take to start before Patroni fails over, in seconds. */
export function startTimeoutSeconds(view: DcsView | null): number {
  const config = view?.config;
  const value = Number(config?.primary_start_timeout ?? config?.master_start_timeout ?? Number.NaN);
  return Number.isFinite(value) ? value : 300;
}

/** `unknown` where the configuration was not read and nothing else tells. */
export function synchronousMode(view: DcsView): "off" | "on" | "quorum" | "unknown" {
  if (!view.config) return view.sync && view.sync.standbys.length > 0 ? "on" : "unknown";
  const value = view.config.synchronous_mode;
  if (typeof value === "string" && value.toLowerCase() === "quorum") return "quorum";
  return isTrue(value) ? "on" : "off";
}

/** Whether the sync key names the member; PostgreSQL compares such names without regard to case. */
export const isSync = (view: DcsView, member: MemberName): boolean =>
  view.sync?.standbys.some((name) => name.toLowerCase() === member.toLowerCase()) ?? false;

/** A member that must never become the leader, by one source's tags. */
export const mustNotLead = (tags: Tags): boolean =>
  tags.nofailover || (tags.failoverPriority !== null && tags.failoverPriority <= 0);

/** Patroni takes YAML's words and PostgreSQL's. */
const isTrue = (value: unknown): boolean =>
  value === true || (typeof value === "string" && ["on", "true", "yes", "1"].includes(value.toLowerCase()));
