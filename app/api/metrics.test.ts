import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { setConfig } from "@/lib/config/current";
import { GET } from "./metrics/route";
import { createWorld, request, tokenOf, type World } from "./testing/world";

let world: World;
beforeEach(async () => {
  world = await createWorld();
});
afterEach(() => world.close());

const params = Promise.resolve({});
const ask = (token?: string) => GET(request("/api/metrics", token === undefined ? {} : { token }), { params });

describe("/api/metrics", () => {
  test("asks for the role viewer, unless the configuration opens it", async () => {
    expect((await ask()).status).toBe(401);
    expect((await ask("wrong")).status).toBe(401);
    expect((await ask(tokenOf("viewer"))).status).toBe(200);
    setConfig({ ...world.config, metrics: { access: "anyone" } });
    expect((await ask()).status).toBe(200);
  });

  test("answers in Prometheus' format, kept by no cache, with the cluster and the process in it", async () => {
    const answer = await ask(tokenOf("viewer"));
    expect(answer.headers.get("content-type")).toBe("text/plain; version=0.0.4; charset=utf-8");
    expect(answer.headers.get("cache-control")).toBe("no-store");
    const text = await answer.text();
    expect(text).toContain("# TYPE matriarch_cluster_verdict gauge");
    expect(text).toContain("# TYPE process_cpu_seconds_total counter");
    // The sample is of another day: nobody redraws it.
    expect(text).toContain('matriarch_cluster_verdict{scope="demo",state="unknown"} 1');
  });
});
