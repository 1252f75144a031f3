import { describe, expect, test } from "vitest";
import { failureOf, redact } from "./failure";

const coded = (code: string | number, message = "") => Object.assign(new Error(message), { code });
const named = (name: string) => Object.assign(new Error("stopped"), { name });

describe("failureOf", () => {
  test.each([
    ["a refused connection", coded("ECONNREFUSED", "connect ECONNREFUSED 10.0.0.1:8008"), "refused"],
    ["a connection time-out", coded("UND_ERR_CONNECT_TIMEOUT"), "unreachable"],
    ["no route", coded("EHOSTUNREACH"), "unreachable"],
    ["no network", coded("ENETUNREACH"), "unreachable"],
    ["a reset", coded("ECONNRESET"), "reset"],
    ["undici's other side closed", coded("UND_ERR_SOCKET", "other side closed"), "reset"],
    ["an unknown name", coded("ENOTFOUND"), "dns"],
    ["a resolver in trouble", coded("EAI_AGAIN"), "dns"],
    ["a self-signed certificate", coded("DEPTH_ZERO_SELF_SIGNED_CERT"), "tls"],
    ["an expired certificate", coded("CERT_HAS_EXPIRED"), "tls"],
    ["a certificate for another name", coded("ERR_TLS_CERT_ALTNAME_INVALID"), "tls"],
    ["an abort", named("AbortError"), "aborted"],
    ["AbortSignal.timeout", named("TimeoutError"), "timeout"],
    ["a wrong PostgreSQL password", coded("28P01", 'password authentication failed for user "x"'), "unauthorized"],
    ["no pg_hba.conf line", coded("28000"), "unauthorized"],
    ["a missing pg_monitor", coded("42501", "permission denied for view x"), "insufficient-privilege"],
    ["a server that starts up", coded("57P03", "the database system is starting up"), "starting-up"],
    ["statement_timeout", coded("57014"), "timeout"],
    ["an administrator's terminate", coded("57P01"), "reset"],
    ["another SQL error", coded("42P01", 'relation "x" does not exist'), "failed"],
    ["pg without a code", new Error("Connection terminated unexpectedly"), "reset"],
    ["pg's connection time-out", new Error("Connection terminated due to connection timeout"), "timeout"],
    ["a gRPC deadline", coded(4, "4 DEADLINE_EXCEEDED: Deadline exceeded after 3.0s"), "timeout"],
    ["etcd3's wrapped deadline", new Error("4 DEADLINE_EXCEEDED: Deadline exceeded"), "timeout"],
    [
      "etcd3's wrapped refusal",
      new Error("14 UNAVAILABLE: No connection established. Last error: Error: connect ECONNREFUSED 10.0.0.1:2379"),
      "refused",
    ],
    ["etcd without a leader", new Error("14 UNAVAILABLE: etcdserver: no leader"), "no-quorum"],
    ["etcd's permissions", new Error("7 PERMISSION_DENIED: etcdserver: permission denied"), "forbidden"],
    [
      "etcd's password",
      new Error("3 INVALID_ARGUMENT: etcdserver: authentication failed, invalid user ID or password"),
      "unauthorized",
    ],
    [
      "etcd's auth store moved on",
      new Error("3 INVALID_ARGUMENT: etcdserver: revision of auth store is old"),
      "unauthorized",
    ],
    ["a cause below the surface", new Error("fetch failed", { cause: coded("ECONNREFUSED") }), "refused"],
    ["the first of several addresses", new AggregateError([coded("EHOSTUNREACH")]), "unreachable"],
    ["something thrown that is no error", "boom", "failed"],
    ["nothing", undefined, "failed"],
  ])("%s", (_, error, kind) => {
    expect(failureOf(error).kind).toBe(kind);
  });

  test("the text never carries credentials of an address", () => {
    const { text } = failureOf(new Error("cannot parse http://patroni:s3cret@10.0.0.1:8008/x"));
    expect(text).not.toContain("s3cret");
    expect(text).toContain("10.0.0.1:8008");
  });

  test("a text is one short line", () => {
    expect(redact(`a\n${"b".repeat(1000)}`).length).toBeLessThanOrEqual(201);
    expect(redact("a\n  b")).toBe("a b");
  });

  test("a cause that points to itself ends", () => {
    const error = new Error("round");
    error.cause = error;
    expect(failureOf(error).kind).toBe("failed");
  });
});
