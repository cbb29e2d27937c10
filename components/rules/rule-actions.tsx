"use client";
import { Archive, Pause, Play } from "lucide-react";
import { useTranslations } from "next-intl";
import { ConfirmButton } from "@/components/office/confirm-button";
import { FailureNotice } from "@/components/office/failure-notice";
import { useAct } from "@/components/office/use-act";
import { Button } from "@/components/ui/button";
import { archiveRule, saveRule } from "@/lib/program/actions";
import type { RuleBody } from "@/lib/program/model";

/** Pausing, going on and taking out, each as a version of its own. */
export function RuleActions({ id, body, basedOn }: { id: bigint; body: RuleBody; basedOn: number }) {
  const t = useTranslations("rules.list");
  const toggle = useAct(saveRule, { said: body.isOn ? t("paused") : t("resumed") });
  const archive = useAct(archiveRule, { said: t("archived") });
  const name = body.name;
  return (
    <div className="grid shrink-0 justify-items-end gap-2">
      <div className="flex">
        <Button
          variant="ghost"
          size="sm"
          icon
          busy={toggle.isPending}
          aria-label={body.isOn ? t("pause", { name }) : t("resume", { name })}
          onClick={() => toggle.run({ basedOn, id, body: { ...body, isOn: !body.isOn }, from: null })}
        >
          {body.isOn ? <Pause aria-hidden="true" /> : <Play aria-hidden="true" />}
        </Button>
        <ConfirmButton
          label={t("archive", { name })}
          icon={<Archive aria-hidden="true" />}
          title={t("archiveTitle", { name })}
          text={t("archiveText")}
          act={t("archiveDo")}
          isPending={archive.isPending}
          onConfirm={() => archive.run({ basedOn, id })}
        />
      </div>
      <FailureNotice failure={toggle.failure ?? archive.failure} />
    </div>
  );
}
