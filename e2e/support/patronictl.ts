import { type HostName, patronictl } from "@/lab/index";

/** One row of `patronictl list`, in its own words. */
export type Listed = {
  readonly Member: string;
  readonly Role: string;
  readonly State: string;
  readonly TL: number | string;
  readonly "Pending restart"?: string;
};

/** The members as `patronictl list` on a host of the cluster has them. */
export async function listed(host: HostName): Promise<readonly Listed[]> {
  return JSON.parse(await run(host, ["list", "-f", "json"])) as Listed[];
}

/** Whom `patronictl list` calls the leader. */
export async function listedLeader(host: HostName): Promise<string | null> {
  return (await listed(host)).find(({ Role }) => Role === "Leader")?.Member ?? null;
}

/** `patronictl list` as a person reads it: with what is scheduled, and whether it is paused. */
export const listedText = (host: HostName): Promise<string> => run(host, ["list"]);

/** The dynamic configuration as `patronictl show-config` has it. */
export const shownConfig = (host: HostName): Promise<string> => run(host, ["show-config"]);

/** Sets something up behind the dashboard's back. */
export async function run(host: HostName, args: readonly string[]): Promise<string> {
  const { code, stdout, stderr } = await patronictl(host, args);
  if (code !== 0) throw new Error(`patronictl ${args.join(" ")} on ${host}: ${stderr || stdout}`);
  return stdout;
}
