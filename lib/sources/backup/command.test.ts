import { describe, expect, test } from "vitest";
import type { BackupConfig } from "@/lib/config/types";
import { askByCommand } from "./command";
import { runCommand } from "./run-command";
import { sshCommand, sshFailure } from "./ssh";

const never = new AbortController().signal;
const run = (argv: readonly string[], over: Partial<Parameters<typeof runCommand>[0]> = {}) =>
  runCommand({ argv, timeoutMs: 5_000, outputMaxBytes: 10_000, signal: never, ...over });

describe("a command", () => {
  test("gets its words as they are: no shell sees them", async () => {
    const ran = await run(["printf", "%s|", "$HOME", "a b", "; echo x", "*"]);
    expect(ran).toMatchObject({ ok: true, value: { code: 0, stdout: "$HOME|a b|; echo x|*|" } });
  });

  test("that is not there is unsupported", async () => {
    expect(await run(["no-such-program-anywhere"])).toMatchObject({ ok: false, failure: { kind: "unsupported" } });
  });

  test("that may not be run is a lack of privilege", async () => {
    expect(await run(["/etc/passwd"])).toMatchObject({ ok: false, failure: { kind: "insufficient-privilege" } });
  });

  test("that hangs is given up in time, with all that it started", async () => {
    const began = performance.now();
    expect(await run(["sh", "-c", "sleep 60 & wait"], { timeoutMs: 200 })).toMatchObject({
      ok: false,
      failure: { kind: "timeout" },
    });
    expect(performance.now() - began).toBeLessThan(3_000);
  });

  test("that floods us is too large", async () => {
    expect(await run(["sh", "-c", "while :; do echo flood; done"])).toMatchObject({
      ok: false,
      failure: { kind: "too-large" },
    });
  });

  test("is ended when the caller leaves", async () => {
    const leaving = new AbortController();
    const running = run(["sleep", "60"], { signal: leaving.signal });
    leaving.abort();
    expect(await running).toMatchObject({ ok: false, failure: { kind: "aborted" } });
  });
});

const config = (command: readonly string[], over: Partial<BackupConfig> = {}): BackupConfig => ({
  name: "pgbackrest",
  kind: "pgbackrest",
  via: "command",
  stanza: null,
  function: "",
  command,
  ssh: null,
  path: null,
  intervalMs: 60_000,
  timeoutMs: 5_000,
  maxAgeMs: 1,
  outputMaxBytes: 100_000,
  ...over,
});

describe("what a tool answers", () => {
  test("an exit code with words on standard error is a failure in those words", async () => {
    const asked = await askByCommand(config(["sh", "-c", "echo 'ERROR: [031]: option' >&2; exit 31"]), never);
    expect(asked).toMatchObject({
      ok: false,
      failure: { kind: "failed", text: expect.stringContaining("[031]: option") },
    });
  });

  test("an answer is read", async () => {
    expect(await askByCommand(config(["echo", "[]"]), never)).toMatchObject({ ok: true, value: { stanzas: [] } });
  });

  test("Barman's own error is told although it exits with 1", async () => {
    const command = ["sh", "-c", `echo '{"_ERROR": ["Unknown server x"]}'; exit 1`];
    const asked = await askByCommand(config(command, { kind: "barman" }), never);
    expect(asked).toMatchObject({
      ok: false,
      failure: { kind: "failed", text: expect.stringContaining("Unknown server x") },
    });
  });
});

describe("ssh", () => {
  const ssh = { host: "backup1", user: "pgbackrest", port: 2222, identityFile: "/k", knownHostsFile: "/h" };

  test("asks nobody anything, trusts only known hosts, and takes the host for no option", () => {
    const argv = sshCommand(ssh, ["pgbackrest", "--stanza=a b", "info"], 30_000);
    const line = argv.join(" ");
    expect(argv[0]).toBe("ssh");
    for (const part of [
      "BatchMode=yes",
      "StrictHostKeyChecking=yes",
      "ConnectTimeout=10",
      "UserKnownHostsFile=/h",
      "-i /k",
      "-p 2222",
    ])
      expect(line).toContain(part);
    expect(argv.slice(-3)).toEqual(["--", "backup1", "pgbackrest '--stanza=a b' info"]);
  });

  test.each([
    ["Host key verification failed.", "wrong-identity"],
    ["pgbackrest@backup1: Permission denied (publickey).", "unauthorized"],
    ["ssh: Could not resolve hostname backup1: Name or service not known", "dns"],
    ["ssh: connect to host backup1 port 22: Connection refused", "refused"],
    ["ssh: connect to host backup1 port 22: Connection timed out", "unreachable"],
    ["something new", "failed"],
  ])("%s", (said, kind) => {
    expect(sshFailure(255, said)?.kind).toBe(kind);
  });

  test("another exit code is the remote command's", () => {
    expect(sshFailure(31, "ERROR: [031]")).toBeNull();
  });

  test("a host where nothing listens is refused, by the real client", async () => {
    const asked = await askByCommand(
      config(["true"], { ssh: { ...ssh, host: "127.0.0.1", port: 1, identityFile: null, knownHostsFile: null } }),
      never,
    );
    // A machine without the client says so.
    expect(asked.ok ? null : asked.failure.kind).toMatch(/^(refused|unsupported)$/);
  });
});
