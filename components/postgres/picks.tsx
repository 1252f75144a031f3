"use client";
import { clsx } from "clsx";
import Link from "next/link";
import type { ReactNode } from "react";

/** A row of choices that are addresses: one of them is where the reader is. */
export function Picks(props: { label: string; children: ReactNode }) {
  return (
    <nav aria-label={props.label} className="-mx-3 overflow-x-auto px-3 py-0.5 sm:mx-0 sm:px-0.5">
      <ul className="flex min-w-max gap-1.5 sm:min-w-0 sm:flex-wrap">{props.children}</ul>
    </nav>
  );
}

export function Pick(props: { href: string; chosen: boolean; title?: string; children: ReactNode }) {
  return (
    <li className="min-w-0">
      <Link
        href={props.href}
        replace
        scroll={false}
        prefetch={false}
        title={props.title}
        aria-current={props.chosen ? "true" : undefined}
        className={clsx(
          "flex max-w-72 items-center gap-1.5 rounded-md border px-2.5 py-1 text-sm whitespace-nowrap",
          props.chosen
            ? "border-accent bg-accent-soft font-semibold text-ink"
            : "border-line text-ink-2 hover:border-line-strong hover:text-ink",
        )}
      >
        {props.children}
      </Link>
    </li>
  );
}
