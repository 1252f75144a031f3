import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { run } from "../run";
import { ensureTools, toolEnv } from "./debian";
import { freePort, startService } from "./service";

export const MAIL_USER = "matriarch";
/** Has no mailbox: mail for it is refused for good. */
export const NOBODY = "nobody@example.com";
/** Greylisted: mail for it is refused for now. */
export const LATER = "later@example.com";

export type MailServer = {
  readonly port: number;
  /** Who signed its certificate, as PEM. */
  readonly ca: string;
  /** Everything that was delivered so far, oldest first, as it lies in the mailbox. */
  mails(): readonly string[];
  stop(): Promise<void>;
};

/** User and group `mail` of every Debian, which Exim delivers as. */
const UID = 8;

/**
 * Debian's Exim on a port of loopback, with STARTTLS and a login that it offers on encrypted connections alone; whatever it takes lands
 * in one maildir. It runs from where it was unpacked: its user is known in its own mount namespace only.
 */
export async function startMailServer(password: string): Promise<MailServer> {
  const tools = await ensureTools();
  const folder = mkdtempSync(path.join(tmpdir(), "matriarch-mail-"));
  chmodSync(folder, 0o755);
  const file = (name: string) => path.join(folder, name);
  for (const name of ["spool", "log", "mail"]) {
    mkdirSync(file(name));
    chownSync(file(name), UID, UID);
  }
  const user = `Debian-exim:x:${UID}:${UID}::/nonexistent:/usr/sbin/nologin\n`;
  writeFileSync(file("passwd"), `${readFileSync("/etc/passwd", "utf8").trimEnd()}\n${user}`);
  writeFileSync(file("group"), `${readFileSync("/etc/group", "utf8").trimEnd()}\nDebian-exim:x:${UID}:\n`);
  await makeCertificate(file("cert.pem"), file("key.pem"));
  const port = await freePort();
  writeFileSync(file("exim.conf"), configuration({ folder, port, password, exim: tools.programOf("exim") }));
  const script =
    'mount --bind "$1/passwd" /etc/passwd; mount --bind "$1/group" /etc/group; exec "$2" -C "$1/exim.conf" -bdf';
  const argv = ["unshare", "--mount", "sh", "-ec", script, "mail", folder, tools.programOf("exim")];
  const service = await startService(argv, port, { env: toolEnv(tools), cwd: folder });
  const inbox = path.join(folder, "mail", "new");
  return {
    port,
    ca: readFileSync(file("cert.pem"), "utf8"),
    mails: () =>
      existsSync(inbox)
        ? readdirSync(inbox)
            .sort()
            .map((name) => readFileSync(path.join(inbox, name), "utf8"))
        : [],
    async stop() {
      await service.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function makeCertificate(cert: string, key: string): Promise<void> {
  const made = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"];
  const named = ["-days", "2", "-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1"];
  await run([...made, ...named, "-keyout", key, "-out", cert]);
  chownSync(key, UID, UID);
}

function configuration(of: { folder: string; port: number; password: string; exim: string }): string {
  const { folder, port, password, exim } = of;
  return `primary_hostname = mail.example.com
local_interfaces = <; 127.0.0.1
daemon_smtp_ports = ${port}
spool_directory = ${folder}/spool
log_file_path = ${folder}/log/%slog
pid_file_path = ${folder}/spool/exim.pid
exim_path = ${exim}
keep_environment = LD_LIBRARY_PATH
deliver_drop_privilege = true
host_lookup =
rfc1413_hosts =
tls_advertise_hosts = *
tls_certificate = ${folder}/cert.pem
tls_privatekey = ${folder}/key.pem
acl_smtp_rcpt = acl_rcpt
begin acl
acl_rcpt:
  deny local_parts = nobody
       message = no such mailbox
  defer local_parts = later
       message = come again later
  accept domains = example.com
  deny message = relay not permitted
begin routers
all:
  driver = accept
  transport = maildir
begin transports
maildir:
  driver = appendfile
  directory = ${folder}/mail
  maildir_format
  create_directory
  user = Debian-exim
  group = Debian-exim
begin authenticators
plain:
  driver = plaintext
  public_name = PLAIN
  server_prompts = :
  server_condition = \${if and{{eq{$auth2}{${MAIL_USER}}}{eq{$auth3}{${password}}}}}
  server_set_id = $auth2
  server_advertise_condition = \${if def:tls_in_cipher}
`;
}
