import type { Secret, TlsConfig } from "@/lib/config/types";
import type { DcsView, PatroniStatus } from "@/lib/domain/facts";
import { fail, ok, type Result } from "@/lib/domain/observation";
import { failureText } from "@/lib/sources/shared/failure";
import { httpGet } from "@/lib/sources/shared/http";
import { parseJson } from "@/lib/sources/shared/json";
import { mapCluster } from "./map-cluster";
import { mapStatus } from "./map-status";

export { type ExpectedIdentity, verifyIdentity } from "./identity";

/** A status is a few kB, a cluster of fifty members some 30 kB; the history of an old cluster is the longest. */
const ANSWER_BYTES_MAX = 1024 * 1024;

export type PatroniOptions = {
  readonly username?: string | null | undefined;
  readonly password?: Secret | null | undefined;
  readonly tls?: TlsConfig | null | undefined;
  /** Hard limit of each request, in ms. */
  readonly timeoutMs: number;
  readonly signal?: AbortSignal | undefined;
  /** See `httpGet`: for the address of a VIP, to which no certificate is made out. */
  readonly anyServerName?: boolean | undefined;
};

/**
 * `GET /patroni` of one member (Patroni 3.0 to 4.1). `origin` has no path. Whether the right member answered is told by
 * `verifyIdentity`. Beside transport failures: `unauthorized`, `forbidden`, `http-status`, `malformed` (also a body cut short).
 */
export async function getPatroniStatus(origin: string, options: PatroniOptions): Promise<Result<PatroniStatus>> {
  const answer = await getJson(origin, "/patroni", options);
  return answer.ok ? mapStatus(answer.value) : answer;
}

/**
 * `GET /cluster`, then `/config` and `/history`, one after the other: one request in flight a node. Only `/cluster` must
 * succeed; the configuration is null and the history empty where they cannot be read (`/config` is 502 while the key is missing).
 */
export async function getPatroniCluster(origin: string, options: PatroniOptions): Promise<Result<DcsView>> {
  const cluster = await getJson(origin, "/cluster", options);
  if (!cluster.ok) return cluster;
  const config = await getJson(origin, "/config", options);
  const history = await getJson(origin, "/history", options);
  return mapCluster({
    cluster: cluster.value,
    config: config.ok ? config.value : undefined,
    history: history.ok ? history.value : undefined,
  });
}

async function getJson(origin: string, path: string, options: PatroniOptions): Promise<Result<unknown>> {
  const answer = await httpGet({ ...options, url: `${origin.replace(/\/+$/, "")}${path}`, maxBytes: ANSWER_BYTES_MAX });
  if (!answer.ok) return answer;
  const { status, body } = answer.value;
  if (status !== 200) return { ok: false, failure: statusFailure(status) };
  // Without a Content-Length (Patroni sends none) a body cut short shows only here.
  const parsed = parseJson(body);
  return parsed === undefined
    ? fail("malformed", `the answer to GET ${path} is not JSON, or was cut short`)
    : ok(parsed);
}

function statusFailure(status: number) {
  if (status === 401) return failureText("unauthorized", "HTTP 401");
  if (status === 403) return failureText("forbidden", "HTTP 403");
  return failureText("http-status", String(status));
}
