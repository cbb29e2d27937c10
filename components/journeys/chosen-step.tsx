"use client";
import { ArrowDown, ArrowUp, Trash2 } from "lucide-react";
import { useTranslations } from "next-intl";
import { IconButton } from "@/components/ui/button";
import { Card, CardBody, CardHeader, CardTitle } from "@/components/ui/card";
import type { Vocabulary } from "@/lib/journeys";
import { allSteps, placeOf, readStep } from "@/lib/journeys/model";
import type { Definition, Step } from "@/lib/journeys/schema";
import type { Canvas } from "./flow";
import { StepFields } from "./step-fields";

/** The step that was chosen on the board: its fields, and buttons that move or remove it. */
export function ChosenStep({
  canvas,
  definition,
  words,
  secret,
  onChange,
}: {
  canvas: Canvas;
  definition: Definition;
  words: Vocabulary;
  secret: string;
  onChange: (step: Step) => void;
}) {
  const t = useTranslations("journeys");
  const all = allSteps(definition.steps);
  const step = all.find((one) => one.id === canvas.chosen);
  const place = step && placeOf(definition.steps, step.id);
  if (!step || !place) return <p className="px-1 text-sm text-muted">{t("draw.select")}</p>;
  const messages = all
    .filter((one) => one.kind === "message" && one.id !== step.id)
    .map((one) => ({ id: one.id, name: readStep(one, canvas.reader) }));
  return (
    <Card>
      <CardHeader>
        <CardTitle>{t(`kind.${step.kind}`)}</CardTitle>
        {!canvas.isReadOnly && (
          <div className="flex gap-1">
            <IconButton
              label={t("draw.up")}
              disabled={place.index === 0}
              onClick={() => canvas.nudge(step.id, -1)}
            >
              <ArrowUp aria-hidden="true" />
            </IconButton>
            <IconButton
              label={t("draw.down")}
              disabled={place.index === place.count - 1}
              onClick={() => canvas.nudge(step.id, 1)}
            >
              <ArrowDown aria-hidden="true" />
            </IconButton>
            <IconButton label={t("draw.remove")} onClick={() => canvas.remove(step.id)}>
              <Trash2 aria-hidden="true" />
            </IconButton>
          </div>
        )}
      </CardHeader>
      <CardBody>
        <fieldset disabled={canvas.isReadOnly} className="min-w-0">
          <legend className="sr-only">{t(`kind.${step.kind}`)}</legend>
          <StepFields
            key={step.id}
            step={step}
            words={words}
            messages={messages}
            secret={secret}
            onChange={onChange}
          />
        </fieldset>
      </CardBody>
    </Card>
  );
}
