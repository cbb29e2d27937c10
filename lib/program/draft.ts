import type { Programme } from "./model";
import { compile } from "./rules/compile/model";
import type { RuleBody } from "./rules/model";

/** A rule that is not saved yet goes by this number. */
const UNSAVED = 1n;
/** No version of any programme: nothing that is kept by version may be kept for a draft. */
const DRAFT_VERSION = -1;

/** A programme with one rule as it is being written, switched on; `id` null: a new one. Answers the number the rule goes by. */
export function withRule(
  programme: Programme,
  id: bigint | null,
  body: RuleBody,
): { programme: Programme; ruleId: bigint } {
  const ruleId = id ?? UNSAVED;
  const others = (programme.rules?.all ?? []).map(({ rule }) => rule).filter((rule) => rule.id !== ruleId);
  const rules = compile([...others, { ...body, id: ruleId, isOn: true }]);
  return { programme: { ...programme, version: DRAFT_VERSION, rules }, ruleId };
}
