export type SettingFacts = {
  readonly name: string;
  /** As the server keeps it, in `unit`; `[secret]` in place of what may be one. */
  readonly value: string | null;
  readonly unit: string | null;
  /** Where it comes from: `default`, `configuration file`, `command line`, … */
  readonly source: string;
  readonly pendingRestart: boolean;
};

export type SettingsFacts = { readonly serverVersion: number; readonly settings: readonly SettingFacts[] };

export type SettingDifference = {
  readonly name: string;
  readonly unit: string | null;
  /** One entry a member that was read, in the order given; `null` where the member has no such setting. */
  readonly values: readonly {
    readonly member: string;
    readonly value: string | null;
    readonly source: string | null;
    /** Differs from the first member's, which is the leader where there is one. */
    readonly differs: boolean;
  }[];
};

/** What must differ between members, or says of a server what it is rather than how it is configured. */
const EXPECTED = new Set([
  "cluster_name",
  "config_file",
  "data_directory",
  "external_pid_file",
  "hba_file",
  "ident_file",
  "in_hot_standby",
  "listen_addresses",
  "port",
  "primary_conninfo",
  "primary_slot_name",
  "recovery_target_timeline",
  "synchronized_standby_slots",
  "synchronous_standby_names",
  "transaction_isolation",
  "transaction_read_only",
  "transaction_deferrable",
  "unix_socket_directories",
]);

export const isExpectedToDiffer = (name: string): boolean => EXPECTED.has(name);

type OfMember = { readonly member: string; readonly facts: SettingsFacts };

/** Settings that are not the same on all members, by name; `left` are the names that differ as they must. */
export function settingDifferences(members: readonly OfMember[]): {
  readonly differences: readonly SettingDifference[];
  readonly left: readonly string[];
} {
  const read = members.map(({ member, facts }) => ({
    member,
    settings: new Map(facts.settings.map((setting) => [setting.name, setting])),
  }));
  const names = [...new Set(read.flatMap(({ settings }) => [...settings.keys()]))].sort();
  const differing = names.filter((name) => new Set(read.map((one) => keyOf(one.settings.get(name)))).size > 1);
  return {
    differences: differing.filter((name) => !isExpectedToDiffer(name)).map((name) => differenceOf(name, read)),
    left: differing.filter(isExpectedToDiffer),
  };
}

type Read = { readonly member: string; readonly settings: ReadonlyMap<string, SettingFacts> };

function differenceOf(name: string, read: readonly Read[]): SettingDifference {
  const first = keyOf(read[0]?.settings.get(name));
  return {
    name,
    unit: read.map(({ settings }) => settings.get(name)?.unit ?? null).find((unit) => unit !== null) ?? null,
    values: read.map(({ member, settings }) => {
      const setting = settings.get(name);
      return {
        member,
        value: setting?.value ?? null,
        source: setting?.source ?? null,
        differs: keyOf(setting) !== first,
      };
    }),
  };
}

/** A setting that is absent differs from one that is empty. */
const keyOf = (setting: SettingFacts | undefined): string => (setting ? `=${setting.value ?? ""}` : "");
