import { cleanup } from "@testing-library/react";
import { afterEach, describe, expect, it } from "vitest";
import { storedEvent } from "@/components/history/testing/stored-event";
import { renderLive } from "@/lib/client/testing/render-live";
import { instant, memberName } from "@/lib/domain/ids";
import { message } from "@/lib/domain/message";
import { EXAMPLE_REQUESTS, operationOf } from "@/lib/domain/testing/operations";
import { SAMPLE_NOW, sampleState } from "@/lib/domain/testing/samples";
import { Explanation, entryOfEvent } from "./explanation";

const one = operationOf(EXAMPLE_REQUESTS.switchover, sampleState("healthy"), {
  startedAt: instant(SAMPLE_NOW),
  endedAt: instant(SAMPLE_NOW + 8_000),
  state: "done",
});
const entry = (leader: string, at: number) => ({
  timeline: 7,
  lsn: null,
  reason: "",
  at: instant(at),
  newLeader: memberName(leader),
});
afterEach(cleanup);

describe("the explanation of a change of leader", () => {
  it("is who asked for it and why, and leads to the operation", () => {
    const { container } = renderLive(<Explanation entry={entry("node2", SAMPLE_NOW + 3_000)} operations={[one]} />);
    expect(container.textContent).toContain(`${one.actor}: ${one.reason}`);
    expect(container.querySelector("a")?.getAttribute("href")).toContain(`/operations/${one.id}`);
  });

  it("is not claimed for a change that nobody asked for", () => {
    const late = entry("node2", SAMPLE_NOW + 3_600_000);
    expect(renderLive(<Explanation entry={late} operations={[one]} />).container.textContent).toBe("");
  });

  it("is looked for where an event says who leads, and nowhere else", () => {
    const text = message("event.leader.changed", { leader: "node2", was: "node1" });
    expect(entryOfEvent(storedEvent(1, instant(SAMPLE_NOW), { kind: "leader", text }))?.newLeader).toBe("node2");
    expect(entryOfEvent(storedEvent(1, instant(SAMPLE_NOW), { kind: "role", text }))).toBeNull();
    expect(
      entryOfEvent(
        storedEvent(1, instant(SAMPLE_NOW), { kind: "leader", text: message("event.leader.none", { was: "node1" }) }),
      ),
    ).toBeNull();
  });
});
