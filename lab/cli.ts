import { parseArgs } from "node:util";
import { commands } from "./commands";
import { isLabError, messageOf } from "./errors";

const USAGE = `npm run lab -- COMMAND

  up [--release bookworm|trixie|sid] [--hosts 1..7] [--no-backup] [--fresh]
     [--ttl S] [--loop-wait S] [--retry-timeout S]
  down
  status
  exec HOST COMMAND...
  world NAME COMMAND...
  start|stop|kill|freeze|thaw HOST etcd|patroni|postgres|pgbouncer|haproxy|keepalived|all
  cut|heal HOST
  settle
  switchover [CANDIDATE]
  truth [--follow [--every MS]]
  config [--out FILE]
  load [--seconds N] [--clients N] [--rate TPS]
  logs HOST SERVICE [-n N]
  tree [--release R]
`;

/** 0 done, 1 failed, 2 this machine cannot run a lab or the command line is wrong. */
async function main(argv: string[]): Promise<number> {
  const [name = "help", ...rest] = argv;
  const command = commands[name];
  if (command === undefined) {
    process.stderr.write(USAGE);
    return name === "help" || name === "--help" ? 0 : 2;
  }
  // These pass everything after their first word on as it stands.
  if (name === "exec" || name === "world")
    return command({ values: {}, words: rest[1] === "--" ? [rest[0] ?? "", ...rest.slice(2)] : rest });
  const { values, positionals } = parseArgs({
    args: rest,
    allowPositionals: true,
    options: {
      release: { type: "string" },
      hosts: { type: "string" },
      "no-backup": { type: "boolean" },
      fresh: { type: "boolean" },
      ttl: { type: "string" },
      "loop-wait": { type: "string" },
      "retry-timeout": { type: "string" },
      follow: { type: "boolean" },
      every: { type: "string" },
      out: { type: "string" },
      seconds: { type: "string" },
      clients: { type: "string" },
      rate: { type: "string" },
      lines: { type: "string", short: "n" },
    },
  });
  return command({ values, words: positionals });
}

// Whoever reads what we print may leave before us; what was begun is brought to its end all the same.
for (const stream of [process.stdout, process.stderr]) stream.on("error", () => undefined);
main(process.argv.slice(2)).then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    process.stderr.write(`lab: ${messageOf(error)}\n`);
    const usage =
      isLabError(error, "missing") ||
      isLabError(error, "usage") ||
      String((error as { code?: string }).code).startsWith("ERR_PARSE_ARGS");
    if (!isLabError(error) && !usage) process.stderr.write(`${(error as Error).stack ?? ""}\n`);
    process.exitCode = usage ? 2 : 1;
  },
);
