"use client";
import { FolderPlus, GripVertical, MoreVertical, Plus, Trash2 } from "lucide-react";
import { type DragEvent, useState } from "react";
import { Button } from "@/components/ui/button";
import { cx } from "@/components/ui/cx";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuTrigger,
} from "@/components/ui/dropdown-menu";
import { GROUP_KINDS, type Group, isGroup, type Node } from "@/lib/segments/model";
import { useBuilder } from "./context";
import { Pick } from "./controls";
import { freshLeaf } from "./fresh";
import { LeafFields } from "./leaf";
import { insertAt, type Move, moveTo, type Path, pathText, removeAt, replaceAt, step, stepsOf } from "./tree";

/** What every node of the tree is edited with. `wrong`: paths of nodes that are not filled in. */
export type Editing = {
  readonly root: Group;
  readonly today: string;
  readonly wrong: readonly string[];
  readonly setRoot: (root: Group) => void;
  readonly moved: (path: Path) => void;
};

const DRAGGED = "application/x-kolo-node";
const SALTS = 1_000_000;
const LEAF_KEYS: Readonly<Record<string, Move>> = {
  ArrowUp: "up",
  ArrowDown: "down",
  ArrowRight: "into",
  ArrowLeft: "out",
};

/** A group of conditions and groups, with a place to drop between any two. */
export function GroupEditor({ group, path, editing }: { group: Group; path: Path; editing: Editing }) {
  const { text, lists } = useBuilder();
  const { root, setRoot } = editing;
  const end = group.nodes.length;
  const salt = (pathText(path).length * 7_919 + end * 104_729 + 1) % SALTS;
  return (
    <fieldset
      className={cx(
        "grid min-w-0 gap-2 rounded-lg border p-3 sm:p-4",
        path.length % 2 === 1 ? "bg-sunken/50" : "bg-surface",
      )}
    >
      <legend className="sr-only">{text("build.group")}</legend>
      <div className="flex flex-wrap items-center gap-2">
        <Pick
          label={text("build.kind")}
          value={group.kind}
          options={GROUP_KINDS.map((kind) => ({ value: kind, name: text(`build.${kind}`) }))}
          onPick={(kind) => setRoot(replaceAt(root, path, { ...group, kind }))}
        />
        {path.length > 0 && <NodeMenu path={path} editing={editing} />}
      </div>
      {end === 0 && <p className="text-sm text-muted">{text("build.emptyGroup")}</p>}
      {group.nodes.map((node, index) => (
        <div key={`${index} ${node.kind}`} className="grid min-w-0">
          <DropPlace group={path} index={index} editing={editing} />
          <NodeEditor node={node} path={[...path, index]} editing={editing} />
        </div>
      ))}
      <DropPlace group={path} index={end} editing={editing} />
      <div className="flex flex-wrap gap-2">
        <Button
          variant="soft"
          size="sm"
          onClick={() => setRoot(insertAt(root, path, end, freshLeaf("event:purchase", lists, salt)))}
        >
          <Plus aria-hidden="true" />
          {text("build.add")}
        </Button>
        {path.length < 6 && (
          <Button
            variant="ghost"
            size="sm"
            onClick={() => setRoot(insertAt(root, path, end, { kind: "any", nodes: [] }))}
          >
            <FolderPlus aria-hidden="true" />
            {text("build.addGroup")}
          </Button>
        )}
      </div>
    </fieldset>
  );
}

function NodeEditor({ node, path, editing }: { node: Node; path: Path; editing: Editing }) {
  if (isGroup(node)) return <GroupEditor group={node} path={path} editing={editing} />;
  const isWrong = editing.wrong.some((one) => one.startsWith(pathText(path)));
  const salt = (pathText(path).length * 15_485_863) % SALTS;
  return (
    <div
      className={cx(
        "flex min-w-0 items-start gap-1 rounded-md border bg-surface p-2",
        isWrong && "border-danger",
      )}
    >
      <LeafFields
        leaf={node}
        today={editing.today}
        salt={salt}
        onLeaf={(leaf) => editing.setRoot(replaceAt(editing.root, path, leaf))}
      />
      <NodeMenu path={path} editing={editing} />
    </div>
  );
}

/** The handle of a node: dragged by a pointer, moved by arrow keys, and everything in a menu as well. */
function NodeMenu({ path, editing }: { path: Path; editing: Editing }) {
  const { text } = useBuilder();
  const { root, setRoot, moved } = editing;
  const steps = stepsOf(root, path);
  const take = (move: Move) => {
    if (!steps.includes(move)) return;
    setRoot(step(root, path, move));
    moved(path);
  };
  return (
    <span className="ml-auto flex shrink-0">
      <button
        type="button"
        draggable
        className="hidden cursor-grab rounded-sm p-2 text-faint hover:text-ink active:cursor-grabbing sm:block"
        aria-label={text("build.drag")}
        title={text("build.drag")}
        onDragStart={(event) => {
          event.dataTransfer.setData(DRAGGED, JSON.stringify(path));
          event.dataTransfer.effectAllowed = "move";
        }}
        onKeyDown={(event) => {
          const move = LEAF_KEYS[event.key];
          if (!move) return;
          event.preventDefault();
          take(move);
        }}
      >
        <GripVertical aria-hidden="true" className="size-4" />
      </button>
      <DropdownMenu>
        <DropdownMenuTrigger asChild>
          <Button variant="ghost" size="sm" icon aria-label={text("build.move")}>
            <MoreVertical aria-hidden="true" />
          </Button>
        </DropdownMenuTrigger>
        <DropdownMenuContent>
          {steps.map((move) => (
            <DropdownMenuItem key={move} onSelect={() => take(move)}>
              {text(`build.${move}`)}
            </DropdownMenuItem>
          ))}
          <DropdownMenuItem danger onSelect={() => setRoot(removeAt(root, path))}>
            <Trash2 aria-hidden="true" />
            {text("build.remove")}
          </DropdownMenuItem>
        </DropdownMenuContent>
      </DropdownMenu>
    </span>
  );
}

function DropPlace({ group, index, editing }: { group: Path; index: number; editing: Editing }) {
  const [isOver, setOver] = useState(false);
  const drop = (event: DragEvent) => {
    setOver(false);
    const from: unknown = JSON.parse(event.dataTransfer.getData(DRAGGED) || "null");
    if (!Array.isArray(from)) return;
    event.preventDefault();
    editing.setRoot(moveTo(editing.root, from.map(Number), group, index));
  };
  return (
    <div
      aria-hidden="true"
      className={cx("-my-1 h-3 rounded-sm transition-colors", isOver && "bg-soft")}
      onDragOver={(event) => {
        if (!event.dataTransfer.types.includes(DRAGGED)) return;
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    />
  );
}
