"use client";
import { WallNotice } from "@/components/wall/wall-notice";

/** Nobody stands before a wall to press a button: what could not be drawn is loaded anew by itself. */
export default function WallError() {
  return <WallNotice about="not-drawn" />;
}
