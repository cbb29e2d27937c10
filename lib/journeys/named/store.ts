import "server-only";
import type { Tx } from "../../platform/db";
import type { NamedIds, NamedKind } from "./model";

type Rows = Promise<readonly { id: bigint }[]>;

/** Which of some ids are still there and in use. A kind nobody names is not asked about. */
export async function there(
  tx: Tx,
  businessId: bigint,
  named: NamedIds,
): Promise<Map<NamedKind, Set<string>>> {
  const select = { id: true } as const;
  const among = (kind: NamedKind) => ({ businessId, id: { in: named[kind].map(BigInt) } });
  const live = (kind: NamedKind) => ({ ...among(kind), archivedAt: null });
  const asks: Readonly<Record<Exclude<NamedKind, "tier">, () => Rows>> = {
    segment: () => tx.segment.findMany({ where: live("segment"), select }),
    template: () => tx.template.findMany({ where: live("template"), select }),
    tag: () => tx.tag.findMany({ where: among("tag"), select }),
    item: () => tx.item.findMany({ where: live("item"), select }),
    promo: () => tx.promo.findMany({ where: live("promo"), select }),
    reward: () => tx.reward.findMany({ where: live("reward"), select }),
  };
  const found = new Map<NamedKind, Set<string>>();
  for (const kind of ["segment", "template", "tag", "item", "promo", "reward"] as const) {
    const rows = named[kind].length === 0 ? [] : await asks[kind]();
    found.set(kind, new Set(rows.map(({ id }) => id.toString())));
  }
  return found;
}
