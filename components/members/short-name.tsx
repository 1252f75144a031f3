"use client";
import { createContext, type ReactNode, useContext, useMemo } from "react";
import { shortNames } from "@/lib/format/names";

const Names = createContext<ReadonlyMap<string, string>>(new Map());

/** Knows every name of the cluster, so that narrow places can leave out what all of them share. */
export function NameScope(props: { names: readonly string[]; children: ReactNode }) {
  const key = props.names.join("\n");
  const names = useMemo(() => shortNames(key.split("\n")), [key]);
  return <Names value={names}>{props.children}</Names>;
}

/** A name's short form where there is one. The whole name belongs in a title beside it. */
export function useShortName(): (name: string) => string {
  const names = useContext(Names);
  return (name) => names.get(name) ?? name;
}
