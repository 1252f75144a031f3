"use client";
import { useEffect } from "react";
import { signInPath } from "@/lib/client/paths";
import { useLink } from "@/lib/client/use-live";

/** When the server says that the session is over, the reader goes to sign in and comes back to this page. */
export function SignInAgain() {
  const { link } = useLink();
  useEffect(() => {
    if (link.phase !== "unauthorized") return;
    const { pathname, search, hash } = window.location;
    window.location.assign(signInPath(`${pathname}${search}${hash}`));
  }, [link.phase]);
  return null;
}
