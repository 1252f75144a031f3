const NAME = /^([0-9A-F]{8})([0-9A-F]{8})([0-9A-F]{8})/i;

/**
 * Place of a WAL file in the order in which WAL is written, from its name (24 hexadecimal digits; a `.backup` or `.partial` behind them is
 * ignored). The timeline does not count: after a failover the files go on where the old timeline was left. Anything else is null.
 */
export function walOrder(name: string | null | undefined): bigint | null {
  const match = name ? NAME.exec(name) : null;
  return match?.[2] && match[3] ? (BigInt(`0x${match[2]}`) << 32n) + BigInt(`0x${match[3]}`) : null;
}

/** Whether file `a` is at or before `b`; null when one of them is no WAL file's name. */
export function isWalUpTo(a: string | null | undefined, b: string | null | undefined): boolean | null {
  const [first, second] = [walOrder(a), walOrder(b)];
  return first === null || second === null ? null : first <= second;
}
