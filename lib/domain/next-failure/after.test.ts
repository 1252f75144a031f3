import { describe, expect, it } from "vitest";
import { memberName } from "../ids";
import { behind, MAXIMUM, pictureOf } from "../testing/failures";
import { pictureAfter } from "./after";
import { predictFailures } from "./predict";

describe("the picture after an action", () => {
  const after = (leader: string | null, without: readonly string[] = [], nowPaused = false) =>
    pictureAfter(pictureOf(behind("node3", 4096)), {
      leader: leader === null ? null : memberName(leader),
      without: without.map(memberName),
      paused: nowPaused,
    });
  const one = (picture: ReturnType<typeof after>, what: string) =>
    predictFailures(picture, MAXIMUM).find(({ layer, subject }) => `${layer} ${subject}` === what);

  it("a switchover: the old leader is a candidate for what comes next", () => {
    const moved = after("node2");
    expect(moved.vip?.holders).toEqual(["node2"]);
    expect(one(moved, "host node2")).toMatchObject({ writes: "served", leader: "node1", lossBytes: 0 });
    expect(one(moved, "haproxy node2")).toMatchObject({ writes: "lost" });
  });

  it("a reinitialisation: the member that is copied anew is none", () => {
    expect(one(after("node1", ["node2"]), "host node1")).toMatchObject({ leader: "node3", lossBytes: 4096 });
    expect(one(after("node1", ["node2", "node3"]), "host node1")).toMatchObject({ writes: "lost", leader: null });
  });

  it("a pause: nobody takes over", () => {
    expect(one(after("node1", [], true), "host node1")).toMatchObject({ writes: "lost" });
  });

  it("nothing that is not changed is touched", () => {
    const picture = pictureOf();
    expect(pictureAfter(picture, { leader: memberName("node1"), without: [], paused: false })).toEqual(picture);
  });
});
