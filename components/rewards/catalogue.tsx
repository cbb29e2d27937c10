import { Gift, Plus, Ticket } from "lucide-react";
import { getTranslations } from "next-intl/server";
import { may } from "@/lib/access";
import { rewards } from "@/lib/program";
import type { Office } from "../office/context";
import { Button } from "../ui/button";
import { Card } from "../ui/card";
import { EmptyState } from "../ui/empty-state";
import { rewardChoices } from "./choices";
import { RewardsFrame } from "./office-frame";
import { RewardDialog } from "./reward-dialog";
import { RewardList } from "./reward-list";

/** The catalogue, or only its packages of visits. */
export async function Catalogue({ tab, ctx, locale, f }: Office & { tab: "catalogue" | "packages" }) {
  const [t, all, choices] = await Promise.all([
    getTranslations("rewards.reward"),
    rewards(ctx),
    rewardChoices(ctx),
  ]);
  const isPackages = tab === "packages";
  const shown = all.filter(({ uses, priceMinor }) => (uses > 1 || priceMinor !== null) === isPackages);
  const mayWrite = may(ctx.actor, "programme:write");
  const add = mayWrite && (
    <RewardDialog
      choices={choices}
      preset={isPackages ? "package" : "reward"}
      trigger={
        <Button>
          <Plus aria-hidden="true" />
          {t(isPackages ? "addPackage" : "add")}
        </Button>
      }
    />
  );
  return (
    <RewardsFrame tab={tab} locale={locale} actions={shown.length > 0 && add}>
      <Card>
        {shown.length === 0 ? (
          <EmptyState
            icon={isPackages ? <Ticket /> : <Gift />}
            title={t(isPackages ? "noPackages" : "none")}
            action={add}
          >
            {t(isPackages ? "noPackagesText" : "noneText")}
          </EmptyState>
        ) : (
          <RewardList rewards={shown} choices={choices} mayWrite={mayWrite} now={ctx.now} f={f} />
        )}
      </Card>
    </RewardsFrame>
  );
}
