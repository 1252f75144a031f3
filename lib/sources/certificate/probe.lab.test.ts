import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createServer, type Server, type TlsOptions } from "node:tls";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { ensureUp, execAsPostgres, hostAddress, PORTS } from "@/lab/index";
import { Secret } from "@/lib/config/types";
import type { CertificateFacts } from "@/lib/domain/certificates/facts";
import type { Result } from "@/lib/domain/observation";
import { type CertificateProbe, readCertificate } from "./probe";

const folder = mkdtempSync(join(tmpdir(), "certificates-"));
const file = (name: string) => join(folder, name);
const pem = (name: string) => readFileSync(file(name), "utf8");
const openssl = (...args: readonly string[]) =>
  execFileSync("openssl", args, { cwd: folder, stdio: "pipe" }).toString();

/** What openssl itself says of a certificate. */
function toldByOpenssl(name: string) {
  const text = openssl("x509", "-in", `${name}.crt`, "-noout", "-enddate", "-startdate", "-fingerprint", "-sha256");
  const part = (label: RegExp) => new RegExp(`${label.source}=(.*)`).exec(text)?.[1] ?? "";
  return {
    from: new Date(part(/notBefore/)).toISOString(),
    until: new Date(part(/notAfter/)).toISOString(),
    fingerprint: part(/Fingerprint/i)
      .replaceAll(":", "")
      .toLowerCase(),
  };
}

const key = (name: string) => openssl("ecparam", "-name", "prime256v1", "-genkey", "-noout", "-out", `${name}.key`);

function issue(name: string, days: number) {
  key(name);
  openssl("req", "-new", "-key", `${name}.key`, "-subj", `/CN=${name}`, "-out", `${name}.csr`);
  const by = ["-CA", "issuer.crt", "-CAkey", "issuer.key", "-CAcreateserial"];
  openssl("x509", "-req", "-in", `${name}.csr`, ...by, "-days", String(days), "-out", `${name}.crt`);
}

beforeAll(() => {
  key("issuer");
  const ca = ["-subj", "/O=Example/CN=issuer", "-days", "900"];
  openssl("req", "-x509", "-new", "-key", "issuer.key", ...ca, "-out", "issuer.crt");
  issue("server", 30);
  issue("ended", -1);
  issue("client", 5);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const servers: Server[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await new Promise((resolve) => server.close(resolve));
});

async function serving(name: string, options: TlsOptions = {}): Promise<number> {
  const server = createServer({ cert: pem(`${name}.crt`), key: pem(`${name}.key`), ...options }, (socket) => {
    socket.on("error", () => undefined);
  });
  server.on("tlsClientError", () => undefined);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return (server.address() as AddressInfo).port;
}

const probe = (port: number, over: Partial<CertificateProbe> = {}): CertificateProbe => ({
  service: "etcd",
  host: "127.0.0.1",
  port,
  opening: "tls",
  tls: null,
  timeoutMs: 3_000,
  ...over,
});

function chainOf(seen: Result<CertificateFacts>) {
  if (!seen.ok) throw new Error(`${seen.failure.kind}: ${seen.failure.text}`);
  return seen.value.chain;
}

describe("a TLS listener", () => {
  test("its certificate is what openssl says of it, though nobody we trust has signed it", async () => {
    const chain = chainOf(await readCertificate(probe(await serving("server"))));
    expect(chain).toEqual([{ name: "server", issuer: "issuer", ...toldByOpenssl("server") }]);
  });

  test("what it sends along is told after it", async () => {
    const cert = pem("server.crt") + pem("issuer.crt");
    const chain = chainOf(await readCertificate(probe(await serving("server", { cert }))));
    expect(chain.map(({ name }) => name)).toEqual(["server", "issuer"]);
    expect(chain[1]).toMatchObject(toldByOpenssl("issuer"));
  });

  test("one that has ended is read too", async () => {
    const [ended] = chainOf(await readCertificate(probe(await serving("ended"))));
    expect(ended).toMatchObject(toldByOpenssl("ended"));
    expect(Date.parse(ended?.until ?? "")).toBeLessThan(Date.now());
  });

  test.each(["TLSv1.2", "TLSv1.3"] as const)(
    "%s, and it wants a certificate of ours: ours is shown",
    async (version) => {
      const wants = {
        requestCert: true,
        rejectUnauthorized: true,
        ca: pem("issuer.crt"),
        maxVersion: version,
      } as const;
      const port = await serving("server", wants);
      const tls = { cert: pem("client.crt"), key: new Secret(pem("client.key")) };
      expect(chainOf(await readCertificate(probe(port, { tls })))[0]?.name).toBe("server");
    },
  );
});

describe("PostgreSQL", () => {
  const DATA = "/tmp/certificate-lab";
  const PORT = 15_432;
  const run = (script: string, input?: string) =>
    execAsPostgres("node3", ["sh", "-ec", script], { deadlineMs: 30_000, ...(input !== undefined && { input }) });

  beforeAll(async () => {
    await ensureUp();
    await run(
      `rm -rf ${DATA}; PATH=$PATH:$(echo /usr/lib/postgresql/*/bin); initdb -D ${DATA} -A trust --no-sync >/dev/null`,
    );
    for (const name of ["ended.crt", "ended.key"]) {
      await run(`umask 077; cat >${DATA}/${name}`, pem(name));
    }
    const settings = [
      "listen_addresses='*'",
      `port=${PORT}`,
      `unix_socket_directories='${DATA}'`,
      "shared_buffers=1MB",
      "fsync=off",
      "ssl=on",
      "ssl_cert_file='ended.crt'",
      "ssl_key_file='ended.key'",
    ].join("\n");
    await run(`cat >>${DATA}/postgresql.conf`, `${settings}\n`);
    await run(`PATH=$PATH:$(echo /usr/lib/postgresql/*/bin); pg_ctl -D ${DATA} -w -l ${DATA}/log start >/dev/null`);
  });
  afterAll(async () => {
    await run(
      `PATH=$PATH:$(echo /usr/lib/postgresql/*/bin); pg_ctl -D ${DATA} -m immediate stop >/dev/null; rm -rf ${DATA}`,
    );
  });

  const at = (port: number) => probe(port, { service: "postgres", host: hostAddress("node3"), opening: "postgres" });

  test("its certificate is read through SSLRequest, and the server has nothing to complain of", async () => {
    const [ended] = chainOf(await readCertificate(at(PORT)));
    expect(ended).toEqual({ name: "ended", issuer: "issuer", ...toldByOpenssl("ended") });
    const { stdout } = await run(`cat ${DATA}/log`);
    expect(stdout).not.toMatch(/ERROR|FATAL|could not|incomplete|invalid/);
  });

  test("a renewed certificate is seen once the server has loaded it", async () => {
    await run(`umask 077; cat >${DATA}/ended.crt`, pem("server.crt"));
    await run(`umask 077; cat >${DATA}/ended.key`, pem("server.key"));
    await run(`PATH=$PATH:$(echo /usr/lib/postgresql/*/bin); pg_ctl -D ${DATA} reload >/dev/null`);
    await expect.poll(async () => chainOf(await readCertificate(at(PORT)))[0]?.name, { timeout: 5_000 }).toBe("server");
  });

  test("the lab's own, which offers no TLS, shows nothing and is no failure", async () => {
    expect(chainOf(await readCertificate(at(PORTS.postgres)))).toEqual([]);
  });

  test("PgBouncer answers the same way", async () => {
    const seen = await readCertificate({ ...at(PORTS.pgbouncer), service: "pgbouncer" });
    expect(seen).toMatchObject({ ok: true, value: { chain: [] } });
  });
});
