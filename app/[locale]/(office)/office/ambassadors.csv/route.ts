import { currentStaff, problem } from "@/lib/access";
import { Refused } from "@/lib/kernel/refusals";
import { displayName } from "@/lib/members/model";
import { decimalText } from "@/lib/platform/i18n/amount";
import { everyAmbassador } from "@/lib/referrals";

const HEAD = "member,name,opened,joined,bought,joined_further,friends_paid,friends_paid_further,points_given";

/** Inviters as a file for a spreadsheet, most money first: plain numbers, dots for decimals. */
export async function GET(): Promise<Response> {
  try {
    const ctx = await currentStaff();
    if (!ctx) throw new Refused("unauthenticated");
    const lines = [HEAD];
    for await (const rows of everyAmbassador(ctx))
      for (const row of rows)
        lines.push(
          [
            row.memberId,
            quoted(displayName(row)),
            row.opened,
            row.joined,
            row.bought,
            row.farJoined,
            ...[row.cashMinor, row.farCashMinor, row.points].map(decimalText),
          ].join(","),
        );
    return new Response(`${lines.join("\r\n")}\r\n`, {
      headers: {
        "Content-Type": "text/csv; charset=utf-8",
        "Content-Disposition": `attachment; filename="kolo-${ctx.business.slug}-ambassadors.csv"`,
        "Cache-Control": "private, no-store",
      },
    });
  } catch (error) {
    return problem(error);
  }
}

/** A text in quotes; what a spreadsheet would take for a formula is led by an apostrophe. */
function quoted(text: string): string {
  const plain = /^[=+\-@\t\r]/.test(text) && !/^\+\d+$/.test(text) ? `'${text}` : text;
  return `"${plain.replaceAll('"', '""')}"`;
}
