import { request } from "node:http";
import { LabError } from "./errors";
import { insidePath } from "./host";
import { askRelay, RELAYS } from "./probes/relay";
import { type HostName, hostAddress, PORTS } from "./settings";
import { credentials, readCluster } from "./state";
import { readTruth } from "./truth";

export interface RestAnswer {
  status: number;
  text: string;
}

/** One call to a host's Patroni over the network, signed in. It answers HTTP/1.0 and refuses chunked bodies. */
export function callPatroni(
  host: HostName,
  method: string,
  path: string,
  body?: unknown,
  deadlineMs = 60_000,
): Promise<RestAnswer> {
  const text = body === undefined ? "" : JSON.stringify(body);
  return new Promise((resolve, reject) => {
    const call = request({
      host: hostAddress(host),
      port: PORTS.patroni,
      method,
      path,
      agent: false,
      auth: `patroni:${credentials().patroniRest}`,
      headers: text === "" ? {} : { "content-type": "application/json", "content-length": Buffer.byteLength(text) },
      signal: AbortSignal.timeout(deadlineMs),
    });
    call.once("error", (error) =>
      reject(new LabError("command-failed", `${method} ${path} on ${host}: ${error.message}`)),
    );
    call.once("response", (response) => {
      let answer = "";
      response.setEncoding("utf8").on("data", (chunk: string) => {
        answer += chunk;
      });
      response.once("error", reject);
      response.once("close", () => resolve({ status: response.statusCode ?? 0, text: answer }));
    });
    call.end(text);
  });
}

export interface SwitchoverAnswer extends RestAnswer {
  from: HostName;
  candidate: HostName | null;
}

/** Asks the leader itself to hand over; sent elsewhere it takes a loop longer. The answer is Patroni's, not checked. */
export async function switchover(candidate?: HostName): Promise<SwitchoverAnswer> {
  const { leaderKey } = await readTruth();
  const from = readCluster().hosts.find((host) => host === leaderKey);
  if (from === undefined) throw new LabError("command-failed", "switchover: there is no leader");
  const body = { leader: from, ...(candidate === undefined ? {} : { candidate }) };
  return { ...(await callPatroni(from, "POST", "/switchover", body)), from, candidate: candidate ?? null };
}

/**
 * Takes back what a test may have left in the cluster's configuration: a pause, a scheduled switchover.
 * True when there was something to take back.
 */
export async function clearIntentions(host: HostName): Promise<boolean> {
  const cluster = await askRelay(insidePath(host, RELAYS.patroni), "/cluster", 3000);
  const paused = cluster?.pause === true;
  const scheduled = cluster?.scheduled_switchover !== undefined;
  if (paused) await callPatroni(host, "PATCH", "/config", { pause: null }, 10_000);
  if (scheduled) await callPatroni(host, "DELETE", "/switchover", undefined, 10_000);
  return paused || scheduled;
}
