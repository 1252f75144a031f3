/**
 * The lab as tests use it. Nothing here goes through the command line; all of it throws `LabError`.
 *
 *     await ensureUp();
 *     await service("kill", "node1", "all");
 *     await waitForTruth((truth) => truth.writable.length === 1, { deadlineMs: 60_000, what: "a new leader" });
 *     await settle();
 */
import { exec, execAsPostgres, insidePath } from "./host";
import type { RunResult } from "./run";
import { PATRONI_CONFIG } from "./services/patroni";
import type { HostName } from "./settings";

export { type ConfigOverrides, labConfigYaml } from "./config-yaml";
export { type EditableService, editFile, reloadService, restoreConfig } from "./edit";
export { isLabError, LabError, type LabErrorKind } from "./errors";
export { cut, heal, type ServiceAction, service } from "./faults";
export { down, ensureUp, type UpOptions, type UpResult } from "./lifecycle";
export { type LoadOptions, runLoad } from "./load";
export { callPatroni, type RestAnswer, type SwitchoverAnswer, switchover } from "./rest";
export type { RunOptions, RunResult } from "./run";
export type { Credentials } from "./secrets";
export { HOSTS, type HostName, hostAddress, NETWORK, PORTS, type Release, SCOPE, type ServiceName } from "./settings";
export { type SettleOptions, settle } from "./settle";
export { type ClusterState, credentials, readCluster } from "./state";
export {
  ensureStoreHost,
  newStoreDatabase,
  STORE_DATA,
  type StoreAction,
  type StoreHostOptions,
  storeExec,
  storeService,
  storeUrl,
} from "./store-host";
export { followTruth, readTruth, TruthSampler, type WaitOptions, waitForTruth } from "./truth";
export type { Truth, TruthHost, TruthServiceState } from "./truth-types";
export { unsettled } from "./verdict";
export { exec, execAsPostgres, insidePath };

/** Runs `patronictl` on a host as the `postgres` user. */
export function patronictl(host: HostName, args: readonly string[], deadlineMs = 60_000): Promise<RunResult> {
  return execAsPostgres(host, ["patronictl", "-c", PATRONI_CONFIG, ...args], { deadlineMs, allowFailure: true });
}
