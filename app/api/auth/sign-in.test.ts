import { existsSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { forgetAttempts } from "@/lib/auth/sign-in";
import { onSignInNews, type SignInNews } from "@/lib/auth/sign-in-news";
import { setConfig } from "@/lib/config/current";
import { Secret } from "@/lib/config/types";
import { type Browser, createBrowser } from "../testing/browser";
import { createWorld, PASSWORD, type World } from "../testing/world";

let world: World;
let browser: Browser;
const errors = console.error;

beforeEach(async () => {
  world = await createWorld();
  browser = createBrowser();
  forgetAttempts();
  console.error = () => {};
});
afterEach(() => {
  world.close();
  console.error = errors;
});

const auth: Browser["auth"] = (...args) => browser.auth(...args);
const signIn: Browser["signIn"] = (...args) => browser.signIn(...args);
const me = () => browser.me();

describe("signing in", () => {
  test("with the right password gives a session with the configured role", async () => {
    const { status, url } = await signIn("operator1", PASSWORD);
    expect([status, url]).toEqual([200, "http://127.0.0.1:3000/clusters/demo"]);
    expect(await me()).toMatchObject({ kind: "user", name: "operator1", role: "operator" });
    const session = await (await auth("session")).json();
    expect(session).toMatchObject({ user: { name: "operator1", role: "operator" } });
  });

  test.each([
    ["a wrong password", "admin1", "wrong"],
    ["a user who does not exist", "nobody", PASSWORD],
    ["an empty password", "admin1", ""],
    ["an empty name", "", PASSWORD],
  ])("with %s gives none, and one and the same answer", async (_name, user, password) => {
    const { status, url } = await signIn(user, password);
    expect(status).toBe(401);
    expect(new URL(url).searchParams.get("error")).toBe("CredentialsSignin");
    expect(await me()).toBe(401);
  });

  test("without next-auth's own token gives none", async () => {
    await auth("callback/credentials", { username: "admin1", password: PASSWORD, csrfToken: "forged", json: "true" });
    expect(await me()).toBe(401);
  });

  test("again and again with a wrong password has to wait, even with the right one", async () => {
    for (let attempt = 0; attempt < 3; attempt += 1) await signIn("admin1", "wrong");
    const { url } = await signIn("admin1", PASSWORD);
    expect(new URL(url).searchParams.get("error")).toBe("throttled:1");
    expect(await me()).toBe(401);
  });

  test("never leads to another site", async () => {
    const { csrfToken } = (await (await auth("csrf")).json()) as { csrfToken: string };
    const form = {
      username: "admin1",
      password: PASSWORD,
      csrfToken,
      callbackUrl: "https://evil.example/",
      json: "true",
    };
    const { url } = (await (await auth("callback/credentials", form)).json()) as { url: string };
    expect(new URL(url).origin).toBe("http://127.0.0.1:3000");
  });
});

describe("whoever keeps the record hears", () => {
  let heard: SignInNews[];
  beforeEach(() => {
    heard = [];
    onSignInNews((news) => void heard.push(news));
  });
  afterEach(() => onSignInNews(() => undefined));
  const FROM = { "x-forwarded-for": "203.0.113.7, 10.0.0.9" };

  test("who signed in and out, from the address that the nearest proxy saw", async () => {
    await signIn("operator1", PASSWORD, FROM);
    const { csrfToken } = (await (await auth("csrf")).json()) as { csrfToken: string };
    await auth("signout", { csrfToken, json: "true" }, FROM);
    const who = { name: "operator1", role: "operator", from: "10.0.0.9", why: null };
    expect(heard).toEqual([
      { kind: "sign-in", ...who },
      { kind: "sign-out", ...who },
    ]);
  });

  test("nothing of a signing out that another site wished for, or of nobody's", async () => {
    await signIn("operator1", PASSWORD, FROM);
    await auth("signout", { csrfToken: "forged", json: "true" }, FROM);
    browser = createBrowser();
    const { csrfToken } = (await (await auth("csrf")).json()) as { csrfToken: string };
    await auth("signout", { csrfToken, json: "true" }, FROM);
    expect(heard.map(({ kind }) => kind)).toEqual(["sign-in"]);
  });

  test.each([
    ["a wrong password", "admin1", "hunter2", "admin1", "wrong"],
    ["a user who does not exist", "nobody", "hunter2", "nobody", "wrong"],
    ["a name without an end", "x".repeat(3_000), "hunter2", "x".repeat(100), "wrong"],
  ])("who was refused for %s, and never what was typed as a password", async (_name, user, password, name, why) => {
    await signIn(user, password, FROM);
    expect(heard).toEqual([{ kind: "sign-in-refused", name, role: null, from: "10.0.0.9", why }]);
    expect(JSON.stringify(heard)).not.toContain("hunter2");
  });

  test("who had to wait", async () => {
    for (let attempt = 0; attempt < 4; attempt += 1) await signIn("admin1", "wrong");
    expect(heard.map(({ why }) => why)).toEqual(["wrong", "wrong", "wrong", "throttled"]);
  });

  test("and when it fails, signing in works all the same", async () => {
    onSignInNews(() => {
      throw new Error("the store is gone");
    });
    expect((await signIn("operator1", PASSWORD)).status).toBe(200);
    expect(await me()).toMatchObject({ name: "operator1" });
  });
});

describe("a session", () => {
  beforeEach(async () => {
    await signIn("operator1", PASSWORD);
  });
  const changeUser = (change: (user: (typeof world.config.auth.users)[number]) => object | null) => {
    const users = world.config.auth.users.flatMap((user) => {
      const changed = user.name === "operator1" ? change(user) : {};
      return changed === null ? [] : [{ ...user, ...changed }];
    });
    setConfig({ ...world.config, auth: { ...world.config.auth, users } });
  };

  test("has the role that the configuration has now", async () => {
    changeUser(() => ({ role: "viewer" }));
    expect(await me()).toMatchObject({ role: "viewer" });
  });

  test.each([
    ["the user is removed", () => null],
    [
      "the password is changed",
      () => ({ passwordHash: new Secret(`${world.config.auth.users[0]?.passwordHash.reveal()}x`) }),
    ],
  ])("ends when %s", async (_name, change) => {
    changeUser(change);
    expect(await me()).toBe(401);
    expect(await (await auth("session")).json()).toEqual({});
  });

  test("ends when its hours are over, however often it was renewed", async () => {
    await auth("session");
    setConfig({ ...world.config, auth: { ...world.config.auth, sessionHours: 0 } });
    expect(await me()).toBe(401);
  });

  test("ends by signing out", async () => {
    const { csrfToken } = (await (await auth("csrf")).json()) as { csrfToken: string };
    await auth("signout", { csrfToken, json: "true" });
    expect(await me()).toBe(401);
  });

  test("is signed by a key that is kept beside the store for its owner only", () => {
    const path = join(dirname(world.config.store.url.reveal().replace("sqlite:", "")), "session-secret");
    expect(existsSync(path)).toBe(true);
    expect(statSync(path).mode & 0o777).toBe(0o600);
  });

  test("of another key is none", async () => {
    setConfig({ ...world.config, auth: { ...world.config.auth, secret: new Secret("k".repeat(40)) } });
    expect(await me()).toBe(401);
  });
});

describe("behind a public address over TLS", () => {
  beforeEach(async () => {
    world.close();
    world = await createWorld("https://dba.example.com");
  });

  test("cookies are secure, and the way back is the public address", async () => {
    const { url, cookies } = await signIn("viewer1", PASSWORD, { "x-forwarded-host": "dba.example.com" });
    expect(url).toBe("https://dba.example.com/clusters/demo");
    const session = cookies.find((line) => line.startsWith("__Secure-next-auth.session-token="));
    expect(session).toMatch(/; Secure/);
    expect(session).toMatch(/; HttpOnly/);
    expect(await me()).toMatchObject({ name: "viewer1" });
  });

  test("the dashboard works under its local address all the same", async () => {
    const { url } = await signIn("viewer1", PASSWORD);
    expect(url).toBe("http://127.0.0.1:3000/clusters/demo");
    expect(await me()).toMatchObject({ name: "viewer1" });
  });
});

test.each(["_log", "verify-request", "signin/google/x", "nonsense"])("next-auth's %s is shut", async (path) => {
  const response = await auth(path, { code: "x", level: "error", csrfToken: "x" });
  expect(response.status).toBe(404);
});
