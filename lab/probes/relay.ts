import { request } from "node:http";

/** Unix sockets, inside each host, that lead to ports on the host's own loopback. */
export const RELAYS = { etcd: "/run/lab/etcd.sock", patroni: "/run/lab/patroni.sock" } as const;

/**
 * Asks a service inside a host through its relay, so that truth does not travel over the very link
 * that a fault may have cut. Null when there is no whole answer within the bound.
 */
export function askRelay(
  socketPath: string,
  path: string,
  boundMs: number,
  body?: unknown,
): Promise<Record<string, unknown> | null> {
  return new Promise((resolve) => {
    const text = body === undefined ? undefined : JSON.stringify(body);
    const headers =
      text === undefined ? {} : { "content-type": "application/json", "content-length": Buffer.byteLength(text) };
    const method = text === undefined ? "GET" : "POST";
    const call = request({ socketPath, path, method, headers, agent: false, signal: AbortSignal.timeout(boundMs) });
    call.once("error", () => resolve(null));
    call.once("response", (response) => {
      let answer = "";
      response.setEncoding("utf8");
      response.on("data", (chunk: string) => {
        answer += chunk;
      });
      response.once("error", () => resolve(null));
      response.once("close", () => resolve(parseObject(answer)));
    });
    call.end(text);
  });
}

export function parseObject(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : null;
  } catch {
    return null;
  }
}
