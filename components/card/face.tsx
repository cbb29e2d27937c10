import type { ReactNode } from "react";
import { type Accent, accentOf, contrast } from "@/lib/kernel/color";

/** The card itself: the business's colour, its name, what matters most, and a ring that does not quite close. */
export function Face({
  color,
  title,
  corner,
  children,
  foot,
}: {
  color: string;
  title: string;
  corner?: ReactNode;
  children: ReactNode;
  /** The white part with the code. */
  foot?: ReactNode;
}) {
  return (
    <section
      aria-label={title}
      style={{ backgroundImage: sheen(color), ...ring(color) }}
      className="relative isolate flex flex-col overflow-hidden rounded-2xl bg-accent text-on-accent shadow-lift"
    >
      <svg
        viewBox="0 0 200 200"
        aria-hidden="true"
        className="absolute -top-24 -right-20 -z-10 size-72 text-[var(--face-ring)] opacity-[0.13]"
        fill="none"
        stroke="currentColor"
        strokeLinecap="round"
      >
        <path d="M114 38A64 64 0 1 0 162 86" strokeWidth="18" />
        <circle cx="143" cy="57" r="11" fill="currentColor" stroke="none" />
      </svg>
      <div className="flex items-start justify-between gap-3 px-5 pt-5">
        <p className="line-clamp-2 min-w-0 text-lg leading-6 font-semibold tracking-tight wrap-anywhere">
          {title}
        </p>
        {corner}
      </div>
      <div className="px-5 pt-5 pb-5">{children}</div>
      {foot}
    </section>
  );
}

const RING_OPACITY = 0.13;
const TEXT_CONTRAST = 4.5;

/** The ring in the text's own colour where text over it still reads, else in the opposite one. */
function ring(color: string): Record<string, string> {
  const { light, dark } = accentOf(color);
  const pick = ({ fill, onFill }: Accent) => {
    const isReadable = contrast(blend(onFill, fill, RING_OPACITY), onFill) >= TEXT_CONTRAST;
    const isWhite = onFill.toLowerCase() === "#ffffff";
    return isReadable === isWhite ? "#ffffff" : "#000000";
  };
  return { "--face-ring": `light-dark(${pick(light)}, ${pick(dark)})` };
}

/** One hex colour over another. */
function blend(over: string, under: string, opacity: number): string {
  const channel = (hex: string, at: number) => Number.parseInt(hex.slice(at, at + 2), 16);
  const mixed = [1, 3, 5].map((at) =>
    Math.round(channel(over, at) * opacity + channel(under, at) * (1 - opacity)),
  );
  return `#${mixed.map((value) => value.toString(16).padStart(2, "0")).join("")}`;
}

/** A soft turn of light away from the text's colour, so that contrast only grows. */
function sheen(color: string): string {
  const { light, dark } = accentOf(color);
  const away = (onFill: string) =>
    onFill.toLowerCase() === "#ffffff" ? "rgb(0 0 0 / 0.2)" : "rgb(255 255 255 / 0.28)";
  return `linear-gradient(150deg, transparent 35%, light-dark(${away(light.onFill)}, ${away(dark.onFill)}))`;
}

/** A word on the face, such as the tier. */
export function FaceTag({ children }: { children: ReactNode }) {
  return (
    <span className="max-w-[45%] shrink-0 truncate rounded-full border border-current/35 px-3 py-0.5 text-sm leading-6 font-medium">
      {children}
    </span>
  );
}
