import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { fleetSchema } from "@/lib/contract/fleet";
import { findingsSchema, meSchema } from "@/lib/contract/small-answers";
import { snapshotSchema } from "@/lib/contract/snapshot";
import { sourceDetailSchema } from "@/lib/contract/source-detail";
import { clusterScope } from "@/lib/domain/ids";
import { setHistory } from "@/lib/history/current";
import { openRecord } from "@/lib/history/history";
import { setLive } from "@/lib/live/current";
import { createLive } from "@/lib/live/live";
import { GET as getHealth } from "./healthz/route";
import { GET as getReady } from "./readyz/route";
import { createWorld, request, tokenOf, type World } from "./testing/world";
import { GET as getFindings } from "./v1/clusters/[scope]/findings/route";
import { GET as getCluster } from "./v1/clusters/[scope]/route";
import { GET as getSource } from "./v1/clusters/[scope]/sources/[id]/route";
import { GET as getFleet } from "./v1/clusters/route";
import { GET as getMe } from "./v1/me/route";
import { GET as getStream } from "./v1/stream/route";

let world: World;
beforeEach(async () => {
  world = await createWorld();
});
afterEach(() => world.close());

const as = (path: string) => request(path, { token: tokenOf("viewer") });
const at = (params: Record<string, string>) => ({ params: Promise.resolve(params) });

describe("answers are what the contract says", () => {
  test("fleet", async () => {
    const fleet = fleetSchema.parse(await (await getFleet(as("/api/v1/clusters"), at({}))).json());
    expect(fleet).toMatchObject({ boot: "boot-1", clusters: [{ scope: "demo", members: { present: 3, missing: 0 } }] });
  });

  test("snapshot, whole and unchanged", async () => {
    const body = await (await getCluster(as("/api/v1/clusters/demo"), at({ scope: "demo" }))).json();
    expect(snapshotSchema.parse(body)).toEqual(body);
    expect(body).toEqual(JSON.parse(JSON.stringify(world.live.snapshot("demo"))));
  });

  test("findings", async () => {
    const body = await (await getFindings(as("/x"), at({ scope: "demo" }))).json();
    expect(findingsSchema.parse(body)).toMatchObject({ scope: "demo", version: 1 });
  });

  test("the raw answer of a source, by an id that is encoded in the address", async () => {
    const body = await (await getSource(as("/x"), at({ scope: "demo", id: "postgres%3Anode1" }))).json();
    expect(sourceDetailSchema.parse(body)).toMatchObject({ id: "postgres:node1", kind: "postgres", failures: 0 });
    expect(body.good.value).toHaveProperty("inRecovery");
  });

  test("every source that the snapshot names can be clicked through to", async () => {
    for (const { id } of world.live.snapshot("demo")?.sources ?? []) {
      const response = await getSource(as("/x"), at({ scope: "demo", id: encodeURIComponent(id) }));
      expect([id, response.status]).toEqual([id, 200]);
    }
  });

  test("who asks", async () => {
    const me = meSchema.parse(await (await getMe(as("/api/v1/me"), at({}))).json());
    expect(me).toEqual({ kind: "token", name: "viewer", role: "viewer", expiresAt: null });
  });
});

describe("what is not there", () => {
  test.each([
    ["cluster", () => getCluster(as("/x"), at({ scope: "other" })), 404],
    ["cluster named like a property", () => getCluster(as("/x"), at({ scope: "constructor" })), 404],
    ["cluster's findings", () => getFindings(as("/x"), at({ scope: "other" })), 404],
    ["source", () => getSource(as("/x"), at({ scope: "demo", id: "postgres:nobody" })), 404],
    ["cluster in the stream", () => getStream(as("/api/v1/stream?scope=demo&scope=other"), at({})), 404],
  ])("%s: a problem that says so", async (_name, get, status) => {
    const response = await get();
    expect(response.status).toBe(status);
    expect(response.headers.get("content-type")).toBe("application/problem+json");
    expect(await response.json()).toMatchObject({ status, type: "urn:matriarch:problem:not-found" });
  });
});

describe("health", () => {
  test("alive without credentials, and without a word about clusters", async () => {
    const response = await getHealth(request("/api/healthz"), at({}));
    expect([response.status, await response.json()]).toEqual([200, { status: "alive" }]);
  });

  test("ready only after every cluster was looked at once, and while the store answers", async () => {
    const folder = mkdtempSync(join(tmpdir(), "matriarch-ready-"));
    const { history } = openRecord(`sqlite:${join(folder, "store.db")}`, world.config.store.retention);
    const ready = async () => {
      const response = await getReady(request("/api/readyz"), at({}));
      return [response.status, await response.json()];
    };
    try {
      setHistory(history);
      await expect.poll(ready).toEqual([200, { ready: true, clusters: 1, looked: true, store: true }]);
      const fresh = createLive("boot-2", [clusterScope("demo")]);
      setLive(fresh);
      expect(await ready()).toEqual([503, { ready: false, clusters: 1, looked: false, store: true }]);
      expect((await getCluster(as("/x"), at({ scope: "demo" }))).status).toBe(503);
      fresh.close();
      await history.close(1_000);
      expect(await ready()).toEqual([503, { ready: false, clusters: 1, looked: false, store: false }]);
    } finally {
      await history.close(1_000);
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
