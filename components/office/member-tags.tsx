"use client";
import { Plus, X } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Input } from "@/components/ui/input";
import type { Tag } from "@/lib/members";
import { makeTag, tagMember } from "@/lib/members/actions";
import { FailureNotice } from "./failure-notice";
import { useAct } from "./use-act";

/** A member's tags: a press takes one away, a name adds one, made on the spot when it is new. */
export function MemberTags({
  memberId,
  own,
  all,
}: {
  memberId: bigint;
  own: readonly Tag[];
  all: readonly Tag[];
}) {
  const t = useTranslations("office.tags");
  const [name, setName] = useState("");
  const tagging = useAct(tagMember);
  const ids = own.map(({ id }) => id);
  const put = (tagIds: bigint[]) => tagging.run({ memberId, tagIds });
  const making = useAct(makeTag, { onDone: (id) => put([...ids, id]) });
  const add = () => {
    const wanted = name.trim();
    if (!wanted) return;
    const known = all.find((tag) => tag.name.toLowerCase() === wanted.toLowerCase());
    if (known) put([...new Set([...ids, known.id])]);
    else making.run({ name: wanted });
    setName("");
  };
  return (
    <div className="grid gap-3">
      {own.length > 0 && (
        <ul className="flex flex-wrap gap-2">
          {own.map((tag) => (
            <li key={tag.id.toString()} className="badge max-w-full bg-soft pr-1 text-brand">
              <span className="truncate">{tag.name}</span>
              <button
                type="button"
                aria-label={t("remove", { name: tag.name })}
                className="grid size-6 place-items-center rounded-full hover:bg-sunken"
                onClick={() => put(ids.filter((id) => id !== tag.id))}
              >
                <X aria-hidden="true" className="size-3.5" />
              </button>
            </li>
          ))}
        </ul>
      )}
      <form
        className="flex gap-2"
        onSubmit={(event) => {
          event.preventDefault();
          add();
        }}
      >
        <Input
          aria-label={t("name")}
          placeholder={t("name")}
          list="all-tags"
          value={name}
          maxLength={40}
          autoComplete="off"
          onChange={(event) => setName(event.target.value)}
        />
        <datalist id="all-tags">
          {all.map((tag) => (
            <option key={tag.id.toString()} value={tag.name} />
          ))}
        </datalist>
        <Button
          type="submit"
          variant="secondary"
          icon
          aria-label={t("add")}
          busy={tagging.isPending || making.isPending}
        >
          <Plus aria-hidden="true" />
        </Button>
      </form>
      <FailureNotice failure={tagging.failure ?? making.failure} />
    </div>
  );
}
