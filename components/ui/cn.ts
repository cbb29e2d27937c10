import { type ClassValue, clsx } from "clsx";
import { twMerge } from "tailwind-merge";

/** Joins class names, the later utility winning over an earlier one of its kind. Heavier than `cx`: not for the card. */
export function cn(...classes: ClassValue[]): string {
  return twMerge(clsx(classes));
}
