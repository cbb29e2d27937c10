import { BadgePercent, Ticket, TicketCheck } from "lucide-react";
import { getTranslations } from "next-intl/server";
import { Badge } from "@/components/ui/badge";
import { TimelineLine } from "./timeline-line";
import { PurchaseLink, type RowProps, time } from "./timeline-parts";

/** A reward, package or gift the member got. */
export async function Rewarded(props: RowProps<"reward">) {
  const { entry, reading } = props;
  const t = await getTranslations("profile.timeline.reward");
  const key = t.has(entry.by as "gift") ? (entry.by as "gift") : "other";
  const { pricePoints, priceMinor } = entry;
  return (
    <TimelineLine
      icon={<Ticket />}
      tone="brand"
      title={t(key, { name: entry.name })}
      badge={entry.withdrawnAt !== null && <Badge tone="danger">{t("withdrawn")}</Badge>}
      facts={[
        time(props),
        entry.uses > 1 && t("uses", { count: entry.uses }),
        entry.staffName,
        entry.comment,
      ]}
      amount={
        entry.by === "bought" && pricePoints !== null ? (
          <span className="text-muted tabular-nums">{reading.f.pointsSigned(-BigInt(pricePoints))}</span>
        ) : entry.by === "sold" && priceMinor !== null ? (
          <span className="font-medium tabular-nums">
            {reading.f.money(BigInt(priceMinor), { whole: "drop" })}
          </span>
        ) : undefined
      }
    />
  );
}

/** One use of something held. */
export async function Used(props: RowProps<"use">) {
  const { entry, reading } = props;
  const t = await getTranslations("profile.timeline");
  return (
    <TimelineLine
      icon={<TicketCheck />}
      tone="success"
      title={t("used", { name: entry.name })}
      badge={entry.state === "undone" && <Badge tone="danger">{t("undone")}</Badge>}
      facts={[
        time(props),
        entry.location,
        entry.staffName,
        entry.operationId !== null && <PurchaseLink id={entry.operationId} reading={reading} />,
      ]}
    />
  );
}

/** Money moved on the member's certificate. */
export async function Certificate(props: RowProps<"certificate">) {
  const { entry, reading } = props;
  const t = await getTranslations("profile.timeline.certificate");
  const key = t.has(entry.reason as "sell") ? (entry.reason as "sell") : "sell";
  return (
    <TimelineLine
      icon={<BadgePercent />}
      title={t(key)}
      facts={[
        time(props),
        entry.operationId !== null && <PurchaseLink id={entry.operationId} reading={reading} />,
      ]}
      amount={
        <span className="font-medium tabular-nums">
          {reading.f.money(BigInt(entry.amountMinor), { whole: "drop" })}
        </span>
      }
    />
  );
}
