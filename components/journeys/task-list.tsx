"use client";
import { Check } from "lucide-react";
import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import { useAct } from "@/components/office/use-act";
import { Button } from "@/components/ui/button";
import { Card, CardBody, CardHeader, CardTitle } from "@/components/ui/card";
import { finishTask } from "@/lib/journeys/actions";

/** What journeys ask the staff to do, each with its member. */
export function TaskList({
  tasks,
}: {
  tasks: readonly { id: bigint; memberId: bigint; name: string | null; title: string }[];
}) {
  const t = useTranslations("journeys.tasks");
  const locale = useLocale();
  const { run, isPending } = useAct(finishTask, { said: t("said") });
  return (
    <Card>
      <CardHeader>
        <CardTitle>{t("title")}</CardTitle>
      </CardHeader>
      <CardBody>
        <ul className="grid gap-2">
          {tasks.map((task) => (
            <li key={String(task.id)} className="flex items-center justify-between gap-4">
              <span className="min-w-0">
                <Link
                  className="font-medium hover:underline"
                  href={`/${locale}/office/members/${task.memberId}`}
                >
                  {task.name ?? String(task.memberId)}
                </Link>
                <span className="block text-sm text-muted">{task.title}</span>
              </span>
              <Button
                variant="secondary"
                size="sm"
                busy={isPending}
                aria-label={`${t("done")}: ${task.title}`}
                onClick={() => run({ id: task.id })}
              >
                <Check aria-hidden="true" />
                {t("done")}
              </Button>
            </li>
          ))}
        </ul>
      </CardBody>
    </Card>
  );
}
