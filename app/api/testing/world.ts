import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { hashPassword } from "@/lib/auth/password";
import { hashToken } from "@/lib/auth/tokens";
import { setConfig } from "@/lib/config/current";
import { loadConfig } from "@/lib/config/load";
import type { Config, UserRole } from "@/lib/config/types";
import { buildSnapshot } from "@/lib/domain/snapshot/build";
import { healthyState, NOW } from "@/lib/domain/testing/builders";
import { bareText } from "@/lib/domain/testing/samples";
import { setLive } from "@/lib/live/current";
import { createLive } from "@/lib/live/live";

/** A configured process with one healthy cluster, without collectors: what route handlers need around them. */

export const PASSWORD = "correct horse";
/** Hashing is slow on purpose: once is enough. */
let hashed: Promise<string> | null = null;
const ROLES: readonly UserRole[] = ["viewer", "operator", "admin"];
export const tokenOf = (role: UserRole) => `token-of-${role}`;

export type World = { readonly config: Config; readonly live: ReturnType<typeof createLive>; close(): void };

export async function createWorld(publicUrl: string | null = null): Promise<World> {
  const folder = mkdtempSync(join(tmpdir(), "matriarch-world-"));
  hashed ??= hashPassword(PASSWORD);
  const hash = await hashed;
  const file = join(folder, "matriarch.yaml");
  writeFileSync(
    file,
    JSON.stringify({
      ...(publicUrl ? { server: { publicUrl } } : {}),
      store: { url: `sqlite:${join(folder, "store.db")}` },
      auth: {
        users: ROLES.map((role) => ({ name: `${role}1`, passwordHash: hash, role })),
        tokens: ROLES.map((role) => ({ name: role, hash: hashToken(tokenOf(role)), role })),
      },
      clusters: [{ scope: "demo", patroni: { seeds: ["http://10.0.0.1:8008"] } }],
    }),
  );
  const loaded = loadConfig({ path: file, env: {} });
  if (loaded.kind === "error") throw new Error(loaded.message);
  setConfig(loaded.config);
  const state = healthyState({ scope: "demo" });
  const live = createLive("boot-1", [state.spec.scope]);
  setLive(live);
  live.publish(state.spec.scope, state, buildSnapshot(state, null, NOW, bareText), "now");
  const close = () => {
    live.close();
    rmSync(folder, { recursive: true, force: true });
  };
  return { config: loaded.config, live, close };
}

export function request(
  path: string,
  init: { method?: string; token?: string; headers?: Record<string, string>; body?: string } = {},
) {
  const { method = "GET", token, headers = {}, body } = init;
  return new Request(`http://127.0.0.1:3000${path}`, {
    method,
    headers: { host: "127.0.0.1:3000", ...(token ? { authorization: `Bearer ${token}` } : {}), ...headers },
    ...(body === undefined ? {} : { body }),
  });
}
