"use client";
import { createContext, useContext } from "react";
import type { Finding, RuleBody, When } from "@/lib/program/model";
import type { RowKey } from "./conditions";
import type { Words } from "./words";

export type Editing = {
  readonly body: RuleBody;
  readonly words: Words;
  readonly unit: string;
  readonly today: string;
  readonly missing: readonly RowKey[];
  readonly findings: readonly Finding[];
  /** Changes parts of the rule; `undefined` from a field says that it holds no value, so the part stays as it was. */
  readonly change: (part: Partial<RuleBody>) => void;
  readonly ask: (part: Partial<When>) => void;
  /** Marks a named field as holding no value, or a value again. */
  readonly mark: (field: string, isFine: boolean) => void;
};

export const EditContext = createContext<Editing | null>(null);

/** The rule being written, for the fields of its editor. */
export function useEditing(): Editing {
  const editing = useContext(EditContext);
  if (!editing) throw new Error("fields of a rule stand inside its editor");
  return editing;
}
