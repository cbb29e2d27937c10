"use client";
import { Search } from "lucide-react";
import { useTranslations } from "next-intl";
import { type ReactNode, useEffect, useState } from "react";
import { Avatar } from "@/components/ui/avatar";
import { InputWith } from "@/components/ui/input";
import { Spinner } from "@/components/ui/spinner";
import { findMembers } from "@/lib/members/actions";
import { displayName, SEARCH_MIN } from "@/lib/members/model";

const PAUSE_MS = 250;
export type Found = { id: bigint; name: string | null; phone: string | null; email: string | null };

/** Finds a member while one types; `renderAct` shows what may be done with each. */
export function MemberPicker({
  except = [],
  renderAct,
}: {
  except?: readonly bigint[];
  renderAct: (found: Found) => ReactNode;
}) {
  const t = useTranslations("people.pick");
  const [text, setText] = useState("");
  const [answer, setAnswer] = useState<{ text: string; found: readonly Found[] }>();
  const wanted = text.trim();
  useEffect(() => {
    if (wanted.length < SEARCH_MIN) return;
    let isCurrent = true;
    const find = async () => {
      const result = await findMembers(null, { search: wanted }).catch(() => null);
      if (isCurrent) setAnswer({ text: wanted, found: result?.ok ? result.value : [] });
    };
    const timer = setTimeout(() => void find(), PAUSE_MS);
    return () => {
      isCurrent = false;
      clearTimeout(timer);
    };
  }, [wanted]);
  const isShort = wanted.length < SEARCH_MIN;
  const isWaiting = !isShort && answer?.text !== wanted;
  const found = isShort ? [] : (answer?.found ?? []).filter(({ id }) => !except.includes(id));
  return (
    <div className="grid grid-cols-1 gap-3">
      <InputWith
        type="search"
        aria-label={t("label")}
        placeholder={t("hint")}
        value={text}
        maxLength={100}
        autoComplete="off"
        onChange={(event) => setText(event.target.value)}
        before={isWaiting ? <Spinner /> : <Search aria-hidden="true" />}
      />
      <ul aria-label={t("found")} className="grid grid-cols-1 divide-y divide-line">
        {found.map((one) => (
          <li key={one.id.toString()} className="flex items-center gap-3 py-2.5">
            <Avatar name={displayName(one)} seed={one.id.toString()} size="sm" />
            <span className="min-w-0 flex-1">
              <span className="block truncate font-medium">{displayName(one)}</span>
              <span className="block truncate text-sm text-muted">
                {[one.phone, one.email]
                  .filter((line) => line !== null && line !== displayName(one))
                  .join(" · ")}
              </span>
            </span>
            {renderAct(one)}
          </li>
        ))}
      </ul>
      <p role="status" className="text-sm text-muted">
        {isShort ? t("tooShort") : !isWaiting && found.length === 0 ? t("nobody") : ""}
      </p>
    </div>
  );
}
