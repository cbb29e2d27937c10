import { Field } from "../ui/field";
import { Input } from "../ui/input";

/** What a reward, a promo code or a row of stamps is called. */
export function NameField({
  value,
  max = 80,
  onValue,
  ...field
}: {
  label: string;
  hint?: string;
  error: string | undefined;
  value: string;
  /** Letters. */
  max?: number;
  onValue: (name: string) => void;
}) {
  return (
    <Field {...field}>
      <Input
        value={value}
        onChange={(event) => onValue(event.target.value)}
        maxLength={max}
        autoComplete="off"
        required
      />
    </Field>
  );
}
