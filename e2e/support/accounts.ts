import { spawn } from "node:child_process";
import { createHash, randomBytes } from "node:crypto";

export const ROLES = ["viewer", "operator", "admin"] as const;
export type Role = (typeof ROLES)[number];

export type Account = { readonly name: string; readonly role: Role; readonly password: string };
export const ACTOR_ROLES = { operator: "operator", second: "operator", admin: "admin" } as const;
export type ActorName = keyof typeof ACTOR_ROLES;

export type Accounts = {
  readonly users: Readonly<Record<Role, Account>>;
  /** A viewer's bearer token. */
  readonly token: string;
  /** Bearer tokens that may act; `second` is another operator. */
  readonly actors: Readonly<Record<ActorName, string>>;
  /** The `auth` section of a configuration with these accounts. */
  readonly auth: Record<string, unknown>;
};

/** An account a role with a password of its own, and a token; nothing of it outlives the run. */
export async function makeAccounts(): Promise<Accounts> {
  const token = makeToken();
  const actors = { operator: makeToken(), second: makeToken(), admin: makeToken() };
  const made = await Promise.all(
    ROLES.map(async (role) => {
      const account: Account = { name: role, role, password: randomBytes(12).toString("base64url") };
      return { account, passwordHash: await hashPassword(account.password) };
    }),
  );
  const users = Object.fromEntries(made.map(({ account }) => [account.role, account])) as Record<Role, Account>;
  return {
    users,
    token,
    actors,
    auth: {
      users: made.map(({ account: { name, role }, passwordHash }) => ({ name, role, passwordHash })),
      tokens: [
        { name: "recorder", role: "viewer", hash: hashToken(token) },
        ...(Object.keys(ACTOR_ROLES) as ActorName[]).map((name) => ({
          name: `program-${name}`,
          role: ACTOR_ROLES[name],
          hash: hashToken(actors[name]),
        })),
      ],
    },
  };
}

const makeToken = (): string => randomBytes(24).toString("base64url");
const hashToken = (token: string): string => `sha256:${createHash("sha256").update(token).digest("hex")}`;

/** A password's hash by the product's own command, as a person would make it: the password goes in by standard input. */
export function hashPassword(password: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn("npm", ["run", "--silent", "hash-password"], { stdio: ["pipe", "pipe", "pipe"] });
    let stdout = "";
    let stderr = "";
    child.stdout.setEncoding("utf8").on("data", (chunk: string) => {
      stdout += chunk;
    });
    child.stderr.setEncoding("utf8").on("data", (chunk: string) => {
      stderr += chunk;
    });
    child.once("error", reject);
    child.once("close", (code) => {
      const hash = stdout.trim().split("\n").at(-1)?.trim() ?? "";
      if (code === 0 && hash !== "") resolve(hash);
      else reject(new Error(`hash-password ended with ${code}: ${stderr || stdout}`));
    });
    child.stdin.on("error", () => undefined);
    child.stdin.end(`${password}\n`);
  });
}
