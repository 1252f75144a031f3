import type { Instant, MemberName } from "../ids";
import type { HaproxyServerState } from "./request";

/** One message to one system. Each is sent once, to the address named here, and never again, whatever became of it. */
export type Call =
  | {
      readonly system: "patroni";
      /** Unique within its operation, for example `restart:node2`: a call whose id has an answer is not made again. */
      readonly id: string;
      readonly member: MemberName;
      /** Origin of the member's own REST API. */
      readonly origin: string;
      readonly method: "POST" | "DELETE" | "PATCH";
      readonly path: "/switchover" | "/failover" | "/restart" | "/reinitialize" | "/reload" | "/config";
      readonly body: Readonly<Record<string, unknown>>;
      /** How long its answer is waited for, in ms. Past it the answer is `unknown`, not `failed`. */
      readonly timeoutMs: number;
    }
  | {
      readonly system: "postgres";
      readonly id: string;
      readonly member: MemberName;
      readonly signal: "cancel" | "terminate";
      readonly pid: number;
      /** Compared in the same statement: a number may be somebody else's by now. */
      readonly backendStart: Instant;
    }
  | {
      readonly system: "haproxy";
      readonly id: string;
      /** Configured name of the node. */
      readonly node: string;
      readonly pool: string;
      readonly server: string;
      readonly state: HaproxyServerState;
    }
  | {
      readonly system: "pgbouncer";
      readonly id: string;
      readonly member: MemberName;
      readonly command: "pause" | "resume" | "reconnect";
      readonly database: string | null;
      /** For `pause`: past it the pause is taken back, so that no client waits for a session that never ends. */
      readonly timeoutMs: number;
    };
