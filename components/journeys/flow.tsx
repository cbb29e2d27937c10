"use client";
import {
  Clock,
  CornerDownRight,
  Flag,
  FlaskConical,
  Gift,
  Hand,
  ListTodo,
  type LucideIcon,
  Mail,
  Percent,
  Plus,
  Shuffle,
  Sparkles,
  Split,
  Tag,
  Timer,
  Webhook,
} from "lucide-react";
import { useTranslations } from "next-intl";
import { Badge } from "@/components/ui/badge";
import { cx } from "@/components/ui/cx";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuTrigger,
} from "@/components/ui/dropdown-menu";
import { branchesOf, type Gap, type Problem, type Reader, readStep } from "@/lib/journeys/model";
import type { Step, StepKind } from "@/lib/journeys/schema";
import { useSay } from "./reader";

export const ICONS: Readonly<Record<StepKind, LucideIcon>> = {
  wait: Clock,
  await: Timer,
  condition: Split,
  split: Shuffle,
  experiment: FlaskConical,
  holdout: Hand,
  message: Mail,
  points: Sparkles,
  promo: Percent,
  reward: Gift,
  tag: Tag,
  webhook: Webhook,
  task: ListTodo,
  exit: Flag,
};

/** Everything the canvas needs to know and may do. */
export type Canvas = {
  readonly chosen: string | null;
  readonly problems: readonly Problem[];
  readonly people: ReadonlyMap<string, { here: number; passed: number }>;
  readonly kinds: readonly StepKind[];
  readonly reader: Reader;
  readonly isReadOnly: boolean;
  readonly choose: (id: string) => void;
  readonly add: (kind: StepKind, gap: Gap) => void;
  readonly nudge: (id: string, by: -1 | 1) => void;
  readonly remove: (id: string) => void;
  readonly move: (id: string, gap: Gap) => void;
};

const DRAGGED = "application/x-kolo-step";

/** The drawing: a list of steps one below the other, branches side by side; the same list for eyes, keyboard and screen reader. */
export function Flow({
  steps,
  canvas,
  parent = null,
  branch = "",
}: {
  steps: readonly Step[];
  canvas: Canvas;
  parent?: string | null;
  branch?: string;
}) {
  return (
    <ol className="grid min-w-0 justify-items-stretch">
      {steps.map((step, index) => (
        <li key={step.id} className="grid min-w-0">
          <GapRow gap={{ parent, branch, index }} canvas={canvas} />
          <StepCard step={step} canvas={canvas} />
          <Branches step={step} canvas={canvas} />
        </li>
      ))}
      <li>
        <GapRow gap={{ parent, branch, index: steps.length }} canvas={canvas} isLast={parent === null} />
      </li>
    </ol>
  );
}

/** The line between two steps, where a new one is added or a dragged one dropped. */
function GapRow({ gap, canvas, isLast = false }: { gap: Gap; canvas: Canvas; isLast?: boolean }) {
  const t = useTranslations("journeys");
  if (canvas.isReadOnly) return <div aria-hidden="true" className="mx-auto h-5 w-px bg-line-strong" />;
  return (
    <div
      className="group relative grid h-9 place-items-center before:absolute before:inset-y-0 before:left-1/2 before:w-px before:bg-line"
      onDragOver={(event) => {
        if (event.dataTransfer.types.includes(DRAGGED)) event.preventDefault();
      }}
      onDrop={(event) => {
        const id = event.dataTransfer.getData(DRAGGED);
        if (id === "") return;
        event.preventDefault();
        canvas.move(id, gap);
      }}
    >
      <DropdownMenu>
        <DropdownMenuTrigger asChild>
          <button
            type="button"
            aria-label={t("draw.addStep")}
            className={cx(
              "relative grid size-7 place-items-center rounded-full border bg-surface text-muted hover:border-brand hover:text-brand focus-visible:text-brand",
              !isLast && "opacity-60 group-hover:opacity-100 focus-visible:opacity-100",
            )}
          >
            <Plus aria-hidden="true" className="size-4" />
          </button>
        </DropdownMenuTrigger>
        <DropdownMenuContent>
          {canvas.kinds.map((kind) => {
            const Icon = ICONS[kind];
            return (
              <DropdownMenuItem key={kind} onSelect={() => canvas.add(kind, gap)}>
                <Icon aria-hidden="true" />
                {t(`kind.${kind}`)}
              </DropdownMenuItem>
            );
          })}
        </DropdownMenuContent>
      </DropdownMenu>
    </div>
  );
}

const LEAF_TEXT_MAX = 120;

function StepCard({ step, canvas }: { step: Step; canvas: Canvas }) {
  const t = useTranslations("journeys");
  const say = useSay("journeys");
  const Icon = ICONS[step.kind];
  const problems = canvas.problems.filter((problem) => problem.step === step.id);
  const people = canvas.people.get(step.id);
  const isChosen = canvas.chosen === step.id;
  const hasBranches = branchesOf(step).length > 0;
  const text = hasBranches ? headOf(step, canvas.reader) : readStep(step, canvas.reader);
  return (
    <button
      type="button"
      draggable={!canvas.isReadOnly}
      aria-pressed={isChosen}
      aria-keyshortcuts="Alt+ArrowUp Alt+ArrowDown Delete"
      onClick={() => canvas.choose(step.id)}
      onDragStart={(event) => event.dataTransfer.setData(DRAGGED, step.id)}
      onKeyDown={(event) => {
        if (canvas.isReadOnly) return;
        if (event.altKey && (event.key === "ArrowUp" || event.key === "ArrowDown")) {
          event.preventDefault();
          canvas.nudge(step.id, event.key === "ArrowUp" ? -1 : 1);
        } else if (event.key === "Delete") {
          event.preventDefault();
          canvas.remove(step.id);
        }
      }}
      className={cx(
        "mx-auto flex w-full max-w-sm min-w-0 items-start gap-3 rounded-xl border bg-surface px-4 py-3 text-left shadow-sm transition-colors hover:border-brand",
        isChosen && "border-brand ring-2 ring-brand/30",
        problems.some((problem) => problem.isError) && "border-danger",
      )}
    >
      <span className="grid size-9 shrink-0 place-items-center rounded-lg bg-soft text-brand">
        <Icon aria-hidden="true" className="size-4.5" />
      </span>
      <span className="grid min-w-0 flex-1 gap-1">
        <span className="text-sm font-semibold">
          <span className="sr-only">{t("draw.edit")} </span>
          {t(`kind.${step.kind}`)}
        </span>
        <span className="text-sm break-words text-muted">{text.slice(0, LEAF_TEXT_MAX)}</span>
        {people && (people.here > 0 || people.passed > 0) && (
          <span className="flex flex-wrap gap-1.5 pt-0.5">
            {people.here > 0 && <Badge tone="brand">{t("draw.here", { n: people.here })}</Badge>}
            {people.passed > 0 && <Badge>{t("draw.passed", { n: people.passed })}</Badge>}
          </span>
        )}
        {problems.map((problem) => (
          <span
            key={`${problem.code} ${problem.value ?? ""}`}
            className={cx("text-sm", problem.isError ? "text-danger" : "text-warning")}
          >
            {say(`problem.${problem.code}`, { detail: problem.value ?? "" })}
          </span>
        ))}
      </span>
    </button>
  );
}

/** A branching step by its question alone; what its branches do is drawn below it. */
function headOf(step: Step, reader: Reader): string {
  const bare = { ...reader, say: reader.say };
  if (step.kind === "condition") return readStep({ ...step, yes: [], no: [] }, bare).split(" — ")[0] ?? "";
  if (step.kind === "await")
    return readStep({ ...step, happened: [], timedOut: [] }, bare).split(";")[0] ?? "";
  if (step.kind === "split" || step.kind === "experiment")
    return step.branches.map((branch) => branch.label).join(" / ");
  return "";
}

function Branches({ step, canvas }: { step: Step; canvas: Canvas }) {
  const say = useSay("journeys");
  const branches = branchesOf(step);
  if (branches.length === 0) return null;
  const labels =
    step.kind === "split" || step.kind === "experiment"
      ? step.branches.map((branch) => branch.label)
      : undefined;
  return (
    <div className="mt-2 grid gap-3 rounded-xl border border-dashed p-3 md:auto-cols-fr md:grid-flow-col">
      {branches.map(([name, inner], index) => (
        <div key={name} className="min-w-0">
          <p className="flex items-center gap-1.5 text-sm font-medium text-muted">
            <CornerDownRight aria-hidden="true" className="size-4" />
            {labels?.[index] ?? say(`branch.${name}`)}
          </p>
          <Flow steps={inner} canvas={canvas} parent={step.id} branch={name} />
        </div>
      ))}
    </div>
  );
}
