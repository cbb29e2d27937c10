import { useTranslations } from "next-intl";

const STEPS = ["join", "show", "earn", "return"] as const;
const [CENTRE, RADIUS] = [60, 46];

/** The four moments of a visit; each closes a further quarter of the ring. */
export function CircleSteps() {
  const t = useTranslations("site.steps");
  return (
    <ol className="grid gap-x-8 gap-y-10 sm:grid-cols-2 lg:grid-cols-4">
      {STEPS.map((step, index) => (
        <li key={step} className="flex gap-5 lg:flex-col">
          <QuarterRing quarters={index + 1} />
          <div>
            <h3 className="text-lg font-semibold tracking-tight">{t(`${step}.title`)}</h3>
            <p className="mt-1.5 text-muted">{t(`${step}.text`)}</p>
          </div>
        </li>
      ))}
    </ol>
  );
}

function QuarterRing({ quarters }: { quarters: number }) {
  const isClosed = quarters === 4;
  return (
    <svg viewBox="0 0 120 120" aria-hidden="true" className="size-20 shrink-0 lg:size-24">
      <circle cx={CENTRE} cy={CENTRE} r={RADIUS} fill="none" stroke="var(--line)" strokeWidth="12" />
      <circle
        cx={CENTRE}
        cy={CENTRE}
        r={RADIUS}
        fill="none"
        stroke="var(--brand)"
        strokeWidth="12"
        strokeLinecap="round"
        pathLength="100"
        strokeDasharray={isClosed ? undefined : `${quarters * 25} 100`}
        transform={`rotate(-90 ${CENTRE} ${CENTRE})`}
      />
      <text
        x={CENTRE}
        y={CENTRE + 11}
        textAnchor="middle"
        className="fill-ink text-[2rem] font-semibold tabular-nums"
      >
        {quarters}
      </text>
      {isClosed && <circle cx={CENTRE} cy={CENTRE - RADIUS} r="9" fill="#f2a93b" />}
    </svg>
  );
}
