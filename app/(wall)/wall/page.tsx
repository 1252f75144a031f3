import type { Metadata } from "next";
import { serverT } from "../../preferences";
import { type Search, Wall } from "./wall";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await serverT())("wall.name") };
}

/** Every cluster on one screen, for a television. */
export default function WallOfAll(props: { searchParams: Search }) {
  return <Wall scope={null} search={props.searchParams} />;
}
