"use client";
import { useState, useTransition } from "react";
import { unanswered } from "@/components/card/answer";
import { Button, buttonClass } from "@/components/ui/button";
import { leaveOffers } from "./actions";

type Texts = Readonly<Record<"title" | "text" | "yes" | "done" | "doneText" | "settings" | "failed", string>>;

/** Asks once, because scanners of mail open links; then says it is done. */
export function LeaveForm({ token, href, texts }: { token: string; href: string; texts: Texts }) {
  const [answer, setAnswer] = useState<"done" | "failed">();
  const [isBusy, start] = useTransition();
  const press = () =>
    start(async () => {
      const result = await leaveOffers(null, { token }).catch(unanswered);
      setAnswer(result.ok ? "done" : "failed");
    });
  return (
    <section className="panel grid gap-4 p-6 text-center" aria-live="polite">
      <h1 className="text-2xl font-semibold tracking-tight">
        {answer === "done" ? texts.done : texts.title}
      </h1>
      <p className="text-muted">{answer === "done" ? texts.doneText : texts.text}</p>
      {answer !== "done" && (
        <Button size="lg" busy={isBusy} onClick={press}>
          {texts.yes}
        </Button>
      )}
      <p role="alert" className="text-sm text-danger empty:hidden">
        {answer === "failed" ? texts.failed : ""}
      </p>
      <a href={href} className={buttonClass({ variant: "link" })}>
        {texts.settings}
      </a>
    </section>
  );
}
