import { notifyManager, QueryClient } from "@tanstack/react-query";
import { problemOf } from "./api";

// The default hands changes to React in a later task; a new leader should be painted with the frame that brought it.
notifyManager.setScheduler(queueMicrotask);

const NEVER_AGAIN = new Set(["unauthorized", "forbidden", "not-found"]);

/** Pushed data never goes stale by a timer of ours, and a wall on a LAN must not pause because the browser feels offline. */
export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: Number.POSITIVE_INFINITY,
        gcTime: Number.POSITIVE_INFINITY,
        networkMode: "always",
        refetchOnWindowFocus: false,
        refetchOnReconnect: false,
        retry: (failures, error) => failures < 2 && !NEVER_AGAIN.has(problemOf(error).kind),
      },
    },
  });
}

let browserClient: QueryClient | undefined;

/** One client a tab; one a request on the server, where sharing would leak one reader's data to another. */
export function queryClient(): QueryClient {
  if (typeof window === "undefined") return createQueryClient();
  browserClient ??= createQueryClient();
  return browserClient;
}
