import { NO_IMPACT } from "../actions/plan";
import { message } from "../message";
import { ground } from "./checks/ground";
import {
  adminAllowed,
  concernedNodes,
  nodesConfigured,
  nodesSeen,
  notInState,
  rowsOf,
  serverExists,
  statusWord,
} from "./checks/haproxy-nodes";
import { lastUsable, returnsUnchecked } from "./checks/haproxy-routing";
import { baseFence } from "./fence";
import type { Preflight } from "./preflight";

/** Takes a server out of a HAProxy pool, or puts it back: until that HAProxy is reloaded. */
export const haproxyServer: Preflight<"haproxy-server"> = {
  action: "haproxy-server",
  checks: (request, context) => [
    ...ground(context, "haproxy-server"),
    nodesConfigured(context, request),
    nodesSeen(context, request),
    serverExists(context, request),
    adminAllowed(context, request),
    notInState(context, request),
    ...(request.state === "ready" ? returnsUnchecked(context, request) : lastUsable(context, request)),
  ],
  impact: (request, context) => ({
    ...NO_IMPACT,
    touches: [
      ...rowsOf(context, request).map(({ node, row }) =>
        message("preflightOther.haproxy-touches", {
          node,
          pool: request.pool,
          server: request.server,
          state: request.state,
          status: row?.rawStatus ?? "?",
          sessions: row?.sessions ?? 0,
          known: row?.sessions == null ? "no" : "yes",
        }),
      ),
      message("preflightOther.haproxy-until-reload"),
    ],
  }),
  fence: (request, context) => ({
    ...baseFence(context),
    other: Object.fromEntries(
      concernedNodes(context, request).map((node) => {
        const row = rowsOf(context, request).find((one) => one.node === node)?.row ?? null;
        return [`${node} ${request.pool}/${request.server}`, row ? statusWord(row.status) : null];
      }),
    ),
  }),
};
