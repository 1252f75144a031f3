import { SCOPE } from "@/lab/index";
import type { RunAnswer } from "@/lib/contract/runs";
import type { ActionKind, ActionRequest } from "@/lib/domain/actions/request";
import { memberName } from "@/lib/domain/ids";
import type { Snapshot } from "@/lib/domain/snapshot";
import { nothingMore } from "../matrix/fault";
import { freePlan, switchoverTo } from "../support/steady";
import { ofFault } from "./faults";
import { isWell, memberOf, type Recording, type Stage } from "./recording";

const runs = ({ actions }: Snapshot, action: ActionKind): boolean =>
  actions?.operations.some((one) => one.action === action && one.state === "running") ?? false;

/** Asked for and confirmed as a person would. */
async function act({ api }: Stage, request: ActionRequest): Promise<string> {
  const answer = await api.execute(await freePlan(api, request));
  if (!answer.ok) throw new Error(`${request.action}: ${answer.status} ${JSON.stringify(answer.problem)}`);
  return answer.body.id;
}

/** What the dashboard itself does, and what people intend. */
export const OPERATION_RECORDINGS: readonly Recording[] = [
  {
    name: "just-started",
    moments: [
      {
        name: "just-started",
        what: "the dashboard has just started; most was not looked at yet",
        when: ({ sources, writePath }) =>
          writePath.code === "starting" || sources.some(({ lastTriedAt }) => lastTriedAt === null),
      },
      {
        name: "healthy",
        what: "a healthy cluster of three members, of which everything was seen",
        when: (picture) =>
          picture.writePath.state === "ok" &&
          picture.findings.every(({ severity }) => severity === "info") &&
          picture.sources.every(({ lastOkAt, stale }) => lastOkAt !== null && !stale) &&
          picture.archiving?.trust === "fresh" &&
          picture.backups.sources.every(({ window }) => window !== null),
        withinMs: 60_000,
      },
    ],
    async inject({ dashboard }) {
      await dashboard.stop();
      await dashboard.start();
      await dashboard.ready();
      return nothingMore;
    },
  },
  {
    name: "run-under-way",
    moments: [
      {
        name: "run-under-way",
        what: "somebody follows the runbook for a planned switchover",
        when: ({ runs: board }) => (board?.runs.length ?? 0) > 0,
      },
    ],
    async inject({ api, replica }) {
      const body = { runbookId: "planned-switchover", inputs: { candidate: replica }, reason: "a recording" };
      const begun = await api.call<RunAnswer>("POST", `/clusters/${SCOPE}/runs`, body);
      if (!begun.ok) throw new Error(`beginning a run: ${begun.status} ${JSON.stringify(begun.problem)}`);
      const { id } = begun.body.run;
      return async () => {
        const now = await api.call<RunAnswer>("GET", `/runs/${id}`);
        const version = now.ok ? now.body.run.version : 1;
        await api.call("POST", `/runs/${id}/commands`, { version, command: { kind: "abandon", reason: "recorded" } });
      };
    },
  },
  {
    name: "switchover",
    moments: [
      { name: "switchover-running", what: "a switchover has begun", when: (picture) => runs(picture, "switchover") },
      {
        name: "switchover-between",
        what: "a switchover is under way and nobody takes writes",
        when: (picture) => !isWell(picture),
        withinMs: 15_000,
      },
      {
        name: "switchover-done",
        what: "a switchover is over and the former leader follows",
        when: (picture, { leader, replica }) =>
          picture.writePath.writer === replica &&
          picture.writePath.state === "ok" &&
          memberOf(picture, leader)?.replicationState === "streaming" &&
          !runs(picture, "switchover"),
        withinMs: 60_000,
      },
    ],
    async inject(stage) {
      await act(stage, switchoverTo(stage.replica));
      return nothingMore;
    },
  },
  {
    name: "reinitialize",
    moments: [
      {
        name: "reinitialize-running",
        what: "a replica is being copied anew",
        when: (picture) => runs(picture, "reinitialize"),
      },
      {
        name: "reinitialize-copying",
        what: "a replica is being copied anew and its PostgreSQL does not run",
        when: (picture, { replica }) => {
          const state = memberOf(picture, replica)?.state;
          return state !== undefined && state !== "running";
        },
        withinMs: 20_000,
      },
    ],
    async inject(stage) {
      const { api, replica } = stage;
      const id = await act(stage, { action: "reinitialize", member: memberName(replica), fromLeader: false });
      return async () => void (await api.ended(id, 90_000));
    },
  },
  {
    name: "synchronous",
    moments: [
      {
        name: "synchronous",
        what: "synchronous mode is on, and a replica is the synchronous standby",
        when: ({ members }) => members.some(({ role }) => role === "sync-standby"),
        withinMs: 30_000,
      },
    ],
    inject: ({ configure }) => configure({ synchronous_mode: true }, { synchronous_mode: null }),
  },
  ofFault("paused", [
    { name: "paused", what: "automatic failover is paused", when: ({ paused }) => paused === true },
    {
      name: "paused-forgotten",
      what: "automatic failover has been paused for longer than allowed",
      when: ({ findings }) => findings.some(({ id }) => id === "paused-too-long/forgotten"),
    },
  ]),
  ofFault("scheduled-switchover"),
];
