import { expect, type Page } from "@playwright/test";
import { execAsPostgres, HOSTS, type HostName, readTruth, type Truth } from "@/lab/index";
import { ActionDialog } from "../pages/action-dialog";
import { ActionsMenu } from "../pages/actions-menu";
import { ClusterPage } from "../pages/cluster-page";
import type { Dashboard } from "./dashboard";
import { listed, listedLeader } from "./patronictl";
import { reign, steady } from "./steady";
import { until } from "./until";

/** What a person has before acting: the overview of a steady cluster, its menus, and the dialog that they open. */
export type Stage = {
  readonly dialog: ActionDialog;
  readonly menu: ActionsMenu;
  readonly overview: ClusterPage;
  readonly leader: HostName;
  /** The replicas, by name. */
  readonly replicas: readonly [HostName, HostName];
  readonly truth: Truth;
};

export async function openStage(page: Page, dashboard: Dashboard): Promise<Stage> {
  const truth = await steady();
  const [first, second] = HOSTS.filter((host) => host !== truth.leaderKey);
  if (!first || !second) throw new Error("the lab has three hosts");
  await page.goto(dashboard.clusterPath);
  const overview = new ClusterPage(page);
  await overview.showsHealthy(truth.leaderKey, 20_000);
  return {
    dialog: new ActionDialog(page),
    menu: new ActionsMenu(page),
    overview,
    leader: truth.leaderKey,
    replicas: [first, second],
    truth,
  };
}

/** Truth and `patronictl list` call the same member the leader, and both replicas stream behind it. */
export async function expectLeads(leader: HostName): Promise<Truth> {
  const truth = await steady(leader);
  const asked = HOSTS.find((host) => host !== leader) ?? leader;
  await expect.poll(() => listedLeader(asked), { message: "patronictl list", timeout: 15_000 }).toBe(leader);
  await expect
    .poll(async () => (await listed(asked)).filter(({ State }) => State === "streaming").length, { timeout: 20_000 })
    .toBe(HOSTS.length - 1);
  return truth;
}

/** Nobody else led meanwhile, and what wrote then still writes. */
export async function expectUnchanged(before: Truth): Promise<void> {
  const now = await readTruth();
  expect(reign(now)).toEqual(reign(before));
  expect(now.writable).toEqual(before.writable);
}

export async function sql(host: HostName, statement: string): Promise<string> {
  const { stdout } = await execAsPostgres(host, ["psql", "-X", "-A", "-t", "-w", "-d", "postgres", "-c", statement]);
  return stdout.trim();
}

/** When each member's PostgreSQL was started: differs after a restart and after nothing else. */
export async function startTimes(): Promise<Readonly<Record<string, string>>> {
  const told = await Promise.all(
    HOSTS.map(async (host) => [host, await sql(host, "SELECT pg_postmaster_start_time()")] as const),
  );
  return Object.fromEntries(told);
}

/** When each member's PostgreSQL last read its configuration. */
export async function loadTimes(): Promise<Readonly<Record<string, string>>> {
  const told = await Promise.all(
    HOSTS.map(async (host) => [host, await sql(host, "SELECT pg_conf_load_time()")] as const),
  );
  return Object.fromEntries(told);
}

/** The members whose value differs between two readings. */
export const changedBetween = (
  before: Readonly<Record<string, string>>,
  after: Readonly<Record<string, string>>,
): readonly string[] => Object.keys(after).filter((host) => before[host] !== after[host]);

/** Nobody holds the leader key any more. */
export const leaderless = (): Promise<true> =>
  until(async () => ((await readTruth()).leaderKey === null ? (true as const) : undefined), {
    deadlineMs: 45_000,
    everyMs: 250,
    what: "the leader key to expire",
  });
