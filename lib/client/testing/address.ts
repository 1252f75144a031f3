import { useSyncExternalStore } from "react";

/**
 * The page's address as Next.js gives it to components, for tests outside of it: follows `history.replaceState` as the real
 * router does. Use: `vi.mock("next/navigation", () => import("@/lib/client/testing/address"))`.
 */
const listeners = new Set<() => void>();
const replace = window.history.replaceState.bind(window.history);
window.history.replaceState = (...args) => {
  replace(...args);
  for (const listener of listeners) listener();
};
const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

export function useSearchParams(): URLSearchParams {
  const text = useSyncExternalStore(
    subscribe,
    () => window.location.search,
    () => "",
  );
  return new URLSearchParams(text);
}

export const useParams = () => ({});
export const useRouter = () => ({ push: () => undefined, refresh: () => undefined });
