import { NETWORK, PORTS, settle } from "@/lab/index";
import { makeDashboard } from "./support/dashboard";
import { expect, test } from "./support/fixtures";

/** What the client's eye sees where the way leads elsewhere. What it measures of a killed leader is in `incident.spec.ts`. */
test.beforeEach(() => settle());

test("a write port that leads to replicas: the page does not say that all is well", async ({ accounts }) => {
  const misled = await makeDashboard({
    name: "misled-eye",
    accounts,
    cluster: { vip: { address: NETWORK.vip, follows: "leader", writePort: PORTS.read } },
  });
  try {
    await misled.start();
    await misled.ready();
    const recorder = misled.record();
    const frame = await recorder.waitFor((snapshot) => snapshot.clientEye?.confirmed === true, {
      deadlineMs: 15_000,
      what: "the client's eye to have met a server twice",
    });
    recorder.stop();
    expect(frame.snapshot.clientEye?.state).toBe("read-only");
    expect(frame.snapshot.writePath).toMatchObject({ state: "broken", code: "misrouted" });
  } finally {
    await misled.stop();
  }
});
