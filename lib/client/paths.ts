/** Addresses of our own pages; nobody puts one together by hand. */
export const clusterPath = (scope: string): string => `/clusters/${encodeURIComponent(scope)}`;
/** A member's row on its cluster's page. */
export const memberPath = (scope: string, member: string): string => `${clusterPath(scope)}#${memberAnchor(member)}`;
export const memberAnchor = (member: string): string => `member-${encodeURIComponent(member)}`;
export const signInPath = (returnTo: string): string =>
  returnTo === "/" ? "/sign-in" : `/sign-in?callbackUrl=${encodeURIComponent(returnTo)}`;
