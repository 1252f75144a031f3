import type { ClusterConfig } from "@/lib/config/types";
import type { Result } from "@/lib/domain/observation";
import { verifyIdentity } from "@/lib/sources/patroni/client";
import type { CheckedMember, Eyes } from "./eyes";
import { advise, type CheckLine, failed, line, type Place } from "./report";
import type { RestAccess } from "./rest-access";

/** A configured seed: does a member of this cluster answer there? */
export async function checkSeed(
  cluster: ClusterConfig,
  origin: string,
  members: readonly CheckedMember[],
  eyes: Eyes,
): Promise<CheckLine> {
  const place: Place = { subject: "seed", name: null, address: origin };
  const status = await eyes.patroniStatus(cluster, origin);
  if (!status.ok) return failed(place, status.failure, { scope: "?" });
  const wrong = verifyIdentity(status.value, { name: null, scope: cluster.scope });
  if (wrong) return failed(place, wrong, { scope: status.value.scope ?? "?" });
  const name = status.value.name ?? members.find((member) => member.apiUrl === origin)?.name ?? null;
  const known = name === null || members.length === 0 || members.some((member) => member.name === name);
  return line({ ...place, name }, known ? "good" : "warn", known ? "seed.member" : "seed.stranger", {
    name: name ?? "?",
  });
}

/** A discovered member's REST API, and whether it would take actions from us. */
export async function checkPatroni(cluster: ClusterConfig, member: CheckedMember, eyes: Eyes): Promise<CheckLine[]> {
  const { name, apiUrl } = member;
  const place: Place = { subject: "patroni", name, address: apiUrl };
  if (apiUrl === null) return [line(place, "bad", "patroni.noAddress")];
  const status = await eyes.patroniStatus(cluster, apiUrl);
  if (!status.ok) return [failed(place, status.failure)];
  const wrong = verifyIdentity(status.value, { name, scope: cluster.scope });
  if (wrong) return [failed(place, wrong)];
  const { patroniVersion, role, state } = status.value;
  const seen = line(place, "good", "patroni.member", { version: patroniVersion ?? "?", role, state });
  return [seen, accessLine(cluster, { ...place, subject: "rest" }, await eyes.restAccess(cluster, apiUrl))];
}

function accessLine({ patroni }: ClusterConfig, place: Place, access: Result<RestAccess>): CheckLine {
  if (!access.ok) return failed(place, access.failure);
  const user = patroni.username;
  switch (access.value) {
    case "accepted":
      return user === null
        ? line(place, "warn", "rest.open", {}, advise("restOpen"))
        : line(place, "good", "rest.accepted", { user });
    case "unauthorized":
      return user === null
        ? line(place, "warn", "rest.needsPassword", {}, advise("restNeedsPassword"))
        : line(place, "bad", "rest.refused", { user }, advise("restPassword", { user }));
    case "forbidden":
      return line(place, "warn", "rest.forbidden", {}, advise("allowlist"));
  }
}
