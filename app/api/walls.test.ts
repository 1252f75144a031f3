import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { createAuditLog } from "@/lib/audit/log";
import { setWallDoor } from "@/lib/auth/wall-door";
import { wallLinkSchema, wallsSchema } from "@/lib/contract/walls";
import { openStore } from "@/lib/db/open";
import type { Store } from "@/lib/db/types";
import { setWalls } from "@/lib/walls/current";
import { startWalls } from "@/lib/walls/start";
import { createWorld, request, tokenOf, type World } from "./testing/world";
import { GET as fleet } from "./v1/clusters/route";
import { GET as stream } from "./v1/stream/route";
import { POST as arm } from "./v1/walls/[id]/arm/route";
import { POST as revoke } from "./v1/walls/[id]/revoke/route";
import { GET as list, POST as make } from "./v1/walls/route";
import { POST as enter } from "./walls/enter/route";

/** The whole way of a wall: made by an admin, opened on the display, revoked. */

const folder = mkdtempSync(join(tmpdir(), "matriarch-wall-routes-"));
let world: World;
let store: Store;
let stop: () => Promise<void>;

beforeAll(async () => {
  world = await createWorld();
  store = openStore(`sqlite:${join(folder, "store.db")}`);
  const { desk, door } = startWalls({ store, audit: createAuditLog(store) });
  setWalls(desk);
  setWallDoor(door);
  stop = () => desk.close();
});
afterAll(async () => {
  await stop();
  await store.close();
  world.close();
  rmSync(folder, { recursive: true, force: true });
});

const none = { params: Promise.resolve({}) };
const asAdmin = (path: string, body?: unknown) =>
  request(path, {
    method: body === undefined ? "GET" : "POST",
    token: tokenOf("admin"),
    headers: { "content-type": "application/json" },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
const OURS = {
  origin: "http://127.0.0.1:3000",
  "sec-fetch-site": "same-origin",
  "content-type": "application/json",
};
const open = (token: unknown, headers: Record<string, string> = {}) =>
  enter(
    request("/api/walls/enter", { method: "POST", headers: { ...OURS, ...headers }, body: JSON.stringify({ token }) }),
    none,
  );
const newWall = async (over: Record<string, unknown> = {}) => {
  const answer = await make(asAdmin("/api/v1/walls", { title: "duty room", scopes: null, ...over }), none);
  return { answer, body: (await answer.json()) as unknown };
};
const tokenOfLink = (link: string) => new URL(link).searchParams.get("token") ?? "";
const seenWith = async (cookie: string) =>
  (await fleet(request("/api/v1/clusters", { headers: { cookie } }), none)).status;

describe("a wall", () => {
  let id: string;
  let token: string;
  beforeEach(async () => {
    const { answer, body } = await newWall();
    expect(answer.status).toBe(201);
    const { wall, link } = wallLinkSchema.parse(body);
    expect(link).toMatch(/^http:\/\/127\.0\.0\.1:3000\/wall\?token=mtw_[\w-]{43}$/);
    [id, token] = [wall.id, tokenOfLink(link)];
  });

  const cookieOf = (answer: Response) => answer.headers.getSetCookie()[0]?.split(";")[0] ?? "";

  test("gets a cookie that no script reads, once, and sees by it", async () => {
    const opened = await open(token);
    expect(opened.status).toBe(200);
    expect(opened.headers.getSetCookie()[0]).toMatch(
      /^matriarch-wall=[\w-]{43}; Path=\/; Max-Age=34560000; HttpOnly; SameSite=Lax$/,
    );
    expect(await opened.json()).toEqual({ title: "duty room" });
    expect(await seenWith(cookieOf(opened))).toBe(200);
    const again = await open(token);
    expect(again.status).toBe(409);
    expect(again.headers.getSetCookie()).toEqual([]);
    expect(await again.json()).toMatchObject({ type: "urn:matriarch:problem:link-used" });
  });

  test("over TLS the cookie never travels in the clear", async () => {
    const opened = await open(token, { origin: "https://127.0.0.1:3000", "x-forwarded-proto": "https" });
    expect(opened.headers.getSetCookie()[0]).toMatch(/^__Secure-matriarch-wall=.*; Secure$/);
  });

  test.each([
    ["another site", { origin: "http://evil.example", "sec-fetch-site": "cross-site" }, 403],
    ["a form", { "content-type": "application/x-www-form-urlencoded" }, 415],
  ])("cannot be entered by %s, and its link stays open", async (_name, headers, status) => {
    expect((await open(token, headers)).status).toBe(status);
    expect((await open(token)).status).toBe(200);
  });

  test("is fed until it is revoked, and the stream keeps its cookie alive", async () => {
    const cookie = cookieOf(await open(token));
    const fed = await stream(request("/api/v1/stream", { headers: { cookie } }), none);
    expect(fed.status).toBe(200);
    expect(fed.headers.getSetCookie()[0]).toContain(cookie);
    const reader = fed.body?.getReader();
    await reader?.read();
    const params = Promise.resolve({ id });
    expect((await revoke(asAdmin(`/api/v1/walls/${id}/revoke`, {}), { params })).status).toBe(200);
    // The next frame of any kind ends it; the picture does change within a second, and a heartbeat comes every three.
    const ended = (async () => {
      for (;;) if ((await reader?.read())?.done !== false) return true;
    })();
    expect(await ended).toBe(true);
    expect(await seenWith(cookie)).toBe(401);
  });

  test("armed anew gets another link; the browser that opens it is the wall", async () => {
    const first = cookieOf(await open(token));
    const params = Promise.resolve({ id });
    const armed = await arm(asAdmin(`/api/v1/walls/${id}/arm`, {}), { params });
    const { link } = wallLinkSchema.parse(await armed.json());
    const second = cookieOf(await open(tokenOfLink(link)));
    expect([await seenWith(first), await seenWith(second)]).toEqual([401, 200]);
  });

  test("is listed without anything that lets anybody in", async () => {
    const cookie = cookieOf(await open(token));
    const text = await (await list(asAdmin("/api/v1/walls"), none)).text();
    expect(wallsSchema.parse(JSON.parse(text)).walls.some((wall) => wall.id === id)).toBe(true);
    expect(text).not.toContain(token);
    expect(text).not.toContain(cookie.split("=")[1]);
    expect(text).not.toMatch(/hash/i);
  });
});

test.each([
  ["no title", { title: " " }, 400],
  ["no cluster at all", { scopes: [] }, 400],
  ["a cluster that is not configured", { scopes: ["nobody"] }, 404],
  ["something that no wall has", { role: "admin" }, 400],
])("a wall with %s is not made", async (_name, over, status) => {
  expect((await newWall(over)).answer.status).toBe(status);
});

test.each([
  ["", 400],
  [7, 400],
  ["mtw_unknown", 404],
])("the token %j opens nothing", async (token, status) => {
  const answer = await open(token);
  expect(answer.status).toBe(status);
  expect(answer.headers.getSetCookie()).toEqual([]);
});
