import type { Operation } from "@/lib/sales";

export const OPERATION_NAMES = ["purchase", "refund", "welcome", "voucher", "given", "deducted"] as const;
export type OperationName = (typeof OPERATION_NAMES)[number];

/** What people call an operation: a grant goes by its reason. A key of `office.operation.name`. */
export function operationName(operation: Pick<Operation, "kind" | "because" | "pointsSpent">): OperationName {
  if (operation.kind !== "grant") return operation.kind;
  const [first] = operation.because;
  if (first?.code === "welcome" || first?.code === "voucher") return first.code;
  return operation.pointsSpent > 0n ? "deducted" : "given";
}
