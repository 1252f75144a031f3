import { HOST_NAMES, type RunbookPlaces } from "../runbooks/places";
import { addressOf } from "./facts";
import { READ_POOL, VIP_ADDRESS, WRITE_POOL } from "./spec";

/** The places of a healthy sample cluster, in which everything is configured. */
export function samplePlaces(names: readonly string[] = ["node1", "node2", "node3"]): RunbookPlaces {
  return {
    dcs: { kind: "etcd3", endpoints: names.map((_, i) => `http://${addressOf(i)}:2379`), namespace: "db" },
    patroniSeeds: [`http://${addressOf(0)}:8008`],
    database: "postgres",
    pgbouncerPort: 6432,
    haproxy: { nodes: names, writePool: WRITE_POOL, readPool: READ_POOL },
    vip: { address: VIP_ADDRESS, writePort: 7000 },
    stanza: "demo",
    hosts: HOST_NAMES,
    dataDirs: Object.fromEntries(names.map((name) => [name, "/var/lib/postgresql/17/main"])),
  };
}
