import { randomUUID } from "node:crypto";
import { setActions } from "@/lib/actions/current";
import { startActions } from "@/lib/actions/start";
import { setAlerts } from "@/lib/alerts/current";
import { startAlerts } from "@/lib/alerts/start";
import { recordSignIns } from "@/lib/audit/sign-ins";
import { onSignInNews } from "@/lib/auth/sign-in-news";
import { setWallDoor } from "@/lib/auth/wall-door";
import { setCollectors } from "@/lib/collectors/current";
import { startInspector } from "@/lib/collectors/inspect/start";
import { startCollectors } from "@/lib/collectors/start";
import { setConfig } from "@/lib/config/current";
import { loadConfig } from "@/lib/config/load";
import { setHistory } from "@/lib/history/current";
import { openRecord } from "@/lib/history/history";
import { startFlightRecorder } from "@/lib/history/recorder";
import { setLive } from "@/lib/live/current";
import { createLive } from "@/lib/live/live";
import { setRuns } from "@/lib/runbooks/current";
import { openLibrary, setLibrary } from "@/lib/runbooks/library";
import { startRuns } from "@/lib/runbooks/start";
import { setWalls } from "@/lib/walls/current";
import { startWalls } from "@/lib/walls/start";

/** What waits for the store at the end may take this long, in ms; `scripts/start.ts` waits for it. */
const CLOSE_RECORD_MS = 2_000;

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
  const { url, retention } = loaded.config.store;
  const record = openRecord(url.reveal(), retention);
  setHistory(record.history);
  const live = createLive(
    randomUUID(),
    loaded.config.clusters.map((cluster) => cluster.scope),
  );
  setLive(live);
  const recorder = startFlightRecorder(live, record.store, record.writer);
  const { clusters } = loaded.config;
  const collectors = startCollectors(clusters, live);
  setCollectors(collectors);
  const { port } = loaded.config.server;
  const actions = startActions({ clusters, collectors, live, history: record.history, store: record.store, port });
  setActions(actions);
  onSignInNews(recordSignIns(actions.audit));
  const alerts = startAlerts({
    config: loaded.config,
    collectors,
    store: record.store,
    audit: actions.audit,
    boot: live.boot,
    keptMs: retention.events,
  });
  setAlerts(alerts);

  const library = openLibrary({ config: loaded.config, collectors });
  setLibrary(library);
  const runs = startRuns({
    config: loaded.config,
    collectors,
    store: record.store,
    history: record.history,
    audit: actions.audit,
    operation: (id) => actions.store.operation(id),
    catalogue: library,
  });
  setRuns(runs);
  const walls = startWalls({ store: record.store, audit: actions.audit });
  setWalls(walls.desk);
  setWallDoor(walls.door);

  const inspector = startInspector(loaded.config.clusters, live);

  const stop = () => {
    const ended = Promise.all([actions.close(), alerts.close(), runs.close(), walls.desk.close()]);
    library.close();
    collectors.stop();
    recorder.stop();
    void inspector.close();
    live.close();
    // What is written of an operation or a message under way is written before its store is closed.
    void ended.then(() => record.history.close(CLOSE_RECORD_MS));
  };
  process.once("SIGTERM", stop);
  process.once("SIGINT", stop);
}
