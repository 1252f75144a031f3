import { describe, expect, test } from "vitest";
import { withoutSecret } from "./settings";

const of = (name: string, value: string | null) =>
  withoutSecret({ name, value, unit: null, source: "configuration file", pendingRestart: false }).value;

describe("a setting's value", () => {
  test.each([
    ["primary_conninfo", "user=replicator password=hunter2 host=a"],
    ["primary_conninfo", "user=replicator password='hunter2' host=a"],
    ["primary_conninfo", "postgres://r:hunter2@a/x"],
    ["archive_command", "AWS_SECRET_ACCESS_KEY=hunter2 wal-g wal-push %p"],
    ["restore_command", "env PGPASSWORD=hunter2 fetch %f"],
    ["ssl_passphrase_command", "echo hunter2"],
    ["myapp.secret", "hunter2"],
    ["pgx.api_token", "hunter2"],
  ])("%s shows no secret", (name, value) => {
    expect(of(name, value)).not.toContain("hunter2");
    expect(of(name, value)).toContain("[secret]");
  });

  test.each([
    ["password_encryption", "scram-sha-256"],
    ["archive_command", "pgbackrest --stanza=main archive-push %p"],
    ["ssl_key_file", "/etc/ssl/private/key.pem"],
    ["myapp.secret", ""],
    ["x", null],
  ])("%s is kept as it is", (name, value) => {
    expect(of(name, value)).toBe(value);
  });
});
