"use client";
import { X } from "lucide-react";
import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { NumberField } from "@/components/office/number-field";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/choice";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Segmented } from "@/components/ui/segmented";
import { Select } from "@/components/ui/select";
import { findBuyers } from "@/lib/sales/actions";
import { useEditing } from "./edit-context";
import type { TryPart } from "./try-fields";

const PAUSE_MS = 350;
const SEARCH_MIN = 3;
type Buyer = { readonly id: bigint; readonly name: string };

/** Who buys: somebody made up, or a member found by name or phone. */
export function TryBuyer({ bill, set }: TryPart) {
  const t = useTranslations("rules.try");
  const [isMember, setMember] = useState(false);
  const [picked, setPicked] = useState<Buyer | null>(null);
  const pick = (buyer: Buyer | null) => {
    setPicked(buyer);
    set({ memberId: buyer?.id ?? null });
  };
  return (
    <div className="grid gap-4">
      <Segmented
        name="buyer"
        legend={t("buyer")}
        value={isMember ? "member" : "anybody"}
        onValueChange={(who) => {
          setMember(who === "member");
          pick(null);
        }}
        options={[
          { value: "anybody", label: t("madeUp") },
          { value: "member", label: t("member") },
        ]}
        className="justify-self-start"
      />
      {!isMember && <MadeUp bill={bill} set={set} />}
      {isMember && picked && (
        <p className="flex items-center justify-between gap-3 rounded-lg border px-4 py-1.5">
          <span className="min-w-0 truncate font-medium">{picked.name}</span>
          <Button variant="ghost" size="sm" icon aria-label={t("otherMember")} onClick={() => pick(null)}>
            <X aria-hidden="true" />
          </Button>
        </p>
      )}
      {isMember && !picked && <MemberSearch onPick={pick} />}
    </div>
  );
}

function MadeUp({ bill, set }: TryPart) {
  const t = useTranslations("rules.try");
  const edit = useTranslations("rules.edit");
  const { body, words, unit } = useEditing();
  const { when, gives } = body;
  return (
    <div className="grid gap-4">
      <div className="grid grid-cols-2 gap-4">
        <Field label={t("tier")}>
          <Select value={bill.tierId} onChange={(event) => set({ tierId: event.target.value })}>
            {words.lists.tier.map(({ value, name }) => (
              <option key={value} value={value}>
                {name}
              </option>
            ))}
          </Select>
        </Field>
        <NumberField
          label={t("visits")}
          error={edit("number")}
          whole
          isRequired
          max={100_000n}
          value={BigInt(bill.visits)}
          onValue={(visits) => visits !== null && visits !== undefined && set({ visits: Number(visits) })}
        />
      </div>
      {gives.is === "bands" && (
        <NumberField
          label={t("spent")}
          error={edit("number")}
          unit={unit}
          isRequired
          value={bill.spentMinor}
          onValue={(spentMinor) => spentMinor !== null && spentMinor !== undefined && set({ spentMinor })}
        />
      )}
      {when.birthday && (
        <Checkbox
          label={t("birthday")}
          checked={bill.isBirthday}
          onChange={(event) => set({ isBirthday: event.target.checked })}
        />
      )}
      {(when.segments || when.tags) && (
        <Checkbox
          label={t("inGroups")}
          checked={bill.isInGroups}
          onChange={(event) => set({ isInGroups: event.target.checked })}
        />
      )}
    </div>
  );
}

function MemberSearch({ onPick }: { onPick: (buyer: Buyer) => void }) {
  const t = useTranslations("rules.try");
  const [search, setSearch] = useState("");
  const [found, setFound] = useState<readonly Buyer[] | null>(null);
  useEffect(() => {
    let isGone = false;
    if (search.trim().length < SEARCH_MIN) return;
    const ask = async () => {
      const result = await findBuyers(null, { search }).catch(() => null);
      if (!isGone) setFound(result?.ok ? result.value : []);
    };
    const timer = setTimeout(() => void ask(), PAUSE_MS);
    return () => {
      isGone = true;
      clearTimeout(timer);
    };
  }, [search]);
  return (
    <div className="grid gap-2">
      <Field label={t("search")}>
        <Input
          type="search"
          autoComplete="off"
          value={search}
          onChange={(event) => {
            setSearch(event.target.value);
            if (event.target.value.trim().length < SEARCH_MIN) setFound(null);
          }}
        />
      </Field>
      <div role="status">
        {found?.length === 0 && <p className="text-sm text-muted">{t("nobody")}</p>}
        {found && found.length > 0 && (
          <ul className="grid gap-1">
            {found.map((buyer) => (
              <li key={buyer.id.toString()}>
                <Button
                  variant="ghost"
                  size="sm"
                  className="w-full justify-start"
                  onClick={() => onPick(buyer)}
                >
                  <span className="truncate">{buyer.name}</span>
                </Button>
              </li>
            ))}
          </ul>
        )}
      </div>
    </div>
  );
}
