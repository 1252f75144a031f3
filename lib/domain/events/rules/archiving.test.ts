import { expect, it } from "vitest";
import type { ClusterState } from "../../cluster-state";
import { answer, keyTo } from "../../testing/builders";
import { later, play } from "../testing/play";

const leads = (name: string, revision: string) => later((s: ClusterState, at: number) => keyTo(s, name, revision, at));
const archiverAsked = (name: string, inRecovery: boolean) =>
  later((s: ClusterState, at: number) => answer(s, "vitals", name, (was) => ({ ...was, inRecovery }), at));

it("a leader whose archiver was asked before its promotion is not told as one that does not archive", () => {
  const there = [leads("node2", "900"), archiverAsked("node2", false), archiverAsked("node1", true)];
  const andBack = [leads("node1", "901"), archiverAsked("node1", false), archiverAsked("node2", true)];
  expect(play([...there, ...andBack]).filter(({ kind }) => kind === "archiving")).toEqual([]);
});
