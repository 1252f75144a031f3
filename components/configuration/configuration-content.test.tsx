import { act, cleanup, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { type ReactNode, useEffect, useState } from "react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { ActionDialogContext, ActionScopeContext, ReaderContext } from "@/components/actions/action-context";
import { clusterKeys } from "@/lib/client/keys";
import { queryClient } from "@/lib/client/query-client";
import { FakeEventSource, renderLive } from "@/lib/client/testing/render-live";
import { type Instant, instant } from "@/lib/domain/ids";
import type { Snapshot } from "@/lib/domain/snapshot";
import { SAMPLE_NOW, sampleSnapshot } from "@/lib/domain/testing/samples";
import type { Locale } from "@/lib/format/locale";
import { ConfigurationContent } from "./configuration-content";

vi.stubGlobal("EventSource", FakeEventSource);

const VALUE = {
  ttl: 30,
  loop_wait: 10,
  postgresql: {
    use_slots: true,
    parameters: { max_connections: 100, work_mem: "4MB" },
    pg_hba: ["local all all peer", "host all all 10.0.0.0/24 scram-sha-256"],
  },
};
const at = (ms: number): Instant => instant(SAMPLE_NOW - ms);
let changes: readonly unknown[];
const open = vi.fn();

function picture(over: Partial<Snapshot> = {}): Snapshot {
  const configuration = { revision: "7", at: at(60_000), value: VALUE };
  return { ...sampleSnapshot("healthy"), configuration, actions: { operations: [], pause: null }, ...over };
}

type Handle = { put: (now: Snapshot) => void };

/** Draws one picture after the other in the same place, as the live page does. */
function Host(props: { first: Snapshot; handle: Handle; draw: (now: Snapshot) => ReactNode }) {
  const [now, setNow] = useState(props.first);
  useEffect(() => {
    props.handle.put = setNow;
  }, [props.handle]);
  return props.draw(now);
}

function page(snapshot: Snapshot, role: "viewer" | "operator" = "operator", locale: Locale = "en") {
  queryClient().setQueryData(clusterKeys.snapshot(snapshot.scope), { boot: "test", snapshot });
  const tree = (now: Snapshot) => (
    <ReaderContext value={{ name: "dba1", role }}>
      <ActionDialogContext value={{ open, follow: () => undefined }}>
        <ActionScopeContext value={now.scope}>
          <ConfigurationContent snapshot={now} />
        </ActionScopeContext>
      </ActionDialogContext>
    </ReaderContext>
  );
  const handle: Handle = { put: () => undefined };
  renderLive(<Host first={snapshot} handle={handle} draw={tree} />, locale);
  return { next: (now: Snapshot) => act(() => handle.put(now)) };
}

beforeEach(() => {
  changes = [];
  vi.useFakeTimers({ now: SAMPLE_NOW, toFake: ["Date"] });
  vi.stubGlobal("fetch", async () => new Response(JSON.stringify({ changes, more: false }), { status: 200 }));
});
afterEach(() => {
  cleanup();
  queryClient().clear();
  open.mockReset();
  vi.useRealTimers();
});

const draft = () => screen.getByRole("region", { name: "Your changes" });
const change = () => within(draft()).getByRole("button", { name: "Change…" });

describe("form and text edit one draft", () => {
  it("what is typed in the form stands in the text, and only what differs is asked for", async () => {
    const user = userEvent.setup();
    page(picture());
    const ttl = screen.getByRole("textbox", { name: "ttl" });
    await user.clear(ttl);
    await user.type(ttl, "40");
    await user.click(screen.getByRole("button", { name: "YAML" }));
    expect(screen.getByRole("textbox", { name: /as YAML/ })).toHaveProperty(
      "value",
      expect.stringContaining("ttl: 40\n"),
    );
    await user.click(change());
    expect(open).toHaveBeenCalledExactlyOnceWith("demo", {
      action: "configuration",
      revision: "7",
      patch: { ttl: 40 },
    });
  });

  it("a parameter that is removed is asked for as null, and a rule that is added as the whole list", async () => {
    const user = userEvent.setup();
    page(picture());
    await user.click(screen.getByRole("button", { name: "Remove work_mem" }));
    await user.click(screen.getAllByRole("button", { name: "Add a rule" })[0] as HTMLElement);
    await user.type(screen.getByRole("textbox", { name: "pg_hba, rule 3" }), "host all all all md5");
    await user.click(change());
    expect(open.mock.calls[0]?.[1].patch).toEqual({
      postgresql: { parameters: { work_mem: null }, pg_hba: [...VALUE.postgresql.pg_hba, "host all all all md5"] },
    });
  });

  it("text that cannot be read names its line, cannot be asked for, and closes the form", async () => {
    const user = userEvent.setup();
    page(picture());
    await user.click(screen.getByRole("button", { name: "YAML" }));
    const text = screen.getByRole("textbox", { name: /as YAML/ });
    await user.clear(text);
    await user.type(text, "ttl: 30\nttl: 40");
    expect(screen.getByRole("button", { name: "Line 2:" })).toBeTruthy();
    expect(change().getAttribute("aria-disabled")).toBe("true");
    await user.click(screen.getByRole("button", { name: "Form" }));
    expect(screen.getByText(/The YAML cannot be read. Mend it first/)).toBeTruthy();
    expect(screen.getByRole("textbox", { name: "ttl" })).toHaveProperty("readOnly", true);
  });

  it("a line that is begun in the text stays, though it changes nothing", async () => {
    const user = userEvent.setup();
    page(picture());
    await user.click(screen.getByRole("button", { name: "YAML" }));
    const text = screen.getByRole<HTMLTextAreaElement>("textbox", { name: /as YAML/ });
    const before = text.value;
    await user.type(text, "\n");
    expect(text.value).toBe(`${before}\n`);
    expect(change().getAttribute("aria-disabled")).toBe("true");
  });
});

describe("the configuration changes under a draft", () => {
  const moved = (value: object) => picture({ configuration: { revision: "8", at: at(0), value: value as never } });
  const edit = async (user: ReturnType<typeof userEvent.setup>) => {
    const ttl = screen.getByRole("textbox", { name: "ttl" });
    await user.clear(ttl);
    await user.type(ttl, "40");
  };

  it("the draft is kept, says so, and is asked for only on top of the new one", async () => {
    const user = userEvent.setup();
    const { next } = page(picture());
    await edit(user);
    next(moved({ ...VALUE, loop_wait: 5 }));
    expect(within(draft()).getByText(/was changed while you were editing/)).toBeTruthy();
    expect(change().getAttribute("aria-disabled")).toBe("true");
    await user.click(within(draft()).getByRole("button", { name: "Put mine on top of it" }));
    await user.click(change());
    expect(open).toHaveBeenCalledExactlyOnceWith("demo", {
      action: "configuration",
      revision: "8",
      patch: { ttl: 40 },
    });
  });

  it("where both changed the same, both are shown", async () => {
    const user = userEvent.setup();
    const { next } = page(picture());
    await edit(user);
    next(moved({ ...VALUE, ttl: 50 }));
    const conflict = draft().querySelector("[data-conflict=ttl]");
    expect(conflict?.textContent).toContain("40");
    expect(conflict?.textContent).toContain("50");
  });

  it("once what was asked for is in force, nothing is left of the draft", async () => {
    const user = userEvent.setup();
    const { next } = page(picture());
    await edit(user);
    next(moved({ ...VALUE, ttl: 40 }));
    expect(within(draft()).getByText(/Nothing is changed/)).toBeTruthy();
  });
});

describe("changes are told with who and why, and put back only as a whole", () => {
  const told = (after: number) => ({
    id: "event:1",
    at: at(30_000),
    differences: [{ path: "ttl", before: 20, after }],
    count: 1,
    patch: { ttl: after },
    operation: {
      id: "op1",
      actor: "dba7",
      reason: "slow network",
      state: "done",
      approvedBy: null,
      outcome: null,
      askedAt: at(31_000),
    },
  });

  it("one that is still in force opens the dialog with its inverse", async () => {
    const user = userEvent.setup();
    changes = [told(30)];
    page(picture());
    expect(await screen.findByText("slow network")).toBeTruthy();
    expect(screen.getByText("dba7")).toBeTruthy();
    await user.click(screen.getByRole("button", { name: /^Revert…/ }));
    await user.click(screen.getByRole("button", { name: "Put it back…" }));
    expect(open).toHaveBeenCalledExactlyOnceWith("demo", {
      action: "configuration",
      revision: "7",
      patch: { ttl: 20 },
    });
  });

  it("one that was changed again is not, and both values are shown", async () => {
    const user = userEvent.setup();
    changes = [told(25)];
    page(picture());
    await user.click(await screen.findByRole("button", { name: /^Revert…/ }));
    const panel = screen.getByRole("region", { name: "Putting back" });
    expect(panel.querySelector("[data-obstacle=changed-since]")).toBeTruthy();
    expect(within(panel).queryByRole("button", { name: "Put it back…" })).toBeNull();
  });
});

describe("who may what", () => {
  it("a viewer reads everything and edits nothing", async () => {
    page(picture(), "viewer");
    expect(screen.getByRole("textbox", { name: "ttl" })).toHaveProperty("readOnly", true);
    expect(screen.queryByRole("button", { name: "Remove work_mem" })).toBeNull();
    expect(screen.getByText(/needs the role operator/i)).toBeTruthy();
  });

  it("a secret is neither shown nor edited", () => {
    const value = {
      ...VALUE,
      postgresql: { ...VALUE.postgresql, parameters: { primary_conninfo: "password=[secret]" } },
    };
    page(picture({ configuration: { revision: "7", at: at(0), value } }));
    const row = document.querySelector("[data-setting='postgresql.parameters.primary_conninfo']");
    expect(row?.querySelector("input")).toBeNull();
    expect(row?.textContent).toContain("A secret");
  });

  it("nothing is claimed of a configuration that was not seen", () => {
    page(picture({ configuration: null }));
    expect(screen.getByText("The dynamic configuration has not been seen yet.")).toBeTruthy();
    expect(screen.queryByRole("textbox")).toBeNull();
  });

  it.each(["en", "ru"] as const)("every text is there in %s", (locale) => {
    page(picture(), "operator", locale);
    expect(document.body.textContent).not.toMatch(/configurationPage\.|postgres\.|problem\./);
  });
});
