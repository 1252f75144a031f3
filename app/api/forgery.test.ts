import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { guarded } from "@/lib/auth/route";
import { forgetAttempts } from "@/lib/auth/sign-in";
import { createBrowser } from "./testing/browser";
import { createWorld, PASSWORD, request, tokenOf, type World } from "./testing/world";

let world: World;
const browser = createBrowser();
const act = guarded("operator", async () => new Response("done"));

beforeAll(async () => {
  forgetAttempts();
  world = await createWorld();
  await browser.signIn("operator1", PASSWORD);
});
afterAll(() => world.close());

const JSON_TYPE = { "content-type": "application/json" };
const OURS = { origin: "http://127.0.0.1:3000", "sec-fetch-site": "same-origin" };
const send = async (headers: Record<string, string>, method = "POST") => {
  const body = method === "GET" ? {} : { body: "{}" };
  return (await act(request("/api/v1/x", { method, headers, ...body }), { params: Promise.resolve({}) })).status;
};

describe("what changes state, with a session's cookie", () => {
  test.each([
    ["from a page of ours", { ...OURS, ...JSON_TYPE }, 200],
    [
      "from a page of ours, with a character set named",
      { ...OURS, "content-type": "application/json; charset=utf-8" },
      200,
    ],
    ["from another site", { origin: "http://evil.example", "sec-fetch-site": "cross-site", ...JSON_TYPE }, 403],
    ["from another site in an old browser", { origin: "http://evil.example", ...JSON_TYPE }, 403],
    ["from nobody knows where", JSON_TYPE, 403],
    ["as a form", { ...OURS, "content-type": "application/x-www-form-urlencoded" }, 415],
    ["as text, which a form of another site can send", { ...OURS, "content-type": "text/plain" }, 415],
    ["without a type", OURS, 415],
  ])("%s", async (_name, headers, status) => {
    for (const method of ["POST", "PUT", "PATCH", "DELETE"]) {
      expect(await send({ cookie: browser.cookie(), ...(headers as Record<string, string>) }, method)).toBe(status);
    }
  });

  test("reading needs none of it", async () => {
    expect(await send({ cookie: browser.cookie() }, "GET")).toBe(200);
  });
});

test("a token needs none of it: no browser sends it by itself", async () => {
  expect(await send({ authorization: `Bearer ${tokenOf("operator")}` })).toBe(200);
});

test("a wrong token is not made good by a cookie", async () => {
  expect(await send({ authorization: "Bearer wrong", cookie: browser.cookie(), ...OURS, ...JSON_TYPE })).toBe(401);
});
