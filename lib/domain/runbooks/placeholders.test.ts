// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the shell's own syntax is what is tested
import { describe, expect, test } from "vitest";
import { type Instant, memberName } from "../ids";
import type { Snapshot } from "../snapshot";
import { samplePlaces } from "../testing/places";
import { sampleSnapshot } from "../testing/samples";
import { type FillGround, fill, filledText, placeholdersIn } from "./placeholders";

const asked = [
  { name: "candidate", kind: "replica", label: { en: "", ru: "" } },
  { name: "at", kind: "moment", label: { en: "", ru: "" } },
  { name: "ticket", kind: "text", label: { en: "", ru: "" } },
] as const;
const inputs = { candidate: "node2", at: "2026-11-21T02:30:47.123Z", ticket: "OPS 42" };
const healthy = sampleSnapshot("healthy");

const groundOf = (over: Partial<FillGround> = {}): FillGround => ({
  picture: healthy,
  places: samplePlaces(),
  asked,
  inputs,
  ...over,
});
const say = ({ key, params }: { key: string; params: object }) => `‹${key} ${Object.values(params).join()}›`;
const text = (source: string, over: Partial<FillGround> = {}) => filledText(fill(source, groundOf(over), "text"), say);
const command = (source: string, over: Partial<FillGround> = {}) =>
  filledText(fill(source, groundOf(over), "command"), say);

describe("what a placeholder gives for a healthy cluster", () => {
  test.each<[string, string]>([
    ["{scope}", "demo"],
    ["{leader} and {writer}", "node1 and node1"],
    ["{members}; {replicas}", "node1, node2, node3; node2, node3"],
    ["{leader.host}:{leader.port}", "10.0.0.1:5432"],
    ["{leader.url} {patroni.url}", "http://10.0.0.1:8008 http://10.0.0.1:8008"],
    ["{candidate} on {candidate.host}", "node2 on 10.0.0.2"],
    ["{candidate.dataDir} {candidate.binDir}", "/var/lib/postgresql/17/main /usr/lib/postgresql/17/bin"],
    ["{candidate.role}, {candidate.state}", "replica, running"],
    ["{timeline} {candidate.timeline}", "7 7"],
    ["{vip}:{writePort} on {vip.holder}", "10.0.0.200:7000 on node1"],
    ["{psql}", "psql -h 10.0.0.200 -p 7000 -U postgres -d postgres"],
    ["{patronictl} list {scope}", "patronictl -c /etc/patroni/patroni.yml list demo"],
    ["{etcdctl} get", "etcdctl --endpoints=http://10.0.0.1:2379,http://10.0.0.2:2379,http://10.0.0.3:2379 get"],
    ["{dcs.prefix}/members/{candidate} in {dcs.namespace}", "/db/demo/members/node2 in /db/"],
    ["{pgbackrest} info", "sudo -u postgres pgbackrest --stanza=demo info"],
    ["{haproxy.writePool} {haproxy.readPool} {haproxy.nodes}", "postgres_master postgres_replicas node1, node2, node3"],
    [
      "{postgres.major} {leader.version}",
      `${healthy.members[0]?.versions.postgres?.split(".")[0]} ${healthy.members[0]?.versions.postgres}`,
    ],
    ["to {at} for {ticket}", "to 2026-11-21 02:30:47+00 for OPS 42"],
    ["no placeholder", "no placeholder"],
    ["", ""],
  ])("%s", (source, expected) => {
    expect(text(source)).toBe(expected);
    expect(fill(source, groundOf(), "text").unknown).toEqual([]);
  });

  test("lists are separated by blanks in a command", () => {
    expect(command("for h in {hosts}; do ssh $h date; done")).toBe(
      "for h in 10.0.0.1 10.0.0.2 10.0.0.3; do ssh $h date; done",
    );
  });
});

test("what is no placeholder stays as it is", () => {
  const kept = "echo ${HOME} ${leader} {} { leader } {\"leader\": 1} $(x) {a-b} '{print $1}'";
  expect(text(kept)).toBe(kept);
  expect(command(kept)).toBe(kept);
  expect(text("{{leader}} {leader}")).toBe("{leader} node1");
  expect(placeholdersIn("{leader} ${leader} {{leader}} {candidate.host}")).toEqual(["leader", "candidate.host"]);
});

describe("what cannot be filled says so, and is listed", () => {
  const blind = sampleSnapshot("blind");
  const gone: Snapshot = { ...healthy, members: [], leader: null };
  test.each<[string, Partial<FillGround>, readonly string[]]>([
    ["{leader} at {leader.host}", { picture: blind }, ["leader", "leader.host"]],
    ["{candidate.host}", { picture: gone }, ["candidate.host"]],
    ["{candidate} {candidate}", { inputs: {} }, ["candidate"]],
    ["{at}", { inputs: { at: "soon" } }, ["at"]],
    ["{vip} {writePort}", { places: { ...samplePlaces(), vip: null } }, ["vip", "writePort"]],
    [
      "{etcdctl} {etcd.endpoints}",
      { places: { ...samplePlaces(), dcs: { kind: "consul", endpoints: ["http://x:1"], namespace: "s" } } },
      ["etcdctl", "etcd.endpoints"],
    ],
    ["{pgbackrest} {backup.stanza}", { places: { ...samplePlaces(), stanza: null } }, ["pgbackrest", "backup.stanza"]],
    ["{backup.last} {restore.to}", {}, ["backup.last", "restore.to"]],
    ["{candidate.dataDir}", { places: { ...samplePlaces(), dataDirs: {} } }, ["candidate.dataDir"]],
    ["{nothing.of.the.kind}", {}, ["nothing.of.the.kind"]],
  ])("%s", (source, over, unknown) => {
    const filled = fill(source, groundOf(over), "text");
    expect(filled.unknown).toEqual(unknown);
    for (const name of unknown) expect(text(source, over)).toContain(`‹placeholder.unknown ${name}›`);
  });

  test("psql goes to the leader where there is no VIP", () => {
    expect(text("{psql}", { places: { ...samplePlaces(), vip: null } })).toContain("-h 10.0.0.1 -p 5432");
  });

  test("the data directory is what PostgreSQL says, else what is configured", () => {
    const { hosts } = samplePlaces();
    const configured = { ...samplePlaces(), hosts: { ...hosts, dataDir: "/srv/pg", binDir: "/opt/pg/bin" } };
    expect(text("{candidate.dataDir} {candidate.binDir}", { places: configured })).toBe(
      "/var/lib/postgresql/17/main /opt/pg/bin",
    );
    expect(text("{candidate.dataDir}", { places: { ...configured, dataDirs: {} } })).toBe("/srv/pg");
  });
});

describe("nothing that a shell would act on comes into a command", () => {
  const named = (name: string): Partial<FillGround> => ({
    inputs: { ...inputs, candidate: name },
    picture: {
      ...healthy,
      members: healthy.members.map((one) => (one.name === "node2" ? { ...one, name: memberName(name) } : one)),
    },
  });
  test.each([
    "a;reboot",
    "$(reboot)",
    "`reboot`",
    "a b",
    "a|b",
    "a&b",
    "a>b",
    "a'b",
    'a"b',
    "a\nb",
    "-rf",
    "a\\b",
    "*",
    "~",
    "a#b",
  ])("a member called %j", (name) => {
    expect(command("stop {candidate}", named(name))).toBe("stop ‹placeholder.unsafe candidate›");
    expect(text("stop {candidate}", named(name))).toBe(`stop ${name}`);
  });
  test.each(["$(reboot)", "x; y", "-x", "a'b", "a\nb"])("a text that a person gave: %j", (ticket) => {
    expect(command("echo {ticket}", { inputs: { ...inputs, ticket } })).toBe("echo ‹placeholder.unsafe ticket›");
  });
  test("a host that came from the DCS", () => {
    const members = healthy.members.map((one) => ({ ...one, host: "10.0.0.1;reboot" }));
    expect(command("ssh {leader.host}", { picture: { ...healthy, members } })).toContain("‹placeholder.unsafe");
    expect(command("ssh {hosts}", { picture: { ...healthy, members } })).toContain("‹placeholder.unsafe");
    const places = { ...samplePlaces(), vip: null };
    expect(command("{psql}", { picture: { ...healthy, members }, places })).toContain("‹placeholder.unsafe");
  });
  test("moments, addresses and paths are harmless", () => {
    const source = "{at} {leader.url} {candidate.dataDir} {etcd.endpoints} {ticket}";
    expect(fill(source, groundOf(), "command").unknown).toEqual([]);
    const at = "2026-11-21T05:30:47+03:00" as Instant;
    expect(command("{at}", { inputs: { at } })).toBe("2026-11-21 02:30:47+00");
  });
});
