import { spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { RESULTS, START_FILE } from "./support/dashboard";
import { expect, test } from "./support/fixtures";

const SECRET = "never-to-be-printed-9Zx";

/** Each is the sixth line of a file that would be good without it. */
const mistakes = [
  { name: "an unknown key", text: "    patrony: {}", names: /patrony/ },
  { name: "a wrong type", text: "    postgres: { user: [], password: SECRET }", names: /postgres\.user/ },
  { name: "a missing key", text: "    postgres: { password: SECRET }", names: /postgres\.user/ },
  { name: "YAML that cannot be read", text: '    title: "unfinished', names: /line \d+|:\d+/ },
  {
    name: "a variable that is not set",
    text: "    title: $" + "{MATRIARCH_NOT_SET_ANYWHERE}",
    names: /MATRIARCH_NOT_SET_ANYWHERE/,
  },
  {
    name: "a secret file that cannot be read",
    text: "    postgres: { user: m, passwordFile: /nonexistent/secret }",
    names: /postgres\.passwordFile/,
  },
  {
    name: "a secret given twice",
    text: "    postgres: { user: m, password: SECRET, passwordFile: /nonexistent/secret }",
    names: /postgres\.password/,
  },
  {
    name: "two clusters of one scope",
    text: '  - { scope: refused, patroni: { seeds: ["http://127.0.0.1:1"] } }',
    names: /scope/,
  },
  { name: "a bad address", text: '    dcs: { kind: etcd3, endpoints: ["not an address"] }', names: /dcs\.endpoints/ },
  {
    name: "an unknown kind of DCS",
    text: '    dcs: { kind: zookeeper, endpoints: ["http://127.0.0.1:1"] }',
    names: /dcs\.kind.*etcd3/s,
  },
  {
    name: "a port out of range",
    text: "    pgbouncer: { port: 99999, user: m, password: SECRET }",
    names: /pgbouncer\.port.*65535/s,
  },
  {
    name: "a VIP that is no address",
    text: "    vip: { address: 'no address', follows: leader }",
    names: /vip\.address/,
  },
  {
    name: "a word outside the choice",
    text: "    vip: { address: 10.0.0.9, follows: moon }",
    names: /vip\.follows.*leader/s,
  },
  {
    name: "a duration that is none",
    text: "    postgres: { user: m, password: SECRET, interval: soon }",
    names: /postgres\.interval/,
  },
  {
    name: "two HAProxy nodes of one name",
    text: '    haproxy: { nodes: [{ name: a, stats: "http://127.0.0.1:1/" }, { name: a, stats: "http://127.0.0.1:2/" }] }',
    names: /haproxy\.nodes/,
  },
] as const;
const LINE = 6;

for (const { name, text, names } of mistakes) {
  test(`${name} stops the start with one message that names it and its line`, () => {
    const folder = join(RESULTS, "refusal");
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const path = join(folder, "matriarch.yaml");
    const lines = [
      "store: { url: 'sqlite::memory:' }",
      "auth: { users: [] }",
      "clusters:",
      "  - scope: refused",
      `    patroni: { seeds: ["http://127.0.0.1:1"], username: patroni, password: ${SECRET} }`,
      text.replace("SECRET", SECRET),
    ];
    writeFileSync(path, `${lines.join("\n")}\n`, { mode: 0o600 });
    const ended = spawnSync(process.execPath, [START_FILE], {
      env: { ...process.env, NODE_ENV: "production", MATRIARCH_CONFIG: path, PORT: "0" },
      encoding: "utf8",
      timeout: 20_000,
    });
    const said = `${ended.stdout}${ended.stderr}`;
    expect(ended.status, said).not.toBe(0);
    expect(ended.signal, "it leaves by itself").toBeNull();
    expect(said).toMatch(names);
    expect(said).toMatch(new RegExp(`(line |:)(${LINE}|${LINE + 1})\\b`));
    expect(said).not.toContain(SECRET);
    expect(said.trim().split("\n").length, "one message and no stack").toBeLessThanOrEqual(6);
    expect(said).not.toMatch(/^\s+at /m);
  });
}

test("the API answers nobody without credentials, and a token only as far as it reaches", async ({ dashboard }) => {
  const paths = ["/clusters", "/clusters/postgres-cluster", "/clusters/postgres-cluster/findings", "/stream", "/me"];
  for (const path of paths) {
    const answer = await fetch(`${dashboard.baseUrl}/api/v1${path}`);
    expect(answer.status, path).toBe(401);
    expect(answer.headers.get("content-type"), path).toContain("application/problem+json");
    await answer.body?.cancel();
    const wrong = await fetch(`${dashboard.baseUrl}/api/v1${path}`, { headers: { authorization: "Bearer guessed" } });
    expect(wrong.status, path).toBe(401);
    await wrong.body?.cancel();
  }
  const known = await fetch(`${dashboard.baseUrl}/api/v1/clusters`, {
    headers: { authorization: `Bearer ${dashboard.accounts.token}` },
  });
  expect(known.status).toBe(200);
  for (const path of ["/api/healthz", "/api/readyz"]) {
    expect((await fetch(`${dashboard.baseUrl}${path}`)).status, path).toBe(200);
  }
});
