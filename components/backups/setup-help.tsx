"use client";
import { useT } from "@/lib/client/i18n";

const YAML = {
  sql: `backups:
  - { kind: pgbackrest, stanza: main, via: sql }`,
  ssh: `backups:
  - kind: pgbackrest
    stanza: main
    via: ssh
    ssh: { host: backup1, user: pgbackrest, identityFile: /etc/matriarch/backup_key, knownHostsFile: /etc/matriarch/known_hosts }`,
  others: `backups:
  - { kind: wal-g, via: command, command: [wal-g, --config, /etc/wal-g.yaml, backup-list, --detail, --json] }
  - { kind: barman, stanza: main, via: ssh, ssh: { host: barman1, user: barman } }
  - { kind: directory, path: /srv/base-backups }`,
} as const;

const SQL = "psql -X -v ON_ERROR_STOP=1 -v reader=matriarch -f pgbackrest-info.sql";
const FORCED =
  'command="pgbackrest --output=json --log-level-console=off --log-level-file=off info",restrict ssh-ed25519 AAAA… matriarch';

/** How to let the dashboard see backups: what to install, what to grant, what to write into the configuration. */
export function SetupHelp(props: { open?: boolean }) {
  const t = useT();
  return (
    <details open={props.open} className="rounded-lg border border-line bg-surface" data-setup>
      <summary className="cursor-pointer px-4 py-3 text-sm font-semibold">
        {t(props.open ? "backups.setup.none" : "backups.setup.more")}
      </summary>
      <div className="flex flex-col gap-4 px-4 pb-4 text-sm text-ink-2">
        <Way title={t("backups.setup.sqlTitle")} text={t("backups.setup.sql")}>
          <Code label={t("backups.setup.primary")} text={SQL} />
          <p>
            <a href="/sql/pgbackrest-info.sql" download className="text-accent hover:underline">
              {t("backups.setup.download")}
            </a>
          </p>
          <Code label="matriarch.yaml" text={YAML.sql} />
        </Way>
        <Way title={t("backups.setup.sshTitle")} text={t("backups.setup.ssh")}>
          <Code label="~pgbackrest/.ssh/authorized_keys" text={FORCED} />
          <Code label="matriarch.yaml" text={YAML.ssh} />
        </Way>
        <Way title={t("backups.setup.othersTitle")} text={t("backups.setup.others")}>
          <Code label="matriarch.yaml" text={YAML.others} />
        </Way>
      </div>
    </details>
  );
}

function Way(props: { title: string; text: string; children: React.ReactNode }) {
  return (
    <section className="flex flex-col gap-2">
      <h3 className="font-semibold text-ink">{props.title}</h3>
      <p className="max-w-[60rem]">{props.text}</p>
      {props.children}
    </section>
  );
}

function Code(props: { label: string; text: string }) {
  return (
    <figure>
      <figcaption className="text-xs text-ink-3">{props.label}</figcaption>
      <pre
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by the keyboard
        tabIndex={0}
        className="figures mt-1 overflow-x-auto rounded-md border border-line bg-canvas p-2.5 text-xs leading-5 text-ink"
      >
        {props.text}
      </pre>
    </figure>
  );
}
