import type { ClusterConfig } from "@/lib/config/types";
import { makePlaces } from "@/lib/domain/evidence/places";
import { memberName } from "@/lib/domain/ids";
import { resolveVipHolder } from "@/lib/domain/vip/resolve-holder";
import type { CheckedMember, Eyes } from "./eyes";
import { advise, type CheckLine, failed, line, type Place } from "./report";

/** Does a session through the VIP's write port get to a server that takes writes? */
export async function checkClientEye(cluster: ClusterConfig, eyes: Eyes): Promise<CheckLine[]> {
  const { clientEye } = cluster;
  if (!clientEye) return [];
  const { host, port, user } = clientEye;
  const place: Place = { subject: "client-eye", name: null, address: `${host}:${port}` };
  const began = performance.now();
  const looked = await eyes.clientEye(cluster);
  if (!looked.ok) return [failed(place, looked.failure, { user })];
  if (looked.value.finds === "read-only")
    return [line(place, "bad", "clientEye.readOnly", { user }, advise("clientEyeReadOnly"))];
  return [line(place, "good", "clientEye.writable", { user, ms: Math.round(performance.now() - began) })];
}

/** Does anything answer at the VIP, and can we tell who holds it? The conclusion is the domain's own. */
export async function checkVip(
  cluster: ClusterConfig,
  members: readonly CheckedMember[],
  eyes: Eyes,
): Promise<CheckLine[]> {
  const { vip, scope } = cluster;
  if (!vip) return [];
  const place: Place = { subject: "vip", name: null, address: vip.address };
  const looked = await eyes.vip(cluster, members);
  if (!looked.ok) return [failed(place, looked.failure)];
  const { holders, answers, text } = resolveVipHolder(looked.value, {
    scope,
    candidates: members.map(({ name, host }) => ({ name, host, postmasterStartTime: null })),
    places: makePlaces(members.map(({ name, host, port }) => ({ name: memberName(name), host, port }))),
  });
  if (answers === false)
    return [{ ...place, status: "bad", text, said: null, advice: advise("vipSilent", { address: vip.address }) }];
  if (holders.length === 1) return [{ ...place, status: "good", text, said: null, advice: null }];
  const advice = holders.length > 1 ? advise("vipSeveral") : advise("vipHolder");
  return [{ ...place, status: holders.length > 1 ? "bad" : "warn", text, said: null, advice }];
}
