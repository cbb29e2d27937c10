import type { ReactNode } from "react";

/** The page for a bad moment: the ring, open wide, and one way on. */
export function Trouble({
  code,
  title,
  text,
  children,
}: {
  code?: string;
  title: string;
  text: string;
  children: ReactNode;
}) {
  return (
    <main
      id="main"
      className="page flex min-h-dvh max-w-xl flex-col items-center justify-center py-16 text-center"
    >
      <div className="relative mb-8 grid size-40 place-items-center">
        <svg viewBox="0 0 160 160" aria-hidden="true" className="absolute inset-0">
          <path
            d="M110.4 21.4A66 66 0 1 0 143.0 60.2"
            fill="none"
            stroke="var(--brand)"
            strokeWidth="14"
            strokeLinecap="round"
            pathLength="100"
            strokeDasharray="100"
            className="animate-ring [--ring-length:100]"
          />
          <circle cx="130.6" cy="37.6" r="10" fill="#f2a93b" />
        </svg>
        {code && <span className="text-3xl font-semibold tracking-tight tabular-nums">{code}</span>}
      </div>
      <h1 className="text-headline font-semibold">{title}</h1>
      <p className="mt-3 text-lg text-muted">{text}</p>
      <div className="mt-8 flex flex-wrap justify-center gap-3">{children}</div>
    </main>
  );
}
