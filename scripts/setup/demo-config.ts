import { randomBytes } from "node:crypto";
import { writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { labConfigYaml } from "@/lab/index";
import { hashPassword } from "@/lib/auth/password";
import type { UserRole } from "@/lib/config/types";

/** Writes a configuration for the running lab with an account a role, and prints the accounts as JSON for the caller. */
const [path] = process.argv.slice(2);
if (!path) {
  console.error("usage: demo-config FILE");
  process.exit(2);
}

const roles: readonly { name: string; role: UserRole }[] = [
  { name: "admin", role: "admin" },
  { name: "operator", role: "operator" },
  { name: "viewer", role: "viewer" },
];
const accounts = await Promise.all(
  roles.map(async ({ name, role }) => {
    const password = randomBytes(9).toString("base64url");
    return { name, role, password, passwordHash: await hashPassword(password) };
  }),
);

const yaml = labConfigYaml({
  auth: { users: accounts.map(({ name, role, passwordHash }) => ({ name, role, passwordHash })) },
  store: { url: `sqlite:${resolve(path, "..", "matriarch.db")}` },
});
writeFileSync(path, yaml, { mode: 0o600 });
console.log(JSON.stringify(accounts.map(({ name, role, password }) => ({ name, role, password }))));
