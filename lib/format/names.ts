const LONG = 16;

/**
 * Short forms for a set of names that share a beginning: `pg-erp-moscow-rack07-01` among its like becomes `…rack07-01`. Cut at
 * a separator only, and only where some name is long; what tells names apart is always kept.
 */
export function shortNames(names: readonly string[]): ReadonlyMap<string, string> {
  const distinct = [...new Set(names)];
  const cut = distinct.length > 1 && distinct.some((name) => name.length > LONG) ? commonCut(distinct) : 0;
  return new Map(distinct.map((name) => [name, cut === 0 ? name : `…${name.slice(cut)}`]));
}

/** Length of the longest shared beginning that ends with a separator. */
function commonCut(names: readonly string[]): number {
  const [first = "", ...rest] = names;
  let shared = 0;
  while (shared < first.length && rest.every((name) => name[shared] === first[shared])) shared += 1;
  return Math.max(...["-", ".", "_"].map((mark) => first.slice(0, shared).lastIndexOf(mark) + 1));
}
