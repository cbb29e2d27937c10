import type { ReactNode } from "react";

/** One figure of the head with its name and a line about it. */
export function HeadFact({ name, hint, children }: { name: string; hint?: ReactNode; children: ReactNode }) {
  return (
    <div className="grid content-start gap-1 bg-surface px-5 py-4 sm:px-6">
      <dt className="text-sm text-muted">{name}</dt>
      <dd className="text-xl font-semibold tracking-tight tabular-nums wrap-anywhere xl:text-2xl">
        {children}
      </dd>
      {hint && <dd className="text-sm text-faint">{hint}</dd>}
    </div>
  );
}
