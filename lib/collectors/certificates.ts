import type { TlsConfig } from "@/lib/config/types";
import { type CertificateFacts, certificateTarget, type TlsService } from "@/lib/domain/certificates/facts";
import type { RosterEntry } from "@/lib/domain/cluster-state";
import { type CertificateProbe, readCertificate } from "@/lib/sources/certificate/probe";
import { type Beat, startBeat } from "./beat";
import type { Desk } from "./desk";

/** A certificate changes a few times a year; what it says of its end needs no second look. */
export const CERTIFICATE_INTERVAL_MS = 3_600_000;
/** One that ends within this time is about to be renewed, and its renewal is to be seen soon. */
const ENDING_MS = 21 * 86_400_000;
const ENDING_INTERVAL_MS = 60_000;
/** After news: they often are a restart or a reload, maybe for the sake of a certificate. They come in bursts, of which one look is made. */
const NEWS_PAUSE_MS = 10_000;
const NEWS_APART_MS = 60_000;
const TIMEOUT_MS = 3_000;
const MARGIN_MS = 1_000;

/** Starts looking at the certificates of what has a place of its own: etcd and HAProxy's statistics, where they are asked over TLS. */
export function startCertificates(desk: Desk, read = readCertificate): Beat[] {
  const { dcs, haproxy } = desk.config;
  const looks = { desk, read };
  const etcd = dcs.kind === "etcd3" ? dcs.endpoints : [];
  return [
    ...etcd.map((url) => overHttps(looks, "etcd", hostPort(url), url, dcs.tls)),
    ...(haproxy?.nodes ?? []).map(({ name, stats }) => overHttps(looks, "haproxy", name, stats, null)),
  ].filter((beat) => beat !== null);
}

/** The same of one member: Patroni where it is asked over TLS; PostgreSQL and PgBouncer are asked whether they offer it. */
export function startMemberCertificates(desk: Desk, entry: RosterEntry, read = readCertificate): Beat[] {
  const { name, host, port, apiUrl } = entry;
  const { patroni, postgres, pgbouncer } = desk.config;
  const looks = { desk, read };
  const byRequest = (service: "postgres" | "pgbouncer", at: number) =>
    host === null ? null : start(looks, name, { service, host, port: at, opening: "postgres", tls: null });
  return [
    apiUrl === null ? null : overHttps(looks, "patroni", name, apiUrl, patroni.tls),
    postgres && port !== null ? byRequest("postgres", port) : null,
    pgbouncer && byRequest("pgbouncer", pgbouncer.port),
  ].filter((beat) => beat !== null);
}

/** The targets that {@link startMemberCertificates} looks at. */
export const memberCertificateTargets = (member: string): string[] =>
  (["patroni", "postgres", "pgbouncer"] as const).map((service) => certificateTarget(service, member));

type Looks = { readonly desk: Desk; readonly read: typeof readCertificate };

function overHttps(looks: Looks, service: TlsService, name: string, url: string, tls: TlsConfig | null): Beat | null {
  if (!URL.canParse(url)) return null;
  const { protocol, hostname, port } = new URL(url);
  if (protocol !== "https:") return null;
  const host = hostname.replace(/^\[(.*)\]$/, "$1");
  return start(looks, name, { service, host, port: port === "" ? 443 : Number(port), opening: "tls", tls });
}

const hostPort = (url: string): string => (URL.canParse(url) ? new URL(url).host : url);

function start({ desk, read }: Looks, name: string, asked: Omit<CertificateProbe, "timeoutMs">): Beat {
  const target = certificateTarget(asked.service, name);
  const probe = { ...asked, timeoutMs: TIMEOUT_MS };
  let ending: NodeJS.Timeout | undefined;
  let news: NodeJS.Timeout | undefined;
  let newsAt = Number.NEGATIVE_INFINITY;
  desk.expect("certificates", "certificate", target, CERTIFICATE_INTERVAL_MS);
  const beat = startBeat<CertificateFacts>({
    source: "certificate",
    target,
    intervalMs: CERTIFICATE_INTERVAL_MS,
    giveUpMs: TIMEOUT_MS + MARGIN_MS,
    look: (signal) => read(probe, signal),
    onSeen(seen) {
      desk.see("certificates", seen, CERTIFICATE_INTERVAL_MS);
      clearTimeout(ending);
      if (!seen.result.ok || !endsSoon(seen.result.value, seen.observedAt)) return;
      ending = setTimeout(() => beat.wake(), ENDING_INTERVAL_MS);
    },
  });

  return {
    wake() {
      if (news !== undefined) return;
      const since = performance.now() - newsAt;
      news = setTimeout(
        () => {
          news = undefined;
          newsAt = performance.now();
          beat.wake();
        },
        Math.max(NEWS_PAUSE_MS, NEWS_APART_MS - since),
      );
    },
    setFast() {
      // Nothing that an action rests on.
    },
    once: () => Promise.resolve(),
    stop() {
      clearTimeout(ending);
      clearTimeout(news);
      beat.stop();
    },
  };
}

const endsSoon = ({ chain }: CertificateFacts, now: number): boolean =>
  chain.some(({ until }) => Date.parse(until) - now < ENDING_MS);
