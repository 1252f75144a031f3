/** The token in the address of a page of the wall; null where there is none. */
export const tokenIn = (href: string): string | null => new URL(href).searchParams.get("token");

/** The same address without the token, as a path. */
export function withoutToken(href: string): string {
  const url = new URL(href);
  url.searchParams.delete("token");
  return `${url.pathname}${url.search}`;
}
