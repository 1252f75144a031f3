import { problemResponse } from "@/lib/contract/problem";
import type { ClusterScope } from "@/lib/domain/ids";
import { history } from "@/lib/history/current";
import type { History, Stored } from "@/lib/history/types";
import { live } from "@/lib/live/current";
import { configuredScope, noSuchCluster } from "./with-snapshot";

/** Answers from the record of a configured cluster; a problem when there is no such cluster, or no record yet. */
export async function withRecord(
  scope: string,
  answer: (record: History, scope: ClusterScope) => Response | Promise<Response>,
): Promise<Response> {
  const store = live();
  const record = history();
  if (!store || !record) return problemResponse("not-started");
  const known = configuredScope(store, scope);
  return known ? await answer(record, known) : noSuchCluster(scope);
}

/** What was read, sent; a 503 that says how the store fails. */
export function sendStored<T>(stored: Stored<T>, send: (value: T) => Response): Response {
  if (stored.ok) return send(stored.value);
  console.error(`The store could not be read: ${stored.failure.text}`);
  return problemResponse("store-failed", `The store of the record: ${stored.failure.kind}.`);
}
