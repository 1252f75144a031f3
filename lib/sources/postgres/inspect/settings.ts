import { z } from "zod";
import { settingsSchema } from "@/lib/contract/inspect/tables";
import type { SettingFacts, SettingsFacts } from "@/lib/domain/inspect/settings";
import { ok } from "@/lib/domain/observation";
import type { InspectLook } from "./connection";
import { needsMonitor, readFacts } from "./facts";

/** What our own connection sets is the same everywhere and says nothing of the server; its `reset_val` is ours too. */
const SQL = `
SELECT json_build_object(
  'canRead', pg_has_role(current_user, 'pg_read_all_settings', 'USAGE'),
  'serverVersion', current_setting('server_version_num')::int,
  'settings', (SELECT coalesce(json_agg(json_build_object(
    'name', s.name, 'value', s.setting, 'unit', s.unit, 'source', s.source, 'pendingRestart', s.pending_restart
  ) ORDER BY s.name), '[]')
  FROM pg_settings s WHERE s.source NOT IN ('client', 'session'))
) AS facts`;

const rawSchema = settingsSchema.extend({ canRead: z.boolean() });

/** Every setting of a server but those of our own session. Needs `pg_monitor`. */
export const lookSettings: InspectLook<SettingsFacts> = async (client, server) => {
  const raw = await readFacts(client, { name: "settings", text: SQL }, rawSchema);
  if (!raw.ok) return raw;
  const { canRead, serverVersion, settings } = raw.value;
  return canRead ? ok({ serverVersion, settings: settings.map(withoutSecret) }) : needsMonitor(server);
};

const HIDDEN = "[secret]";
const SECRET_NAME = /(password|passphrase|secret|token|credential)/i;
const NO_SECRET = new Set(["password_encryption", "ssl_passphrase_command_supports_reload"]);
/** `name=value` inside of a command or a connection string. */
const SECRET_INSIDE =
  /([\w.-]*(?:password|passwd|passphrase|secret|token|access_?key|pgpass)[\w-]*\s*=\s*)('[^']*'?|"[^"]*"?|[^\s'"]+)/gi;
const URL_LOGIN = /(:\/\/[^\s:/@'"]*):[^\s@'"]+@/g;

/** Takes out what may be a secret: a setting that is called so, and `password=…` inside of a command or connection string. */
export function withoutSecret(setting: SettingFacts): SettingFacts {
  const { name, value } = setting;
  if (value === null || value === "" || NO_SECRET.has(name)) return setting;
  if (SECRET_NAME.test(name)) return { ...setting, value: HIDDEN };
  return { ...setting, value: value.replace(SECRET_INSIDE, `$1${HIDDEN}`).replace(URL_LOGIN, `$1:${HIDDEN}@`) };
}
