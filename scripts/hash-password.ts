import { hashPassword, PASSWORD_CHARS_MAX } from "@/lib/auth/password";
import { hashToken, newToken } from "@/lib/auth/tokens";
import { cliTranslate } from "./cli-language";
import { promptHidden, readAll } from "./prompt";

// `npm run hash-password`: asks twice without echo, or takes one line of standard input. `-- --token` makes a token.
const t = cliTranslate(process.env);

async function readPassword(): Promise<string> {
  if (!process.stdin.isTTY) return (await readAll(process.stdin)).replace(/\r?\n$/, "");
  const password = await promptHidden(t("cli.hash.password"));
  const again = await promptHidden(t("cli.hash.again"));
  return password === again ? password : stop("cli.hash.differ");
}

function stop(key: string): never {
  console.error(t(key, { max: PASSWORD_CHARS_MAX }));
  process.exit(1);
}

if (process.argv.includes("--token")) {
  const token = newToken();
  console.log(t("cli.hash.token", { token, hash: hashToken(token) }));
} else {
  const password = await readPassword();
  if (password === "") stop("cli.hash.empty");
  if (password.length > PASSWORD_CHARS_MAX) stop("cli.hash.long");
  console.log(await hashPassword(password));
}
