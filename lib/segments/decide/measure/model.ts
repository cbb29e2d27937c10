/** What is asked of the events that fit: counted, summed, compared. */
import { dayOf } from "../../../kernel/time";
import { crossings, dayCrossings, type Moment, passesDay } from "../../calendar/model";
import type { Happening } from "../../events/model";
import type { Measure, Window } from "../../rule/model";
import { propsOf } from "../facts/model";
import { passesNumber, passesRatio } from "../number/model";

const sumOf = (list: readonly Happening[], prop: "amount" | "quantity") =>
  list.reduce((sum, one) => sum + one[prop], 0);

function distinctOf(measure: Measure & { of: "distinct" }, list: readonly Happening[], zone: string): number {
  const values = list.flatMap((one) => propsOf(one, measure.prop, zone)).filter((value) => value !== null);
  return new Set(values).size;
}

const edge = (of: "min" | "max" | "first" | "last", values: readonly number[]) =>
  of === "min" || of === "first" ? Math.min(...values) : Math.max(...values);

/** Whether the events of a window pass; `total` is how many there were without filters. Of no events there is no average. */
export function passesMeasure(
  measure: Measure,
  list: readonly Happening[],
  total: number,
  moment: Moment,
): boolean {
  switch (measure.of) {
    case "did":
      return list.length > 0;
    case "did_not":
      return list.length === 0;
    case "count":
      return passesNumber(measure.test, list.length);
    case "share":
      return total > 0 && passesRatio(measure.test, list.length * 100, total);
    case "sum":
      return passesNumber(measure.test, sumOf(list, measure.prop));
    case "average":
      return list.length > 0 && passesRatio(measure.test, sumOf(list, measure.prop), list.length);
    case "min":
    case "max":
      return (
        list.length > 0 &&
        passesNumber(
          measure.test,
          edge(
            measure.of,
            list.map((one) => one[measure.prop]),
          ),
        )
      );
    case "distinct":
      return passesNumber(measure.test, distinctOf(measure, list, moment.zone));
    case "first":
    case "last": {
      const at =
        list.length > 0
          ? edge(
              measure.of,
              list.map((one) => one.at),
            )
          : null;
      return passesDay(measure.test, at === null ? null : dayOf(new Date(at), moment.zone), moment);
    }
  }
}

/** The figure behind the answer, for people. */
export function measured(
  measure: Measure,
  list: readonly Happening[],
  total: number,
  zone: string,
): number | string | null {
  switch (measure.of) {
    case "did":
    case "did_not":
    case "count":
      return list.length;
    case "share":
      return total > 0 ? Math.round((list.length * 1000) / total) / 10 : null;
    case "sum":
      return sumOf(list, measure.prop);
    case "distinct":
      return distinctOf(measure, list, zone);
    case "average":
      return list.length > 0 ? Math.round(sumOf(list, measure.prop) / list.length) : null;
    case "min":
    case "max":
      return list.length > 0
        ? edge(
            measure.of,
            list.map((one) => one[measure.prop]),
          )
        : null;
    case "first":
    case "last":
      return list.length > 0
        ? dayOf(
            new Date(
              edge(
                measure.of,
                list.map((one) => one.at),
              ),
            ),
            zone,
          )
        : null;
  }
}

/** The instants at which time alone may change the answer: events enter and leave, and days go by. */
export function crossingsOf(
  measure: Measure,
  window: Window,
  list: readonly Happening[],
  moment: Moment,
): number[] {
  const isOfDays = measure.of === "first" || measure.of === "last";
  return list.flatMap(({ at }) => {
    const slides = crossings(window, at, moment.zone);
    if (!isOfDays) return slides;
    return [...slides, ...dayCrossings(measure.test, dayOf(new Date(at), moment.zone), moment)];
  });
}
