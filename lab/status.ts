import { SERVICES } from "./settings";
import type { Truth, TruthHost } from "./truth-types";
import { unsettled } from "./verdict";

/** The lab at a glance, one line a host. */
export function statusTable(truth: Truth): string {
  const header = ["host", "link", "postgres", "tl", "lsn", "vip", "patroni", "etcd", "not running"];
  const rows = Object.entries(truth.hosts).map(([name, host]) => row(name, host));
  const table = [header, ...rows];
  const widths = header.map((_, column) => Math.max(...table.map((cells) => cells[column]?.length ?? 0)));
  const lines = table.map((cells) =>
    cells
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join("  ")
      .trimEnd(),
  );
  const problem = unsettled(truth);
  return [
    ...lines,
    "",
    `leader key: ${truth.leaderKey ?? "none"}`,
    problem === null ? "all well" : `not settled: ${problem}`,
  ].join("\n");
}

function row(name: string, host: TruthHost): string[] {
  const off = SERVICES.filter(
    (service) => host.services[service] !== undefined && host.services[service] !== "running",
  );
  return [
    name,
    host.reachable ? "up" : "cut",
    postgresWord(host),
    String(host.timeline ?? "-"),
    host.lsn ?? "-",
    host.vip === null ? "?" : host.vip ? "yes" : "-",
    host.patroniRole ?? "?",
    host.etcd === null ? "?" : host.etcd.isLeader ? "leader" : "follower",
    off.map((service) => `${service} ${host.services[service]}`).join(", ") || "-",
  ];
}

function postgresWord(host: TruthHost): string {
  if (host.inRecovery === null) return "no answer";
  if (!host.inRecovery) return "writable";
  return host.receiverStreaming === true ? "streaming" : "in recovery";
}
