import type { Metadata } from "next";
import { serverT } from "../../../preferences";
import { type Search, Wall } from "../wall";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await serverT())("wall.name") };
}

/** One cluster, large. */
export default async function WallOfOne(props: { params: Promise<{ scope: string }>; searchParams: Search }) {
  return <Wall scope={decode((await props.params).scope)} search={props.searchParams} />;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
