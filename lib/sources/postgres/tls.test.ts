import { expect, test } from "vitest";
import { refusesThisWay, tlsAttempts } from "./tls";

test.each([
  ["disable", [false]],
  ["prefer", [{ rejectUnauthorized: false }, false]],
  ["require", [{ rejectUnauthorized: false }]],
  ["verify-ca", [{ ca: "PEM", rejectUnauthorized: true, checkServerIdentity: expect.any(Function) }]],
  ["verify-full", [{ ca: "PEM", rejectUnauthorized: true }]],
] as const)("sslmode %s", (mode, attempts) => {
  expect(tlsAttempts(mode, "PEM")).toEqual(attempts);
});

test.each([
  ["no TLS", new Error("The server does not support SSL connections"), true],
  ["no pg_hba line for this way", Object.assign(new Error("no pg_hba.conf entry"), { code: "28000" }), true],
  ["a wrong password", Object.assign(new Error("password authentication failed"), { code: "28P01" }), false],
  ["nobody there", Object.assign(new Error("connect"), { code: "ECONNREFUSED" }), false],
  ["starting up", Object.assign(new Error("starting"), { code: "57P03" }), false],
])("%s: is the next way tried? %s", (_name, error, next) => {
  expect(refusesThisWay(error)).toBe(next);
});
