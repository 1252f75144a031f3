import { readdirSync } from "node:fs";
import { join, relative } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { guarded, type RouteHandler } from "@/lib/auth/route";
import { isWallRoute, ROUTES, type RouteKey, WALL_ROUTES } from "@/lib/auth/routes";
import { type SeenWall, setWallDoor } from "@/lib/auth/wall-door";
import type { UserRole } from "@/lib/config/types";
import { createWorld, request, tokenOf, type World } from "./testing/world";

/**
 * Who may call what, over every route there is. A `route.ts` below `app/api` without a row in `ROUTES`, a row without a route,
 * or a handler that was not made by `route(…)` fails here.
 */

const ROOT = join(import.meta.dirname, "../..");
const METHODS = ["GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE"];
/** next-auth's own endpoints: they are how one gets credentials, and check a token of their own. */
const SIGN_IN = "app/api/auth/[...nextauth]/route.ts";
const ROLES: readonly UserRole[] = ["viewer", "operator", "admin"];

type Found = { key: string; file: string; handler: Partial<RouteHandler> & ((...args: unknown[]) => unknown) };
const found: Found[] = [];
let world: World;

beforeAll(async () => {
  world = await createWorld();
  const files = readdirSync(join(ROOT, "app/api"), { recursive: true, encoding: "utf8" })
    .filter((name) => /(^|\/)route\.[jt]sx?$/.test(name))
    .map((name) => join(ROOT, "app/api", name));
  for (const path of files) {
    const file = relative(ROOT, path);
    if (file === SIGN_IN) continue;
    const module = (await import(path)) as Record<string, unknown>;
    const url = file.replace(/^app/, "").replace(/\/route\.\w+$/, "");
    for (const method of METHODS.filter((name) => name in module)) {
      found.push({ key: `${method} ${url}`, file, handler: module[method] as Found["handler"] });
    }
  }
});
afterAll(() => world.close());

const keys = Object.keys(ROUTES) as RouteKey[];
const params = Promise.resolve({ scope: "demo", id: "postgres%3Anode1" });
const handlerOf = (key: RouteKey) => {
  const handler = found.find((one) => one.key === key)?.handler;
  if (!handler) throw new Error(`no handler for ${key}`);
  return handler as RouteHandler;
};
const call = async (key: RouteKey, headers: Record<string, string>) => {
  const [method = "GET", path = ""] = key.split(" ");
  const url = path.replace("[scope]", "demo").replace("[id]", "postgres%3Anode1");
  const leave = new AbortController();
  const response = await handlerOf(key)(new Request(request(url, { method, headers }), { signal: leave.signal }), {
    params,
  });
  leave.abort();
  return response;
};

test("every exported method below app/api has a row, every row a handler, and each handler is made of its own row", () => {
  expect(found.map((one) => one.key).sort()).toEqual([...keys].sort());
  expect(found.filter((one) => one.handler.routeKey !== one.key).map((one) => one.file)).toEqual([]);
});

test("every route under /api/v1 asks for a role", () => {
  expect(keys.filter((key) => key.includes("/api/v1/") && ROUTES[key] === "anyone")).toEqual([]);
});

describe.each(keys.filter((key) => ROUTES[key] !== "anyone"))("%s", (key) => {
  test.each([
    ["nothing", {}],
    ["a wrong token", { authorization: "Bearer wrong" }],
    ["an empty token", { authorization: "Bearer " }],
    ["a token in another scheme", { authorization: `Basic ${tokenOf("admin")}` }],
    [
      "a session's cookie that is none",
      { cookie: "next-auth.session-token=abc; __Secure-next-auth.session-token=abc" },
    ],
    ["a wrong token beside anything else", { authorization: "Bearer wrong", cookie: "next-auth.session-token=abc" }],
  ])("answers 401 to %s", async (_name, headers) => {
    const response = await call(key, headers as Record<string, string>);
    expect(response.status).toBe(401);
    expect(response.headers.get("content-type")).toBe("application/problem+json");
    expect(await response.json()).toMatchObject({ type: "urn:matriarch:problem:unauthenticated", status: 401 });
  });

  const needed = ROLES.indexOf(ROUTES[key] as UserRole);
  for (const [rank, role] of ROLES.entries()) {
    const allowed = rank >= needed;
    test(`${allowed ? "lets" : "answers 403 to"} the role ${role}`, async () => {
      const { status } = await call(key, { authorization: `Bearer ${tokenOf(role)}` });
      if (allowed) expect([401, 403, 500]).not.toContain(status);
      else expect(status).toBe(403);
    });
  }
});

describe("the cookie of a wall", () => {
  const WALL = { cookie: "matriarch-wall=secret" };
  const door = (seen: SeenWall) =>
    setWallDoor({
      see: async () => seen,
      holds: () => true,
      enter: async () => ({ kind: "refused", code: "not-found" }),
    });
  const wall = (scopes: readonly string[] | null): SeenWall => ({
    kind: "ok",
    actor: { kind: "wall", id: "w1", name: "duty room", role: "viewer", scopes },
  });
  const asking = keys.filter((key) => ROUTES[key] !== "anyone");

  test("opens reading only", () => {
    expect(WALL_ROUTES.filter((key) => !key.startsWith("GET ") || ROUTES[key] !== "viewer")).toEqual([]);
  });

  test.each(asking.filter((key) => !isWallRoute(key)))("does not open %s", async (key) => {
    door(wall(null));
    expect((await call(key, WALL)).status).toBe(401);
  });

  test.each(WALL_ROUTES)("opens %s for a wall of every cluster, and of this one", async (key) => {
    for (const scopes of [null, ["demo"]]) {
      door(wall(scopes));
      expect([401, 403, 404, 500]).not.toContain((await call(key, WALL)).status);
    }
  });

  test.each(WALL_ROUTES.filter((key) => key.includes("[scope]")))("hides another cluster behind %s", async (key) => {
    door(wall(["other"]));
    expect((await call(key, WALL)).status).toBe(404);
  });

  test("shows a wall its own clusters only, in the list and in the stream", async () => {
    door(wall(["other"]));
    const none = { params: Promise.resolve({}) };
    const fleet = await handlerOf("GET /api/v1/clusters")(request("/api/v1/clusters", { headers: WALL }), none);
    expect(await fleet.json()).toMatchObject({ clusters: [] });
    const stream = await handlerOf("GET /api/v1/stream")(request("/api/v1/stream?scope=demo", { headers: WALL }), none);
    expect(stream.status).toBe(404);
  });

  test.each(WALL_ROUTES)("is worth nothing at %s once the wall was revoked", async (key) => {
    door({ kind: "none" });
    expect((await call(key, WALL)).status).toBe(401);
  });

  test.each(WALL_ROUTES)("is neither right nor wrong at %s while the walls cannot be read", async (key) => {
    door({ kind: "unknown" });
    expect((await call(key, WALL)).status).toBe(503);
  });

  test.each([
    ["a wrong token", { authorization: "Bearer wrong" }],
    ["another scheme", { authorization: "Basic abc" }],
  ])("does not make good %s", async (_name, header) => {
    door(wall(null));
    expect((await call("GET /api/v1/clusters", { ...WALL, ...header })).status).toBe(401);
  });

  test("does not stand in the way of a token that is right", async () => {
    door({ kind: "none" });
    const headers = { ...WALL, authorization: `Bearer ${tokenOf("viewer")}` };
    expect((await call("GET /api/v1/me", headers)).status).toBe(200);
  });

  test.each(["", "with space", "x".repeat(200), "%00"])("is none when its value is %j", async (value) => {
    door(wall(null));
    expect((await call("GET /api/v1/clusters", { cookie: `matriarch-wall=${value}` })).status).toBe(401);
  });
});

describe.each(ROLES)("a handler that needs the role %s", (needed) => {
  test.each(ROLES)("judges the role %s", async (role) => {
    const handler = guarded(needed, async () => new Response("done"));
    const response = await handler(request("/api/v1/x", { method: "POST", token: tokenOf(role) }), {
      params: Promise.resolve({}),
    });
    expect(response.status).toBe(ROLES.indexOf(role) >= ROLES.indexOf(needed) ? 200 : 403);
  });
});

test("what a handler throws ends as a 500 without its text", async () => {
  const handler = guarded("viewer", async () => {
    throw new Error("connect postgres://u:hunter2@db");
  });
  const error = console.error;
  console.error = () => {};
  const response = await handler(request("/x", { token: tokenOf("viewer") }), { params: Promise.resolve({}) });
  console.error = error;
  expect(response.status).toBe(500);
  expect(await response.text()).not.toContain("hunter2");
});
