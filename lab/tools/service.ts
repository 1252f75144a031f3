import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { connect, createServer } from "node:net";
import { LabError } from "../errors";
import { tail, until } from "../run";

/** A program that serves a port of loopback until it is stopped. */
export type Service = { readonly port: number; stop(): Promise<void> };

const START_MS = 20_000;
const STOP_MS = 5_000;

/** Starts a program and waits until its port is open. */
export async function startService(
  argv: readonly string[],
  port: number,
  options: { readonly env: NodeJS.ProcessEnv; readonly cwd: string },
): Promise<Service> {
  const [command = "", ...args] = argv;
  const child = spawn(command, args, { ...options, stdio: ["ignore", "pipe", "pipe"] });
  const output = { text: "" };
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (chunk: string) => {
      output.text = `${output.text}${chunk}`.slice(-8_000);
    });
  }
  const failed: { error: Error | null } = { error: null };
  child.once("error", (error) => {
    failed.error = error;
  });
  const service = { port, stop: () => stop(child) };
  try {
    await until(`${command} to listen on port ${port}`, START_MS, async () => {
      if (failed.error || child.exitCode !== null)
        throw new LabError("command-failed", `${command} did not start\n${tail(output.text, 12)}`);
      return (await isOpen(port)) ? true : undefined;
    });
  } catch (error) {
    await service.stop();
    throw error;
  }
  return service;
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const left = once(child, "exit");
  child.kill("SIGTERM");
  const timer = setTimeout(() => child.kill("SIGKILL"), STOP_MS);
  await left;
  clearTimeout(timer);
}

function isOpen(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host: "127.0.0.1", port });
    const end = (open: boolean) => {
      socket.destroy();
      resolve(open);
    };
    socket.once("connect", () => end(true));
    socket.once("error", () => end(false));
  });
}

/** A port of loopback that nobody listens on now. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
