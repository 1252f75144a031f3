import { ok } from "@/lib/domain/observation";
import { getPatroniStatus } from "@/lib/sources/patroni/client";
import type { VipMethod } from "./types";

/**
 * Asks `/patroni` behind the VIP: where Patroni listens on all addresses, the holder's own answers. Over https the
 * certificate's name is not checked, as none is made out to a VIP; its chain is.
 */
export const askPatroni: VipMethod = async ({ address, patroniPort, patroniTls, timeoutMs, signal }) => {
  const origin = `${patroniTls ? "https" : "http"}://${bracketed(address)}:${patroniPort}`;
  const status = await getPatroniStatus(origin, { tls: patroniTls, anyServerName: true, timeoutMs, signal });
  if (!status.ok) return status;
  const { name, postmasterStartTime, scope } = status.value;
  return ok({ method: "patroni", memberName: name, postmasterStartTime, scope });
};

export const bracketed = (address: string): string => (address.includes(":") ? `[${address}]` : address);
