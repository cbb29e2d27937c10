"use client";
import { useId } from "react";
import { CATEGORY_NAME_MAX } from "@/lib/catalog/model";
import { Field } from "../ui/field";
import { Input } from "../ui/input";

/** A category of the catalogue, old or new: what is there already is offered while one types. */
export function CategoryField({
  value,
  onValue,
  categories,
  ...field
}: {
  label: string;
  hint: string;
  error: string | undefined;
  optional?: string;
  value: string;
  onValue: (name: string) => void;
  categories: readonly string[];
}) {
  const id = useId();
  return (
    <>
      <Field {...field}>
        <Input
          list={id}
          value={value}
          maxLength={CATEGORY_NAME_MAX}
          autoComplete="off"
          onChange={(event) => onValue(event.target.value)}
        />
      </Field>
      <datalist id={id}>
        {categories.map((name) => (
          <option key={name} value={name} />
        ))}
      </datalist>
    </>
  );
}
