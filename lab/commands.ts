import { spawn } from "node:child_process";
import { writeFileSync } from "node:fs";
import { labConfigYaml } from "./config-yaml";
import { LabError } from "./errors";
import { ACTIONS, cut, heal, type ServiceAction, service } from "./faults";
import { enter, logFile, logTail } from "./host";
import { down, ensureUp } from "./lifecycle";
import { runLoad } from "./load";
import { ensureFence } from "./network";
import { checkRequirements } from "./requirements";
import { switchover } from "./rest";
import { cleanEnv } from "./run";
import { HOST_COUNT_MAX, type HostName, RELEASES, type Release, SERVICES, type ServiceName } from "./settings";
import { settle } from "./settle";
import { hostPid, readCluster, withLock } from "./state";
import { statusTable } from "./status";
import { ensureTree } from "./tree";
import { followTruth, readTruth } from "./truth";
import { runInWorld } from "./world";

export interface CommandLine {
  values: Record<string, string | boolean | undefined>;
  words: string[];
}

type Command = (line: CommandLine) => Promise<number>;

const print = (text: string) => process.stdout.write(`${text}\n`);

export const commands: Record<string, Command> = {
  up: async (line) => {
    const ttlSeconds = whole(line, "ttl", 5, 600);
    const loopWaitSeconds = whole(line, "loop-wait", 1, 300);
    const retryTimeoutSeconds = whole(line, "retry-timeout", 3, 300);
    const hosts = whole(line, "hosts", 1, HOST_COUNT_MAX);
    const release = releaseOf(line);
    await ensureUp({
      ...(release === undefined ? {} : { release }),
      ...(hosts === undefined ? {} : { hosts }),
      timing: {
        ...(ttlSeconds === undefined ? {} : { ttlSeconds }),
        ...(loopWaitSeconds === undefined ? {} : { loopWaitSeconds }),
        ...(retryTimeoutSeconds === undefined ? {} : { retryTimeoutSeconds }),
      },
      backup: line.values["no-backup"] !== true,
      fresh: line.values.fresh === true,
      report: print,
    });
    return 0;
  },
  down: async () => {
    const started = Date.now();
    await down();
    print(`down in ${((Date.now() - started) / 1000).toFixed(1)} s`);
    return 0;
  },
  status: async () => {
    readCluster();
    await ensureFence();
    print(statusTable(await readTruth()));
    return 0;
  },
  exec: async ({ words: [name, ...argv] }) => execAttached(hostOf(name), argv),
  settle: async () => {
    const started = Date.now();
    const truth = await settle({ onProblem: print });
    print(`settled in ${((Date.now() - started) / 1000).toFixed(1)} s, ${truth.writable[0]} leads`);
    return 0;
  },
  switchover: async ({ words: [candidate] }) => {
    const answer = await switchover(candidate === undefined ? undefined : hostOf(candidate));
    print(`${answer.status} ${answer.text}`);
    return answer.status === 200 ? 0 : 1;
  },
  cut: async ({ words: [name] }) => {
    await cut(hostOf(name));
    return 0;
  },
  heal: async ({ words: [name] }) => {
    await heal(hostOf(name));
    return 0;
  },
  truth: async (line) => {
    await ensureFence();
    if (line.values.follow !== true) {
      print(JSON.stringify(await readTruth(), null, 2));
      return 0;
    }
    const stop = followTruth(whole(line, "every", 50, 60_000) ?? 250, (truth) => print(JSON.stringify(truth)));
    await interrupted();
    stop();
    return 0;
  },
  config: async (line) => {
    const text = labConfigYaml();
    const out = line.values.out;
    if (typeof out === "string") writeFileSync(out, text, { mode: 0o600 });
    else process.stdout.write(text);
    return 0;
  },
  load: async (line) => {
    const [seconds, clients, rate] = [
      whole(line, "seconds", 1, 86_400),
      whole(line, "clients", 1, 200),
      whole(line, "rate", 1, 1e6),
    ];
    const stop = new AbortController();
    void interrupted().then(() => stop.abort());
    await runLoad({
      ...(seconds === undefined ? {} : { seconds }),
      ...(clients === undefined ? {} : { clients }),
      ...(rate === undefined ? {} : { rate }),
      signal: stop.signal,
      onLine: print,
    });
    return 0;
  },
  logs: async (line) => {
    const [name, log = "patroni"] = line.words;
    if (![...SERVICES, "boot", "relay"].includes(log)) throw new LabError("usage", `no such log: ${log}`);
    print(logTail(logFile(hostOf(name), log), whole(line, "lines", 1, 1e6) ?? 50));
    return 0;
  },
  tree: async (line) => {
    await checkRequirements();
    const tree = await withLock(() => ensureTree(releaseOf(line) ?? "trixie", print));
    print(tree.built ? `built in ${tree.seconds.toFixed(0)} s: ${tree.path}` : `cached: ${tree.path}`);
    return 0;
  },
  world: async ({ words: [name = "", ...argv] }) => {
    if (argv.length === 0) throw new LabError("usage", "world NAME COMMAND...");
    await checkRequirements();
    return runInWorld(name, argv);
  },
  ...Object.fromEntries(ACTIONS.map((action) => [action, serviceCommand(action)])),
};

function serviceCommand(action: ServiceAction): Command {
  return async ({ words: [name, target] }) => {
    const known = [...SERVICES, "all"].find((each) => each === target);
    if (known === undefined) throw new LabError("usage", `${action} HOST ${[...SERVICES, "all"].join("|")}`);
    await service(action, hostOf(name), known as ServiceName | "all");
    return 0;
  };
}

function hostOf(name: string | undefined): HostName {
  const { hosts } = readCluster();
  const host = hosts.find((each) => each === name);
  if (host === undefined) throw new LabError("usage", `HOST is one of ${hosts.join(", ")}`);
  return host;
}

function releaseOf(line: CommandLine): Release | undefined {
  const { release } = line.values;
  if (release === undefined) return undefined;
  const known = RELEASES.find((each) => each === release);
  if (known === undefined) throw new LabError("usage", `--release is one of ${RELEASES.join(", ")}`);
  return known;
}

function whole(line: CommandLine, name: string, min: number, max: number): number | undefined {
  const value = line.values[name];
  if (value === undefined) return undefined;
  const number = Number(value);
  if (Number.isInteger(number) && number >= min && number <= max) return number;
  throw new LabError("usage", `--${name} is a whole number from ${min} to ${max}`);
}

/** Runs in the caller's terminal, so that `exec node1 psql` can be talked to. */
function execAttached(host: HostName, argv: string[]): Promise<number> {
  if (argv.length === 0) throw new LabError("usage", "exec HOST COMMAND...");
  const [command = "nsenter", ...args] = enter(hostPid(host), argv);
  const env = { ...cleanEnv("tool"), TERM: process.env.TERM ?? "dumb" };
  const child = spawn(command, args, { stdio: "inherit", env });
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", (code) => resolve(code ?? 1));
  });
}

function interrupted(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => resolve());
  });
}
