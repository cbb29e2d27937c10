"use client";
import { useTranslations } from "next-intl";
import { useMemo, useState } from "react";
import { FailureNotice } from "@/components/office/failure-notice";
import { useAct } from "@/components/office/use-act";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Card, CardBody, CardDescription, CardHeader, CardTitle } from "@/components/ui/card";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Notice } from "@/components/ui/notice";
import type { Vocabulary } from "@/lib/journeys";
import { saveJourney } from "@/lib/journeys/actions";
import {
  freeId,
  insertStep,
  moveStep,
  newStep,
  nudgeStep,
  type Problem,
  readJourney,
  removeStep,
  replaceStep,
} from "@/lib/journeys/model";
import type { Definition, Step } from "@/lib/journeys/schema";
import { CampaignFields } from "./campaign-fields";
import { ChosenStep } from "./chosen-step";
import { type Canvas, Flow } from "./flow";
import { RuleFields, TriggerFields } from "./head-fields";
import { useReader, useSay } from "./reader";
import { Rehearse } from "./rehearse";
import { StartButton } from "./start-button";

export type Drawing = {
  id: bigint;
  kind: "journey" | "campaign";
  name: string;
  revision: number;
  version: number;
  definition: Definition;
};

/** The drawing board: the journey as a list that is also a canvas, what is wrong marked where it is, and one sentence for all of it. */
export function Builder({
  drawing,
  words,
  problems: problemsNow,
  people,
  secret,
  zone,
  isReadOnly,
}: {
  drawing: Drawing;
  words: Vocabulary;
  problems: readonly Problem[];
  people: readonly { step: string; here: number; passed: number }[];
  secret: string;
  /** The business's, in which times are shown. */
  zone: string;
  isReadOnly: boolean;
}) {
  const t = useTranslations("journeys");
  const reader = useReader(words);
  const [name, setName] = useState(drawing.name);
  const [definition, setDefinition] = useState(drawing.definition);
  const [revision, setRevision] = useState(drawing.revision);
  const [problems, setProblems] = useState(problemsNow);
  const [isDirty, setDirty] = useState(false);
  const [chosen, setChosen] = useState<string | null>(null);
  const [shown, setShown] = useState(drawing.revision);
  if (shown !== drawing.revision) {
    setShown(drawing.revision);
    // What somebody else saved is taken over unless it would cost what stands here; one's own saving changes nothing on the board.
    if (drawing.revision > revision && !isDirty) {
      setName(drawing.name);
      setDefinition(drawing.definition);
      setRevision(drawing.revision);
      setProblems(problemsNow);
      setChosen(null);
    }
  }
  const { run, isPending, failure } = useAct(saveJourney, {
    said: t("draw.saved"),
    onDone: (saved) => {
      setRevision(saved.revision);
      setProblems(saved.problems);
      setDirty(false);
    },
  });
  const change = (next: Definition) => {
    setDefinition(next);
    setDirty(true);
  };
  const steps = (next: Step[]) => change({ ...definition, steps: next });
  const byStep = useMemo(() => new Map(people.map((one) => [one.step, one])), [people]);
  const canvas: Canvas = {
    chosen,
    problems,
    people: byStep,
    kinds: words.steps,
    reader,
    isReadOnly,
    choose: setChosen,
    add: (kind, gap) => {
      const id = freeId(definition.steps);
      const first = { tag: words.tags[0]?.id, promo: words.promos[0]?.id, reward: words.rewards[0]?.id };
      steps(insertStep(definition.steps, gap, newStep(kind, id, first)));
      setChosen(id);
    },
    nudge: (id, by) => steps(nudgeStep(definition.steps, id, by)),
    move: (id, gap) => steps(moveStep(definition.steps, id, gap)),
    remove: (id) => {
      steps(removeStep(definition.steps, id));
      setChosen(null);
    },
  };
  const save = () => run({ id: drawing.id, revision, name: name.trim() || drawing.name, definition });
  return (
    <div className="grid items-start gap-6 xl:grid-cols-[minmax(0,1fr)_26rem]">
      <fieldset disabled={isReadOnly} className="grid min-w-0 gap-6">
        <legend className="sr-only">{t("tab.draw")}</legend>
        <Card>
          <CardBody className="grid gap-5">
            <Field label={t("draw.name")}>
              <Input
                value={name}
                maxLength={80}
                onChange={(event) => {
                  setName(event.currentTarget.value);
                  setDirty(true);
                }}
              />
            </Field>
            {drawing.kind === "campaign" ? (
              <CampaignFields definition={definition} words={words} onChange={change} />
            ) : (
              <TriggerFields definition={definition} words={words} onChange={change} />
            )}
          </CardBody>
        </Card>
        <Card>
          <CardHeader>
            <div>
              <CardTitle>{t("draw.steps")}</CardTitle>
              <CardDescription>{t("draw.keys")}</CardDescription>
            </div>
          </CardHeader>
          <CardBody className="overflow-x-auto bg-sunken/50">
            {definition.steps.length === 0 && <p className="text-center text-muted">{t("draw.noSteps")}</p>}
            <Flow steps={definition.steps} canvas={canvas} />
            <p className="mx-auto w-fit rounded-full bg-sunken px-4 py-1.5 text-sm text-muted">
              {t("draw.end")}
            </p>
          </CardBody>
        </Card>
        <Card>
          <CardHeader>
            <CardTitle>{t("field.rules")}</CardTitle>
          </CardHeader>
          <CardBody>
            <RuleFields
              definition={definition}
              words={words}
              onChange={change}
              isCampaign={drawing.kind === "campaign"}
            />
          </CardBody>
        </Card>
      </fieldset>
      <div className="grid min-w-0 gap-4 xl:sticky xl:top-6">
        {!isReadOnly && (
          <Card>
            <CardBody className="grid gap-3">
              <div className="flex flex-wrap items-center gap-3">
                <Button variant="secondary" busy={isPending} disabled={!isDirty} onClick={save}>
                  {t("draw.save")}
                </Button>
                <StartButton
                  drawing={{ ...drawing, revision }}
                  isReady={!isDirty && !problems.some((problem) => problem.isError)}
                />
                {isDirty && <Badge tone="warning">{t("draw.unsaved")}</Badge>}
              </div>
              <FailureNotice failure={failure} />
              <Problems problems={problems} />
            </CardBody>
          </Card>
        )}
        <ChosenStep
          canvas={canvas}
          definition={definition}
          words={words}
          secret={secret}
          onChange={(step) => steps(replaceStep(definition.steps, step))}
        />
        <Card>
          <CardHeader>
            <CardTitle>{t("draw.sentence")}</CardTitle>
          </CardHeader>
          <CardBody>
            <p className="text-[0.9375rem] leading-relaxed break-words">{readJourney(definition, reader)}</p>
          </CardBody>
        </Card>
        <Rehearse journeyId={drawing.id} definition={definition} reader={reader} zone={zone} />
      </div>
    </div>
  );
}

/** What is wrong with the journey's head; what is wrong with a step stands at the step. */
function Problems({ problems }: { problems: readonly Problem[] }) {
  const t = useTranslations("journeys");
  const say = useSay("journeys");
  const own = problems.filter((problem) => problem.step === null);
  const errors = problems.filter((problem) => problem.isError).length;
  return (
    <div role="status" className="grid gap-2">
      <p className="text-sm text-muted">{t("draw.problems", { n: errors })}</p>
      {own.map((problem) => (
        <Notice key={`${problem.code} ${problem.value ?? ""}`} tone={problem.isError ? "danger" : "warning"}>
          {say(`problem.${problem.code}`, { detail: problem.value ?? "" })}
        </Notice>
      ))}
    </div>
  );
}
