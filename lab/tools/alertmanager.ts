import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { ensureTools, toolEnv } from "./debian";
import { freePort, startService } from "./service";

export type Alertmanager = { readonly url: string; stop(): Promise<void> };

/** Debian's Alertmanager on a port of loopback, alone, which tells `webhookUrl` of beginnings and ends at once. */
export async function startAlertmanager(webhookUrl: string): Promise<Alertmanager> {
  const tools = await ensureTools();
  const folder = mkdtempSync(path.join(tmpdir(), "matriarch-alertmanager-"));
  const config = path.join(folder, "alertmanager.json");
  const route = { receiver: "local", group_by: ["..."], group_wait: "0s", group_interval: "1s", repeat_interval: "1h" };
  const receivers = [{ name: "local", webhook_configs: [{ url: webhookUrl, send_resolved: true }] }];
  // JSON is YAML too.
  writeFileSync(config, JSON.stringify({ route, receivers }));
  const port = await freePort();
  // It reads a template from a path that is compiled in: its own share is laid over the machine's, for itself alone.
  const script = 'mount -t overlay overlay -o "lowerdir=$1:/usr/share" /usr/share; shift; exec "$@"';
  const argv = [
    ...["unshare", "--mount", "sh", "-ec", script, "alertmanager", tools.shareDir],
    tools.programOf("alertmanager"),
    `--config.file=${config}`,
    `--storage.path=${path.join(folder, "data")}`,
    `--web.listen-address=127.0.0.1:${port}`,
    "--cluster.listen-address=",
  ];
  const service = await startService(argv, port, { env: toolEnv(tools), cwd: folder });
  return {
    url: `http://127.0.0.1:${port}`,
    async stop() {
      await service.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
