import { randomUUID } from "node:crypto";
import { startClusterCollector } from "@/lib/collectors/cluster-collector";
import { setConfig } from "@/lib/config/current";
import { loadConfig } from "@/lib/config/load";
import { setLive } from "@/lib/live/current";
import { createLive } from "@/lib/live/live";

/**
 * Loads the configuration and starts the collectors. A broken configuration ends the process with one message: a dashboard
 * that half knows what it watches is worse than none.
 */
export async function startMatriarch(): Promise<void> {
  const loaded = loadConfig({ env: process.env });
  if (loaded.kind === "error") {
    console.error(loaded.message);
    process.exit(1);
  }
  setConfig(loaded.config);
  const live = createLive(
    randomUUID(),
    loaded.config.clusters.map((cluster) => cluster.scope),
  );
  setLive(live);
  const collectors = loaded.config.clusters.map((cluster) => startClusterCollector(cluster, live));

  const stop = () => {
    for (const collector of collectors) collector.stop();
    live.close();
  };
  process.once("SIGTERM", stop);
  process.once("SIGINT", stop);
}
