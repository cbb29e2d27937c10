/** What rules gave while the past is played: what their limits and budgets count. */
import type { Day } from "../../../kernel/time";
import type { Programme, PurchaseEffect } from "../../model";
import { hasMemory, type Ready } from "../../rules/compile/model";
import type { RuleUse } from "../../rules/model";

type Use = { readonly amount: bigint; readonly times: number };

export class Memory {
  private readonly uses = new Map<bigint, Map<string, Use>>();
  private readonly budgets = new Map<string, Use>();
  private readonly asked = new Map<Programme, readonly Ready[]>();
  private readonly share: number;

  /** `share`: one of so many members is played; a budget is everybody's. */
  constructor(share: number) {
    this.share = share;
  }

  /** What a rule had given before: to a member in a period, or of its budget (no member). */
  used(memberId: bigint | null, ruleId: bigint, period: string, amount: bigint, times: number): void {
    if (memberId === null) this.budgets.set(ruleId.toString(), { amount, times });
    else this.usesBy(memberId).set(`${ruleId} ${period}`, { amount, times });
  }

  /** Counts what a rule gave, or what a refund took back. */
  keep(memberId: bigint, { ref, detail }: PurchaseEffect, amount: bigint, times: number): void {
    const periods = detail.periods as unknown as readonly { key: string }[];
    for (const { key } of periods) count(this.usesBy(memberId), `${ref} ${key}`, amount, times);
    if (detail.budget !== null) count(this.budgets, ref, amount * BigInt(this.share), times);
  }

  /** What the rules of a programme that ask for it gave a member, and of their budgets. */
  of(memberId: bigint, programme: Programme, today: Day): RuleUse[] {
    const mine = this.uses.get(memberId);
    const keys = [
      ["day", `day ${today}`],
      ["month", `month ${today.slice(0, 7)}`],
      ["ever", "ever"],
    ] as const;
    const uses: RuleUse[] = [];
    for (const { rule, key } of this.askedBy(programme)) {
      for (const [period, name] of mine ? keys : []) {
        const use = mine?.get(`${key} ${name}`);
        if (use) uses.push({ ruleId: rule.id, period, ...use });
      }
      const budget = rule.caps.budget === null ? undefined : this.budgets.get(key);
      if (budget) uses.push({ ruleId: rule.id, period: "budget", ...budget });
    }
    return uses;
  }

  private askedBy(programme: Programme): readonly Ready[] {
    let rules = this.asked.get(programme);
    if (!rules) {
      const all = programme.rules?.all ?? [];
      rules = all.filter(({ rule }) => hasMemory(rule) || rule.caps.budget !== null);
      this.asked.set(programme, rules);
    }
    return rules;
  }

  private usesBy(memberId: bigint): Map<string, Use> {
    let mine = this.uses.get(memberId);
    if (!mine) this.uses.set(memberId, (mine = new Map()));
    return mine;
  }
}

function count(uses: Map<string, Use>, key: string, amount: bigint, times: number): void {
  const known = uses.get(key);
  uses.set(key, { amount: (known?.amount ?? 0n) + amount, times: (known?.times ?? 0) + times });
}
