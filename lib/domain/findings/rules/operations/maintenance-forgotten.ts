import { sourceId } from "../../../evidence/evidence";
import type { EpochMs } from "../../../ids";
import { message } from "../../../message";
import { roughTime } from "../../amounts";
import type { FindingDraft, FindingInput, FindingRule } from "../../rule";
import { subject } from "../../subject";

/** Whoever ends a window and brings the servers back does both within this. */
const AFTER_WINDOW_MS = 60_000;

/**
 * Something was taken out by hand and not brought back: a server of HAProxy in maintenance or drained, a PgBouncer that holds its
 * clients. Said nothing of while a maintenance window is in force.
 */
export const maintenanceForgotten: FindingRule = {
  id: "maintenance-forgotten",
  group: "operations",
  runbook: "node-maintenance",
  find(input) {
    return windowInForce(input) ? [] : [...serversOut(input), ...bouncersPaused(input)];
  },
};

const windowInForce = ({ picture, now }: FindingInput): boolean =>
  (picture.attention?.silences ?? []).some(
    ({ kind, from, until, ended }) =>
      kind === "maintenance" && ended === null && Date.parse(from) <= now && now < Date.parse(until),
  );

function serversOut(input: FindingInput): FindingDraft[] {
  return input.evidence.haproxy.flatMap(({ name: node, known }) => {
    if (known.state !== "fresh") return [];
    return known.value.pools.flatMap((pool) =>
      pool.servers.flatMap((server): FindingDraft[] => {
        if (server.status !== "maint" && server.status !== "drain") return [];
        const seconds = server.lastChangeSeconds;
        const why = seconds === null ? null : whyForgotten(input, known.at - seconds * 1_000);
        if (seconds === null || why === null) return [];
        const params = { what: server.status, why, where: node, pool: pool.name, server: server.name };
        const text = message("finding.maintenance-forgotten.text", { ...params, ...roughTime(seconds) });
        const member = input.evidence.places.byServer(server);
        const of = subject("pool", `${node}/${pool.name}`, member);
        return [
          {
            severity: "warn",
            subject: of,
            key: server.name,
            text,
            evidence: [{ text, sourceId: sourceId("haproxy", node) }],
          },
        ];
      }),
    );
  });
}

function whyForgotten({ limits, watch, now }: FindingInput, outSince: EpochMs): "long" | "window" | null {
  if (now - outSince > limits.forgottenMs) return "long";
  const ended = Date.parse(watch.told["maintenance-until"] ?? "");
  return outSince < ended && now - ended > AFTER_WINDOW_MS ? "window" : null;
}

/** PgBouncer does not tell since when: counted from when it was first seen. */
function bouncersPaused({ picture, limits }: FindingInput): FindingDraft[] {
  return picture.pgbouncer.flatMap(({ member, trust, paused }): FindingDraft[] => {
    if (trust !== "fresh" || paused !== true) return [];
    const params = { what: "pgbouncer", why: "long", where: member, pool: "", server: "" };
    const text = message("finding.maintenance-forgotten.text", { ...params, ...roughTime(limits.forgottenMs / 1_000) });
    const evidence = [{ text, sourceId: sourceId("pgbouncer", member) }];
    const holdMs = limits.forgottenMs;
    return [{ severity: "warn", subject: subject("pgbouncer", member, member), text, evidence, holdMs }];
  });
}
