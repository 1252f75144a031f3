import { connect } from "node:net";
import { READ_POOL, WRITE_POOL } from "../settings";
import type { TruthHost } from "../truth-types";

/** One command to HAProxy's admin socket; null when it does not answer within the bound. */
export function askHaproxy(socketPath: string, command: string, boundMs: number): Promise<string | null> {
  return new Promise((resolve) => {
    const socket = connect(socketPath);
    let text = "";
    const end = (answer: string | null) => {
      clearTimeout(timer);
      socket.destroy();
      resolve(answer);
    };
    const timer = setTimeout(() => end(null), boundMs);
    socket.setEncoding("utf8");
    socket.once("connect", () => socket.write(`${command}\n`));
    socket.on("data", (chunk: string) => {
      text += chunk;
    });
    socket.once("end", () => end(text));
    socket.once("error", () => end(null));
  });
}

/** Server states of both pools out of `show stat`; columns are found by name, their order changes. */
export function parsePools(csv: string): TruthHost["haproxy"] {
  const [header = "", ...lines] = csv.trim().split("\n");
  const columns = header.replace(/^#\s*/, "").split(",");
  const [proxy, server, status] = ["pxname", "svname", "status"].map((name) => columns.indexOf(name));
  if (proxy === undefined || server === undefined || status === undefined || proxy < 0) return null;
  const pools = { write: {} as Record<string, string>, read: {} as Record<string, string> };
  for (const line of lines) {
    const fields = line.split(",");
    const name = fields[server] ?? "";
    if (name === "FRONTEND" || name === "BACKEND") continue;
    if (fields[proxy] === WRITE_POOL) pools.write[name] = fields[status] ?? "";
    if (fields[proxy] === READ_POOL) pools.read[name] = fields[status] ?? "";
  }
  return pools;
}
