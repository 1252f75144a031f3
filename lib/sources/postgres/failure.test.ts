import { expect, test } from "vitest";
import { NO_PASSWORD } from "./connect";
import { leavesConnectionUsable, pgFailureOf } from "./failure";

const said = (code: string | undefined, message: string) => Object.assign(new Error(message), code ? { code } : {});

test.each([
  ["starting", said("57P03", "the database system is starting up"), "starting-up", "starting up"],
  ["wrong password", said("28P01", 'password authentication failed for user "dash"'), "unauthorized", '"dash"'],
  ["no pg_hba line", said("28000", 'no pg_hba.conf entry for host "::1", user "dash"'), "unauthorized", '"dash"'],
  ["password not configured", said(NO_PASSWORD, ""), "unauthorized", 'user "dash"'],
  ["forged server signature", said(undefined, "SASL: server signature does not match"), "unauthorized", '"dash"'],
  ["no right", said("42501", "permission denied for function f"), "insufficient-privilege", "permission denied"],
  ["no slot left", said("53300", "sorry, too many clients already"), "failed", "too many connections"],
  ["old server", said("42703", 'column "wal_status" does not exist'), "unsupported", "before 14"],
  ["statement timeout", said("57014", "canceling statement due to statement timeout"), "timeout", "canceling"],
  ["killed mid-query", said(undefined, "Connection terminated unexpectedly"), "reset", "terminated"],
  ["shut down", said("57P01", "terminating connection due to administrator command"), "reset", "administrator"],
  ["refused", said("ECONNREFUSED", "connect ECONNREFUSED 10.0.0.1:5432"), "refused", "ECONNREFUSED"],
  ["no TLS", said(undefined, "The server does not support SSL connections"), "tls", "SSL"],
])("%s is told by kind, with the server's words", (_name, error, kind, words) => {
  const failure = pgFailureOf(error, "dash");
  expect(failure.kind).toBe(kind);
  expect(failure.text).toContain(words);
});

test.each([
  ["42501", true],
  ["57014", true],
  ["55000", true],
  ["57P01", false],
  ["08P01", false],
  ["XX000", false],
  ["ECONNRESET", false],
])("after %s the connection is kept: %s", (code, kept) => {
  expect(leavesConnectionUsable(said(code, ""))).toBe(kept);
});
