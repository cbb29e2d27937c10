import { Mail, Phone } from "lucide-react";
import { getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { Avatar } from "@/components/ui/avatar";
import { Badge } from "@/components/ui/badge";
import { Progress } from "@/components/ui/progress";
import type { MemberView } from "@/lib/insights";
import { displayName } from "@/lib/members/model";
import type { Formats } from "@/lib/platform/i18n/format";
import type { Customer } from "@/lib/sales";
import { HeadFact } from "./head-fact";

/** Who it is and how they stand, at one look: name and contacts, tier, points and their next end, visits, the chance to see them again. */
export async function MemberHead({
  customer,
  tierName,
  view,
  actions,
  f,
  now,
}: {
  customer: Customer;
  tierName: string;
  view: MemberView | undefined;
  actions: ReactNode;
  f: Formats;
  now: Date;
}) {
  const [t, head] = await Promise.all([getTranslations("office.member"), getTranslations("profile.head")]);
  const { member } = customer;
  const name = displayName(member);
  const contact = "inline-flex min-h-6 items-center gap-1.5 wrap-anywhere hover:text-ink";
  return (
    <section aria-label={name} className="panel overflow-hidden">
      <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-4 p-5 sm:p-6">
        <div className="flex min-w-0 flex-1 basis-88 items-start gap-4">
          <Avatar
            name={name}
            seed={member.id.toString()}
            size="xl"
            className="max-sm:size-14 max-sm:text-lg"
          />
          <div className="grid min-w-0 gap-1.5">
            <h1 className="text-2xl font-semibold tracking-tight wrap-anywhere sm:text-[1.75rem] sm:leading-9">
              {name}
            </h1>
            <p className="flex flex-wrap gap-2">
              <Badge tone={customer.tierId === "base" ? "neutral" : "brand"}>{tierName}</Badge>
              {member.blockedAt && <Badge tone="danger">{t("blocked")}</Badge>}
            </p>
            <p className="flex flex-wrap gap-x-4 gap-y-1 text-sm text-muted">
              {member.phone && (
                <a href={`tel:${member.phone}`} className={contact}>
                  <Phone aria-hidden="true" className="size-4 shrink-0" />
                  {member.phone}
                </a>
              )}
              {member.email && (
                <a href={`mailto:${member.email}`} className={contact}>
                  <Mail aria-hidden="true" className="size-4 shrink-0" />
                  {member.email}
                </a>
              )}
              <span className="inline-flex min-h-6 items-center">
                {head("since", { date: f.date(member.createdAt) })}
              </span>
            </p>
          </div>
        </div>
        <div className="flex flex-wrap gap-2">{actions}</div>
      </div>
      <Standing customer={customer} view={view} f={f} now={now} />
    </section>
  );
}

async function Standing({
  customer,
  view,
  f,
  now,
}: {
  customer: Customer;
  view: MemberView | undefined;
  f: Formats;
  now: Date;
}) {
  const [t, head] = await Promise.all([getTranslations("office.member"), getTranslations("profile.head")]);
  const { available, visits, cashSpentMinor } = customer;
  const alive = view?.pAlive ?? null;
  const due = view?.beat ? head("next", { date: f.calendar(view.beat.dueOn, "dayLong") }) : undefined;
  return (
    <dl className="grid grid-cols-2 gap-px border-t bg-line lg:grid-cols-4">
      <HeadFact name={t("balance")} hint={await pointsHint(customer, f)}>
        {f.points(available)}
      </HeadFact>
      <HeadFact name={head("alive")} hint={due ?? (alive === null ? head("aliveUnknown") : undefined)}>
        {alive === null ? (
          "—"
        ) : (
          <span className="grid gap-2">
            {f.percent(alive)}
            <Progress value={alive} label={head("alive")} valueText={f.percent(alive)} />
          </span>
        )}
      </HeadFact>
      <HeadFact
        name={t("visits")}
        hint={customer.lastAt ? t("last", { when: f.days(customer.lastAt, now) }) : t("never")}
      >
        {f.count(visits)}
      </HeadFact>
      <HeadFact
        name={t("spent")}
        hint={
          visits > 0
            ? t("perVisit", { amount: f.money(cashSpentMinor / BigInt(visits), { whole: "drop" }) })
            : undefined
        }
      >
        {f.money(cashSpentMinor, { whole: "drop" })}
      </HeadFact>
    </dl>
  );
}

/** What is to be said of the points: owed, still to come, or the next to end. */
async function pointsHint(customer: Customer, f: Formats): Promise<string> {
  const t = await getTranslations("office.member");
  const { available, pending, pendingAt, expiring, expiresAt } = customer;
  if (available < 0n) return t("owed");
  if (expiresAt && expiring > 0n)
    return t("expiring", {
      points: f.points(expiring),
      date: f.date(new Date(expiresAt.getTime() - 1)),
    });
  if (pending > 0n && pendingAt)
    return t("pendingFrom", { points: f.points(pending), date: f.date(pendingAt) });
  return t("nothingExpires");
}
