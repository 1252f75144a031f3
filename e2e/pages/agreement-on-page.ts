import { expect } from "@playwright/test";
import type { Truth } from "@/lab/index";
import { word } from "../support/words";
import type { ClusterPage } from "./cluster-page";

/** Asserts that a person who reads the page reads what the hosts say: role, timeline, VIP and pools, in words. */
export async function expectPageAgrees(cluster: ClusterPage, truth: Truth): Promise<void> {
  await expect(cluster.sentence).toContainText(truth.leaderKey ?? "");
  for (const [name, host] of Object.entries(truth.hosts)) {
    const role = word(name === truth.leaderKey ? "role.leader" : "role.replica");
    const row = cluster.member(name);
    await expect(row).toContainText(role);
    await expect(row.getByRole("cell").nth(TIMELINE_CELL)).toContainText(String(host.timeline));
    await expectPools(cluster, name, host.haproxy);
  }
  await expect(cluster.vip).toContainText(truth.vipHolders.join(", "));
}

/** Cells after the row's heading: role, state, timeline. */
const TIMELINE_CELL = 2;

async function expectPools(
  cluster: ClusterPage,
  node: string,
  pools: Truth["hosts"]["node1"]["haproxy"],
): Promise<void> {
  for (const kind of ["write", "read"] as const) {
    for (const [server, status] of Object.entries(pools?.[kind] ?? {})) {
      const chip = cluster.poolServer(node, kind, server);
      await expect(chip).toContainText(word(status === "UP" ? "haproxy.status.up" : "haproxy.status.down"));
    }
  }
}
