"use client";
import { Search } from "lucide-react";
import type { Route } from "next";
import { usePathname, useRouter, useSearchParams } from "next/navigation";
import { useEffect, useRef, useState, useTransition } from "react";
import { InputWith } from "@/components/ui/input";
import { Spinner } from "@/components/ui/spinner";

const PAUSE_MS = 250;

/** A search that answers while one types; without script it is a plain form. */
export function SearchBox({
  name = "q",
  label,
  placeholder,
  className,
}: {
  name?: string;
  label: string;
  placeholder: string;
  className?: string;
}) {
  const router = useRouter();
  const pathname = usePathname();
  const params = useSearchParams();
  const [text, setText] = useState(params.get(name) ?? "");
  const [isPending, start] = useTransition();
  const asked = useRef(text);
  useEffect(() => {
    if (text === asked.current) return;
    const timer = setTimeout(() => {
      asked.current = text;
      const next = new URLSearchParams(params);
      next.delete("cursor");
      next.delete("back");
      if (text.trim()) next.set(name, text);
      else next.delete(name);
      start(() => router.replace(`${pathname}?${next}` as Route, { scroll: false }));
    }, PAUSE_MS);
    return () => clearTimeout(timer);
  }, [text, name, params, pathname, router]);
  return (
    <search className={className}>
      <form action={pathname}>
        <InputWith
          type="search"
          name={name}
          aria-label={label}
          placeholder={placeholder}
          value={text}
          maxLength={100}
          autoComplete="off"
          onChange={(event) => setText(event.target.value)}
          before={isPending ? <Spinner /> : <Search aria-hidden="true" />}
        />
      </form>
    </search>
  );
}
