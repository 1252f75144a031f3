import { describe, expect, it } from "vitest";
import { problemInUrl, safeReturnPath } from "./auth";

describe("where the reader goes after signing in", () => {
  it.each([
    [null, "/"],
    ["", "/"],
    ["/clusters/pg?x=1#member-a", "/clusters/pg?x=1#member-a"],
    ["/sign-in", "/"],
    ["//evil.example/x", "/"],
    ["/\\evil.example", "/"],
    ["https://evil.example/clusters/pg", "/clusters/pg"],
    ["javascript:alert(1)", "/"],
  ])("%s leads to %s, never to another site", (given, path) => {
    expect(safeReturnPath(given)).toBe(path);
  });
});

describe("what a sign-in said", () => {
  it.each([
    ["http://x/", null],
    ["http://x/sign-in?error=CredentialsSignin", { kind: "credentials" }],
    ["http://x/sign-in?error=throttled%3A30", { kind: "throttled", seconds: 30 }],
    ["http://x/api/auth/signin?csrf=true", { kind: "expired" }],
  ])("%s", (url, problem) => {
    expect(problemInUrl(url)).toEqual(problem);
  });
});
