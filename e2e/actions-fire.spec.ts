import { type HostName, readTruth, settle, switchover } from "@/lab/index";
import { type Api, apiOf, codeOf } from "./support/api";
import { type Dashboard, makeDashboard } from "./support/dashboard";
import { expect, NOBODY, test } from "./support/fixtures";
import { leaderNow } from "./support/leader";
import { followersOf, freePlan, reign, steady, switchoverTo } from "./support/steady";

test.use({ storageState: NOBODY });

/** How often, when nothing else is asked for: the full counts (50 and 20) take about 15 minutes. */
const TIMES = Number(process.env.MATRIARCH_FIRE ?? 0);
const FENCES = TIMES > 0 ? TIMES : 3;
const DUELS = TIMES > 0 ? Math.ceil(TIMES * 0.4) : 2;
const PER_TURN_MS = 60_000;
const ENDS_WITHIN_MS = 90_000;

test.describe("the fence under fire", () => {
  let dashboard: Dashboard;
  test.beforeAll(async ({ accounts }) => {
    await settle();
    dashboard = await makeDashboard({ name: "fence", accounts });
    await dashboard.start();
    await dashboard.ready();
  });
  test.afterAll(async () => {
    await dashboard?.stop();
    await settle();
  });

  test(`a plan whose leader was changed behind it is refused, ${FENCES} times of ${FENCES}, and nothing is done`, async () => {
    test.setTimeout(FENCES * PER_TURN_MS);
    const api = apiOf(dashboard);
    let refused = 0;
    for (let turn = 0; turn < FENCES; turn += 1) {
      const leader = (await steady()).leaderKey;
      const [first, second] = followersOf(leader);
      if (!first || !second) throw new Error("the lab has three hosts");
      const plan = await freePlan(api, switchoverTo(first));
      await switchover(second);
      const before = await steady(second);
      const answer = await api.execute(plan);
      expect(codeOf(answer), `turn ${turn}: ${JSON.stringify(answer)}`).toBe("fence-moved");
      expect(answer.status).toBe(409);
      // What moved is named: who led, and who leads.
      expect(JSON.stringify(answer)).toContain(leader);
      expect(JSON.stringify(answer)).toContain(second);
      expect(reign(await readTruth())).toEqual(reign(before));
      refused += 1;
    }
    console.log(`the fence: ${refused} refusals, 0 actions`);
  });
});

test.describe("two dashboards on one cluster", () => {
  const dashboards: Dashboard[] = [];
  test.beforeAll(async ({ accounts }) => {
    await settle();
    for (const name of ["duel-a", "duel-b"]) dashboards.push(await makeDashboard({ name, accounts }));
    await Promise.all(dashboards.map((one) => one.start()));
    await Promise.all(dashboards.map((one) => one.ready()));
  });
  test.afterAll(async () => {
    await Promise.all(dashboards.map((one) => one.stop()));
    await settle();
  });

  test(`told to switch over at the same moment, one acts and the other learns who, ${DUELS} times of ${DUELS}`, async () => {
    test.setTimeout(DUELS * PER_TURN_MS * 2);
    const [a, b] = dashboards;
    if (!a || !b) throw new Error("two dashboards were started");
    const apis = [apiOf(a, "operator"), apiOf(b, "second")] as const;
    const won = [0, 0];
    const losses: (string | null)[] = [];
    for (let turn = 0; turn < DUELS; turn += 1) {
      const leader = (await steady()).leaderKey;
      const candidates = followersOf(leader);
      // Each wants another candidate, so that the truth tells whose word was done.
      const plans = await Promise.all(apis.map((api, i) => freePlan(api, switchoverTo(candidates[i] as HostName))));
      const history = (await timeline()) ?? 0;
      const answers = await Promise.all(apis.map((api, i) => api.execute(plans[i] as (typeof plans)[number])));
      const winners = answers.flatMap((answer, i) => (answer.ok ? [i] : []));
      expect(winners, `turn ${turn}: ${JSON.stringify(answers)}`).toHaveLength(1);
      const winner = winners[0] as 0 | 1;
      const loser = answers[1 - winner];
      if (loser === undefined || loser.ok) throw new Error("one of two was refused");
      expect(loser.status, JSON.stringify(loser)).toBe(409);
      losses.push(codeOf(loser));
      if (codeOf(loser) === "busy")
        expect(loser.problem.holder?.actor).toContain(winner === 0 ? "program-operator" : "program-second");
      else expect(["busy", "fence-moved"]).toContain(codeOf(loser));
      const begun = answers[winner];
      if (!begun?.ok) throw new Error("the winner was accepted");
      const operation = await (apis[winner] as Api).ended(begun.body.id, ENDS_WITHIN_MS);
      expect(operation.state, JSON.stringify(operation.outcome)).toBe("done");
      await steady(candidates[winner] as HostName);
      expect(await timeline()).toBe(history + 1);
      won[winner] = (won[winner] ?? 0) + 1;
    }
    console.log(`two dashboards: ${DUELS} turns, ${won.join(" and ")} won; the loser was told ${losses.join(", ")}`);
    expect(losses.filter((code) => code === "busy").length).toBeGreaterThan(0);
  });

  const timeline = async () => {
    const truth = await readTruth();
    return truth.hosts[await leaderNow()]?.timeline ?? null;
  };
});
