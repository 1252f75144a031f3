import type { Instant } from "../ids";

/** What speaks TLS. */
export const TLS_SERVICES = ["patroni", "etcd", "haproxy", "postgres", "pgbouncer"] as const;
export type TlsService = (typeof TLS_SERVICES)[number];

/** An X.509 certificate as a server shows it, believed or not. */
export type Certificate = {
  /** The common name; else the first name that it is made out to; else the whole subject. */
  readonly name: string;
  readonly issuer: string;
  readonly from: Instant;
  readonly until: Instant;
  /** SHA-256 over the certificate, in lower-case hexadecimal digits: what it is told by. */
  readonly fingerprint: string;
};

/** One look at what one service shows whoever connects. */
export type CertificateFacts = {
  readonly service: TlsService;
  /** `host:port` as it was asked. */
  readonly address: string;
  /** The server's own first, then those of its issuers that it sends along. Empty: TLS is not offered there. */
  readonly chain: readonly Certificate[];
};

/** `postgres/node1`, `etcd/10.0.0.1:2379`: the key of a look. `name` is a member's, HAProxy node's, or an etcd endpoint's `host:port`. */
export const certificateTarget = (service: TlsService, name: string): string => `${service}/${name}`;
