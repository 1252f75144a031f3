import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { renderConfig } from "../config-yaml";
import { generateCredentials } from "../secrets";
import { hostNames, PATRONI_TIMING_DEFAULT } from "../settings";
import { configFiles, launchOf, servicesOf } from "./index";
import { rolesSql } from "./patroni";
import type { Plan } from "./plan";

const plan = (hosts: number): Plan => ({
  hosts: hostNames(hosts),
  timing: PATRONI_TIMING_DEFAULT,
  credentials: generateCredentials(),
  postgresMajor: "17",
});

const fileOf = (path: string, hosts = 3) =>
  configFiles("node2", plan(hosts)).find((file) => file.path === path)?.text ?? "";

describe("configuration of a host", () => {
  it("gives Keepalived one peer a line, itself not among them, and no weight", () => {
    const text = fileOf("/etc/keepalived/keepalived.conf");
    expect(text.match(/^\s+10\.213\.7\.20[1-7]$/gm)?.map((line) => line.trim())).toEqual([
      "10.213.7.201",
      "10.213.7.203",
    ]);
    expect(text).not.toMatch(/weight/);
    expect(text).toMatch(/auth_pass \w{8}\n/);
  });

  it("lets HAProxy ask each pool's own question", () => {
    const text = fileOf("/etc/haproxy/haproxy.cfg");
    expect(text.indexOf("uri /primary")).toBeGreaterThan(text.indexOf("listen postgres_master"));
    expect(text.indexOf("uri /replica")).toBeGreaterThan(text.indexOf("listen postgres_replicas"));
    expect(text).toContain("server node3 10.213.7.203:6432 maxconn 300 check port 8008");
  });

  it("names in Patroni's file only hosts that have an etcd", () => {
    const config = parse(fileOf("/etc/patroni/patroni.yml", 5));
    expect(config.etcd3.hosts).toEqual(["10.213.7.201:2379", "10.213.7.202:2379", "10.213.7.203:2379"]);
    expect(config.postgresql.pg_hba).toContain("host replication replicator 127.0.0.1/32 scram-sha-256");
    expect(config.bootstrap.users).toBeUndefined();
  });

  it("leaves no file with a password readable to others", () => {
    const whole = plan(3);
    const secrets = Object.values(whole.credentials);
    for (const file of configFiles("node1", whole)) {
      if (secrets.some((secret) => file.text.includes(secret))) expect(file.mode, file.path).toMatch(/0$/);
    }
  });

  it("gives pg_monitor to matriarch and not to matriarch_bare", () => {
    const [, monitored = "", bare = ""] =
      /(CREATE ROLE matriarch LOGIN.*)\n(CREATE ROLE matriarch_bare.*)/.exec(rolesSql(plan(3))) ?? [];
    expect(monitored).toContain("pg_monitor");
    expect(bare).not.toContain("pg_monitor");
  });
});

describe("services of a host", () => {
  it("has etcd on an odd number of hosts", () => {
    const count = (hosts: number) =>
      hostNames(hosts).filter((host) => launchOf("etcd", host, plan(hosts)) !== null).length;
    expect([1, 2, 3, 4, 7].map(count)).toEqual([1, 1, 3, 3, 3]);
  });

  it("counts postgres as a service though only Patroni starts it", () => {
    expect(servicesOf("node4", plan(4))).toEqual(["patroni", "postgres", "pgbouncer", "haproxy", "keepalived"]);
  });
});

it("makes passwords that need no quoting anywhere, anew each time", () => {
  const [one, two] = [generateCredentials(), generateCredentials()];
  expect(one.postgres).toMatch(/^[A-Za-z0-9]{24}$/);
  expect(one.keepalived).toHaveLength(8);
  expect(one.postgres).not.toBe(two.postgres);
});

it("writes a configuration with one cluster, and takes an auth section from its caller", () => {
  const users = [{ name: "ada" }];
  const config = parse(renderConfig(hostNames(3), generateCredentials(), { auth: { users } }));
  expect(config.auth.users).toEqual(users);
  expect(config.clusters).toHaveLength(1);
  expect(config.clusters[0].haproxy.nodes[2].stats).toBe("http://10.213.7.203:5000/");
  expect(config.clusters[0].vip).toEqual({ address: "10.213.7.200", follows: "leader", writePort: 7000 });
});
