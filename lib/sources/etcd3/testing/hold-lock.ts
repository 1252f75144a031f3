import type { LockHolder } from "@/lib/domain/actions/facts";
import { type EtcdLockOptions, takeLock } from "../lock";

/** A process that takes a lock and keeps it until it is killed. */
const { who, revision, ...options } = JSON.parse(process.argv[2] ?? "") as EtcdLockOptions & {
  who: LockHolder;
  revision: string;
};
const answer = await takeLock(options, who, revision);
process.stdout.write(`${answer.kind}\n`);
setInterval(() => undefined, 60_000);
