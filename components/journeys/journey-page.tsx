import Link from "next/link";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { office } from "@/components/office/context";
import { LiveRefresh } from "@/components/office/live-refresh";
import { ClientTexts } from "@/components/shell/client-texts";
import { PageHeader } from "@/components/shell/page-header";
import { Card, CardBody } from "@/components/ui/card";
import { Notice } from "@/components/ui/notice";
import { Progress } from "@/components/ui/progress";
import { TabLinks } from "@/components/ui/tab-links";
import { may } from "@/lib/access";
import { check, journey, people, report, type Shown, vocabulary, webhookSecret } from "@/lib/journeys";
import { allSteps } from "@/lib/journeys/model";
import { parseId } from "@/lib/kernel/ids";
import { Refused } from "@/lib/kernel/refusals";
import { Builder } from "./builder";
import { PeopleView } from "./people-view";
import { ReportView } from "./report-view";
import { StateBadge } from "./state-badge";
import { TurnButtons } from "./turn-buttons";

type Asked = { kind: "journey" | "campaign"; id: string; view: string; before: string };

/** One journey or campaign: its drawing, its people, what it brought. */
export async function JourneyPage({ kind, id: text, view, before }: Asked) {
  const places = kind === "campaign" ? "campaigns" : "journeys";
  const { ctx, locale, f } = await office("journeys:read", `/${places}/${text}`);
  const id = parseId(text);
  if (id === undefined) notFound();
  const shown = await journey(ctx, id).catch(gone);
  if (!shown || shown.kind !== kind) notFound();
  const t = await getTranslations("journeys");
  const base = `/${locale}/office/${places}/${id}` as const;
  const isWriter = may(ctx.actor, "journeys:write");
  const isFrozen = kind === "campaign" && shown.state !== "draft";
  const titleOf = titles(shown, (step) => t(`kind.${step as "wait"}`), {
    locale,
    business: ctx.business.name,
  });
  const known = shown.version === 0 ? "draw" : view;
  const tabs = [
    { href: base, label: t("tab.draw") },
    { href: `${base}?view=people` as const, label: t("tab.people") },
    { href: `${base}?view=report` as const, label: t("tab.report") },
  ];
  return (
    <ClientTexts areas={["common", "office", "codes", "journeys", "people"]}>
      <PageHeader
        title={
          <span className="flex flex-wrap items-center gap-3">
            {shown.name} <StateBadge state={shown.state} />
          </span>
        }
        back={<Link href={`/${locale}/office/${places}`}>{t(`nav.${places}`)}</Link>}
        actions={isWriter && <TurnButtons id={id} kind={kind} state={shown.state} version={shown.version} />}
      />
      {shown.reason !== null && (
        <Notice tone="warning" className="mb-5">
          {t.has(`reason.${shown.reason}` as "reason.other")
            ? t(`reason.${shown.reason}` as "reason.other")
            : t("reason.other")}
        </Notice>
      )}
      {kind === "campaign" && shown.version > 0 && <CampaignProgress shown={shown} />}
      {shown.version > 0 && (
        <TabLinks
          label={t("tab.label")}
          items={tabs}
          current={known === "draw" ? base : `${base}?view=${known}`}
          className="mb-6"
        />
      )}
      {known === "people" && (
        <PeopleView
          people={await people(ctx, { id, step: null, state: null, before: parseId(before) ?? null })}
          f={f}
          locale={locale}
          path={{ kind: places, id }}
          titleOf={titleOf}
        />
      )}
      {known === "report" && <ReportView report={await report(ctx, id)} f={f} titleOf={titleOf} />}
      {known !== "people" && known !== "report" && (
        <Builder
          key={id.toString()}
          drawing={{
            id,
            kind,
            name: shown.name,
            revision: shown.revision,
            version: shown.version,
            definition: shown.definition,
          }}
          words={await vocabulary(ctx)}
          problems={isFrozen ? [] : await check(ctx, shown.definition)}
          people={shown.steps.map(({ step, here, passed }) => ({ step, here, passed }))}
          secret={isWriter ? webhookSecret(ctx) : ""}
          zone={ctx.business.zone}
          isReadOnly={!isWriter || isFrozen}
        />
      )}
      {shown.state === "live" && known !== "draw" && <LiveRefresh />}
    </ClientTexts>
  );
}

const gone = (error: unknown): undefined => {
  if (error instanceof Refused && error.code === "not_found") return undefined;
  throw error;
};

/** What to call a step in lists: a message by its title, the others by their kind. */
function titles(
  shown: Shown,
  kindOf: (kind: string) => string,
  { locale, business }: { locale: string; business: string },
): (step: string) => string {
  const all = [...(shown.live ? allSteps(shown.live.steps) : []), ...allSteps(shown.definition.steps)];
  const names = new Map(
    all.toReversed().map((step) => {
      if (step.kind !== "message") return [step.id, kindOf(step.kind)];
      const locales: Partial<Record<string, { title: string }>> = step.content?.locales ?? {};
      const title = (locales[locale] ?? Object.values(locales)[0])?.title || kindOf("message");
      return [step.id, title.replaceAll("{business}", business)];
    }),
  );
  return (step) => names.get(step) ?? step;
}

async function CampaignProgress({ shown }: { shown: Shown }) {
  const t = await getTranslations("journeys.campaign");
  const all = Object.values(shown.states).reduce((sum, count) => sum + count, 0);
  const waiting = shown.states.active ?? 0;
  return (
    <Card className="mb-6">
      <CardBody className="grid gap-2">
        <p className="text-sm text-muted">
          {shown.enrolledTo !== null ? t("letting") : t("progressOf", { done: all - waiting, all })}
        </p>
        <Progress value={all === 0 ? 0 : (all - waiting) / all} label={t("progress")} />
      </CardBody>
    </Card>
  );
}
