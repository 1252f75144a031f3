import { credentials, HOSTS, hostAddress, PORTS, readTruth, service, settle } from "@/lab/index";
import { NAMESPACE } from "@/lab/settings";
import { ClusterPage } from "./pages/cluster-page";
import { makeDashboard } from "./support/dashboard";
import { expect, test } from "./support/fixtures";
import { word } from "./support/words";

test.describe.configure({ timeout: 150_000 });

test.afterEach(() => settle());

test("a member that leaves is shown as missing, and comes back, without a restart", async ({ page, dashboard }) => {
  await settle();
  const { leaderKey } = await readTruth();
  const replica = HOSTS.findLast((host) => host !== leaderKey);
  if (!replica) throw new Error("the lab has no replica");
  const recorder = dashboard.record();
  try {
    await page.goto(dashboard.clusterPath);
    const row = new ClusterPage(page).member(replica);
    await expect(row).toContainText(word("members.state.streaming"));
    await service("stop", replica, "patroni");
    // Its key lives for up to one TTL (20 s) after it.
    await expect(row).toContainText(word("members.state.missing"), { timeout: 45_000 });
    await service("start", replica, "patroni");
    const back = await recorder.waitFor(
      (snapshot) =>
        snapshot.members.some((m) => m.name === replica && m.presence === "present" && m.state === "running"),
      { deadlineMs: 40_000, what: `${replica} to come back`, after: Date.now() },
    );
    await expect(row).toContainText(word("members.state.streaming"), { timeout: 20_000 });
    expect(back.boot).toBe(recorder.frames[0]?.boot);
  } finally {
    recorder.stop();
  }
});

const seed = hostAddress(HOSTS[1] ?? "node1");
const access = () => ({ username: "patroni", password: credentials().patroniRest });

const ways = [
  {
    name: "one Patroni address and no DCS",
    cluster: () => ({
      dcs: { kind: "none" },
      patroni: { seeds: [`http://${seed}:${PORTS.patroni}`], ...access() },
    }),
  },
  {
    name: "one etcd address and no Patroni seed",
    cluster: () => ({
      dcs: { kind: "etcd3", endpoints: [`http://${seed}:${PORTS.etcdClient}`], namespace: NAMESPACE },
      patroni: { seeds: [], ...access() },
    }),
  },
] as const;

for (const { name, cluster } of ways) {
  test(`all members are found from ${name}`, async ({ accounts }) => {
    const dashboard = await makeDashboard({ name: name.replaceAll(" ", "-"), accounts, cluster: cluster() });
    await dashboard.start();
    const recorder = dashboard.record();
    try {
      const { leaderKey } = await readTruth();
      const names = [...HOSTS].sort().join(" ");
      await recorder.waitFor(
        (snapshot) =>
          snapshot.leader?.name === leaderKey &&
          snapshot.writePath.writer === leaderKey &&
          (snapshot.dcs.readAs === "patroni" || snapshot.dcs.members.length === HOSTS.length) &&
          snapshot.members.map((m) => m.name).join(" ") === names &&
          snapshot.members.every((m) => m.presence === "present" && m.state === "running" && m.stateTrust === "fresh"),
        { deadlineMs: 20_000, what: "all members" },
      );
    } finally {
      recorder.stop();
      await dashboard.stop();
    }
  });
}
