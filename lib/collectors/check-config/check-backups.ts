import type { BackupConfig, ClusterConfig } from "@/lib/config/types";
import type { CheckedMember, Eyes } from "./eyes";
import { advise, type CheckLine, failed, line, type Place } from "./report";

/** Does each backup source answer, wherever it is asked, and does it know of backups? */
export async function checkBackups(
  cluster: ClusterConfig,
  members: readonly CheckedMember[],
  eyes: Eyes,
): Promise<CheckLine[]> {
  const asked = cluster.backups.flatMap((config) =>
    config.via === "sql"
      ? members.map((member) => checkOne(cluster, config, member, eyes))
      : [checkOne(cluster, config, null, eyes)],
  );
  return (await Promise.all(asked)).flat();
}

async function checkOne(
  cluster: ClusterConfig,
  config: BackupConfig,
  member: CheckedMember | null,
  eyes: Eyes,
): Promise<CheckLine[]> {
  const name = member ? `${config.name} ${member.name}` : config.name;
  const place: Place = { subject: "backups", name, address: config.ssh?.host ?? config.path ?? member?.host ?? null };
  const looked = await eyes.backups(cluster, config, member);
  if (!looked.ok) {
    const role = `"${(cluster.postgres?.user ?? "").replaceAll('"', '""')}"`;
    return [failed(place, looked.failure, { role, function: config.function, via: config.via })];
  }
  const stanzas = looked.value.stanzas.filter((stanza) => config.stanza === null || stanza.name === config.stanza);
  if (stanzas.length === 0) {
    const known = looked.value.stanzas.map((stanza) => stanza.name).join(", ") || "–";
    return [line(place, "bad", "backups.noStanza", { stanza: config.stanza ?? "–", known }, advise("stanza"))];
  }
  const count = stanzas.reduce((sum, stanza) => sum + stanza.backups.length, 0);
  const params = { stanza: stanzas.map((stanza) => stanza.name).join(", "), count };
  return [line(place, count > 0 ? "good" : "warn", "backups.reached", params)];
}
