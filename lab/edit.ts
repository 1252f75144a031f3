import { readFileSync, writeFileSync } from "node:fs";
import { LabError } from "./errors";
import { hostProcesses, service } from "./faults";
import { insidePath } from "./host";
import { planOf } from "./launch";
import { callPatroni } from "./rest";
import { configFiles } from "./services/index";
import type { HostName } from "./settings";

/** Configuration made wrong on purpose. Neither `settle` nor `start` puts a file right again: {@link restoreConfig} does. */

export type EditableService = "haproxy" | "pgbouncer" | "patroni" | "keepalived";

/** Rewrites a file inside a host, leaving its owner and rights; throws when the edit changes nothing. */
export function editFile(host: HostName, file: string, edit: (text: string) => string): void {
  const path = insidePath(host, file);
  const before = readFileSync(path, "utf8");
  const after = edit(before);
  if (after === before) throw new LabError("usage", `${file} on ${host}: the edit changes nothing`);
  writeFileSync(path, after);
}

/** Makes a service read its files. HAProxy and Keepalived are stopped and started; the others take it in their stride. */
export async function reloadService(host: HostName, name: EditableService): Promise<void> {
  if (name === "haproxy" || name === "keepalived") {
    await service("stop", host, name);
    return service("start", host, name);
  }
  if (name === "patroni") {
    const { status, text } = await callPatroni(host, "POST", "/reload", undefined, 10_000);
    if (status !== 202 && status !== 200) throw new LabError("command-failed", `reload of ${host}: ${status} ${text}`);
    return;
  }
  for (const { pid } of hostProcesses(host).pgbouncer) process.kill(pid, "SIGHUP");
}

/** Puts every file of a host's configuration back as `up` made it, and has what changed read again; the paths that were wrong. */
export async function restoreConfig(host: HostName): Promise<string[]> {
  const wrong = configFiles(host, planOf()).filter(
    ({ path, text }) => readFileSync(insidePath(host, path), "utf8") !== text,
  );
  for (const { path, text } of wrong) writeFileSync(insidePath(host, path), text);
  const concerned = (["haproxy", "pgbouncer", "patroni", "keepalived"] as const).filter((name) =>
    wrong.some(({ path }) => path.startsWith(`/etc/${name}/`)),
  );
  for (const name of concerned) if (hostProcesses(host)[name].length > 0) await reloadService(host, name);
  return wrong.map(({ path }) => path);
}
