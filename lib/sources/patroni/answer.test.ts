import { describe, expect, test } from "vitest";
import { answerOf } from "./answer";

const html = (code: number, message: string) =>
  `<!DOCTYPE HTML><html><head><title>Error response</title></head><body><p>Error code: ${code}</p><p>Message: ${message}.</p></body></html>`;

describe("what Patroni's answer to something that acts means", () => {
  test.each([
    // [path, status, text, kind, member]
    ["/switchover", 200, 'Successfully switched over to "pg2"', "done", "pg2"],
    ["/switchover", 200, 'Switched over to "pg3" instead of "pg2"', "done-otherwise", "pg3"],
    ["/failover", 200, 'Successfully failed over to "pg2"', "done", "pg2"],
    ["/failover", 200, 'Failed over to "pg3" instead of "pg2"', "done-otherwise", "pg3"],
    ["/switchover", 202, "Switchover scheduled", "scheduled", null],
    ["/failover", 202, "Failover scheduled", "scheduled", null],
    ["/switchover", 200, "scheduled switchover deleted", "done", null],
    ["/switchover", 404, "no switchover is scheduled", "refused", null],
    ["/switchover", 409, html(409, "Conflict"), "refused", null],
    ["/switchover", 400, "Switchover could be performed only from a specific leader", "refused", null],
    ["/switchover", 400, "Can't schedule switchover in the paused state", "refused", null],
    ["/switchover", 400, "Timezone information is mandatory for the scheduled switchover", "refused", null],
    ["/switchover", 422, "Cannot schedule switchover in the past", "refused", null],
    ["/switchover", 400, "Switchover is possible only to a specific candidate in a paused state", "refused", null],
    ["/switchover", 400, "Switchover target and source are the same", "refused", null],
    ["/switchover", 412, "leader name does not match", "refused", null],
    ["/switchover", 412, "candidate name does not match with sync_standby", "refused", null],
    ["/switchover", 412, "candidate does not exists", "refused", null],
    ["/switchover", 412, "switchover is not possible: no good candidates have been found", "refused", null],
    ["/failover", 400, "Failover could be performed only to a specific candidate", "refused", null],
    ["/failover", 400, "Failover can't be scheduled", "refused", null],
    ["/switchover", 503, "failed to write failover key into DCS", "unknown", null],
    ["/switchover", 503, "Switchover failed", "failed", null],
    ["/failover", 503, "Failover failed", "failed", null],
    ["/switchover", 503, "Switchover status unknown", "unknown", null],
    ["/failover", 503, "Failover status unknown", "unknown", null],
    ["/restart", 200, "restarted successfully", "done", null],
    ["/restart", 202, "Restart scheduled", "scheduled", null],
    ["/restart", 409, "Another restart is already scheduled", "refused", null],
    ["/restart", 503, "restart conditions are not satisfied", "refused", null],
    ["/restart", 503, "reinitialize already in progress", "refused", null],
    ["/restart", 503, "postgres is still starting", "accepted", null],
    ["/restart", 503, "restart failed", "failed", null],
    ["/restart", 400, "restart failed", "failed", null],
    ["/restart", 400, "Timeout should be a positive number of seconds", "refused", null],
    ["/restart", 500, "Can't schedule restart in the paused state", "refused", null],
    ["/restart", 200, "scheduled restart deleted", "done", null],
    ["/restart", 404, "no restarts are scheduled", "refused", null],
    ["/reinitialize", 200, "reinitialize started", "accepted", null],
    ["/reinitialize", 503, "Cluster has no leader, can not reinitialize", "refused", null],
    ["/reinitialize", 503, "I am the leader, can not reinitialize", "refused", null],
    ["/reinitialize", 503, "restart already in progress", "refused", null],
    ["/reload", 202, "reload scheduled", "accepted", null],
    ["/config", 200, '{"ttl": 30}', "done", null],
    ["/config", 409, html(409, "Conflict"), "refused", null],
    ["/config", 503, html(503, "Service Unavailable"), "refused", null],
    ["/config", 400, html(400, "Bad Request"), "refused", null],
    // Access, before anything else.
    ["/restart", 401, "not authenticated", "refused", null],
    ["/reinitialize", 403, "Access is denied", "refused", null],
    // Not Patroni's own, or of a Patroni to come.
    ["/switchover", 411, html(411, "Length Required"), "refused", null],
    ["/switchover", 501, html(501, "Not Implemented"), "refused", null],
    ["/switchover", 301, "", "refused", null],
    ["/switchover", 502, "Bad Gateway", "unknown", null],
    ["/switchover", 504, "Gateway Timeout", "unknown", null],
    ["/switchover", 503, "words that nobody has written yet", "unknown", null],
    ["/reinitialize", 500, "", "unknown", null],
  ] as const)("%s %i %s is %s", (path, status, text, kind, member) => {
    expect(answerOf(path, status, text)).toEqual({ kind, member });
  });

  test.each([
    ['Successfully switched over to "a "quoted" name"', 'a "quoted" name'],
    ['Switched over to "x" instead of "y" instead of "z"', 'x" instead of "y'],
  ])("a member's name may hold anything: %s", (text, member) => {
    expect(answerOf("/switchover", 200, text).member).toBe(member);
  });
});
