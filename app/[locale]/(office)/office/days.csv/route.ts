import { currentStaff, problem } from "@/lib/access";
import { lastDays } from "@/lib/analytics";
import { Refused } from "@/lib/kernel/refusals";
import { decimalText } from "@/lib/platform/i18n/amount";

/** The last 90 days as a file for a spreadsheet: plain numbers, dots for decimals, dates as ISO. */
export async function GET(): Promise<Response> {
  try {
    const ctx = await currentStaff();
    if (!ctx) throw new Refused("unauthenticated");
    const days = await lastDays(ctx);
    const head =
      "day,visits,returning_visits,new_members,bills,paid,discount,refunded,points_issued,points_spent,points_expired";
    const rows = days.map((day) =>
      [
        day.day,
        day.purchases,
        day.returning,
        day.newMembers,
        ...[
          day.totalMinor,
          day.cashMinor,
          day.discountMinor,
          day.refundedMinor,
          day.pointsIssued,
          day.pointsSpent,
          day.pointsExpired,
        ].map(decimalText),
      ].join(","),
    );
    return new Response(`${[head, ...rows].join("\r\n")}\r\n`, {
      headers: {
        "Content-Type": "text/csv; charset=utf-8",
        "Content-Disposition": `attachment; filename="kolo-${ctx.business.slug}-days.csv"`,
        "Cache-Control": "private, no-store",
      },
    });
  } catch (error) {
    return problem(error);
  }
}
