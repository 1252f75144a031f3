import { describe, expect, test } from "vitest";
import { clientAddress, isSameOrigin, originOf } from "./origin";

const PUBLIC = { port: 3000, publicUrl: "https://dba.example.com" };
const LOCAL = { port: 3000, publicUrl: null };

describe("the origin of a request", () => {
  test.each([
    ["the host as it is", LOCAL, { host: "127.0.0.1:3000" }, "http://127.0.0.1:3000"],
    ["IPv6", LOCAL, { host: "[::1]:3000" }, "http://[::1]:3000"],
    ["the public address by its host", PUBLIC, { host: "dba.example.com" }, "https://dba.example.com"],
    [
      "the public address behind a proxy",
      PUBLIC,
      { host: "10.0.0.9:3000", "x-forwarded-host": "dba.example.com" },
      "https://dba.example.com",
    ],
    [
      "a local address although a public one is configured",
      PUBLIC,
      { host: "127.0.0.1:3000" },
      "http://127.0.0.1:3000",
    ],
    [
      "a forged forwarded host",
      PUBLIC,
      { host: "127.0.0.1:3000", "x-forwarded-host": "evil.example" },
      "http://127.0.0.1:3000",
    ],
    ["TLS ended by a proxy", LOCAL, { host: "dba", "x-forwarded-proto": "https" }, "https://dba"],
    ["nonsense", LOCAL, { host: "a b/c" }, null],
    ["nothing", LOCAL, {}, null],
  ])("is %s", (_name, server, headers, origin) => {
    expect(originOf(new Headers(headers as Record<string, string>), server)).toBe(origin);
  });
});

describe("a request that changes state", () => {
  test.each([
    ["of our page", { "sec-fetch-site": "same-origin", origin: "http://dba:3000" }, true],
    ["of our page in an old browser", { origin: "http://dba:3000" }, true],
    ["of our page without an origin", { "sec-fetch-site": "same-origin" }, true],
    ["of another site", { "sec-fetch-site": "cross-site", origin: "http://evil" }, false],
    ["of another port of the same host", { "sec-fetch-site": "same-site", origin: "http://dba:4000" }, false],
    ["of another site in an old browser", { origin: "http://evil" }, false],
    [
      "with a forged fetch mark and a foreign origin",
      { "sec-fetch-site": "same-origin", origin: "http://evil" },
      false,
    ],
    ["of a sandboxed page", { origin: "null" }, false],
    ["typed into the address bar", { "sec-fetch-site": "none" }, false],
    ["of nobody knows where", {}, false],
  ])("%s", (_name, headers, same) => {
    expect(isSameOrigin(new Headers({ host: "dba:3000", ...(headers as Record<string, string>) }), LOCAL)).toBe(same);
  });
});

test("the client's address is what the nearest proxy saw, not what the client claims", () => {
  expect(clientAddress(new Headers({ "x-forwarded-for": "1.1.1.1, 10.0.0.7" }))).toBe("10.0.0.7");
  expect(clientAddress(new Headers())).toBe("unknown");
});
