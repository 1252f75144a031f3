import type { Secret, TlsConfig } from "@/lib/config/types";
import type { VipEvidence } from "@/lib/domain/facts";
import type { Result } from "@/lib/domain/observation";

export type VipHost = { readonly name: string; readonly host: string };

export type VipHaproxyNode = {
  readonly name: string;
  /** Address of the node's own statistics page. */
  readonly stats: string;
  readonly username: string | null;
  readonly password: Secret | null;
};

export type VipTarget = {
  readonly address: string;
  /** Carried for whoever judges; the probes do not depend on it. */
  readonly follows: "leader" | "haproxy";
  readonly scope: string;
  readonly patroniPort: number;
  /** Given: the REST API is asked over https. */
  readonly patroniTls: TlsConfig | null;
  /** Hosts that may hold the VIP; `host` is an address or a name. */
  readonly hosts: readonly VipHost[];
  readonly haproxy: { readonly nodes: readonly VipHaproxyNode[] } | null;
  /** Limit of each request, in ms. */
  readonly timeoutMs: number;
  readonly signal?: AbortSignal | undefined;
};

/** One way of finding the holder. `unsupported` means that it does not apply here, which is no fault. */
export type VipMethod = (target: VipTarget) => Promise<Result<VipEvidence>>;
