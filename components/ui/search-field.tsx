"use client";
import { clsx } from "clsx";
import { Search } from "lucide-react";
import { useEffect, useRef, useState } from "react";

const TYPED_MS = 300;

/** Search words, taken over when the typing pauses. */
export function SearchField(props: {
  value: string;
  label: string;
  className?: string;
  onChange: (words: string) => void;
}) {
  const { value, label } = props;
  const [text, setText] = useState(value);
  const latest = useRef(props);
  useEffect(() => {
    latest.current = props;
  });
  useEffect(() => setText(value), [value]);
  useEffect(() => {
    if (text.trim() === latest.current.value) return;
    const timer = setTimeout(() => latest.current.onChange(text.trim()), TYPED_MS);
    return () => clearTimeout(timer);
  }, [text]);
  return (
    <label className={clsx("relative flex min-w-48 flex-1 items-center sm:max-w-80", props.className)}>
      <Search size={14} aria-hidden="true" className="absolute left-2.5 text-ink-3" />
      <input
        type="search"
        value={text}
        onChange={(event) => setText(event.target.value)}
        placeholder={label}
        aria-label={label}
        className="h-8 w-full min-w-0 rounded-md border border-line-strong bg-surface px-2 pl-8 text-sm text-ink"
      />
    </label>
  );
}
