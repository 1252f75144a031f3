const KEY = Symbol.for("matriarch.stream-clients");
type Slot = { [KEY]?: number };

/** How many browsers hold a stream of changes now. */
export const streamClients = (): number => (globalThis as Slot)[KEY] ?? 0;

/** Counts one more until the returned function is called, once. */
export function countStream(): () => void {
  const slot = globalThis as Slot;
  slot[KEY] = streamClients() + 1;
  return () => {
    slot[KEY] = Math.max(0, streamClients() - 1);
  };
}
