/** A load of HTTP requests over kept connections: as fast as they are answered, or at a steady rate. */
import http from "node:http";

/** One request to make; `correct` judges the whole answer, and only correct ones count. */
export type Shot = {
  readonly method: "GET" | "POST";
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly correct: (status: number, body: string) => boolean;
};

export type Outcome = {
  readonly seconds: number;
  readonly correct: number;
  /** The first answer that was not, to be shown. */
  readonly wrong: string | undefined;
  readonly wrongCount: number;
  /** Of correct answers, sorted. */
  readonly milliseconds: readonly number[];
};

type Tally = { correct: number; wrongCount: number; wrong: string | undefined; milliseconds: number[] };

const newTally = (): Tally => ({ correct: 0, wrongCount: 0, wrong: undefined, milliseconds: [] });

function fire(port: number, agent: http.Agent, shot: Shot, since: number, tally: Tally): Promise<void> {
  return new Promise((resolve) => {
    const done = (right: boolean, said: string) => {
      if (right) {
        tally.correct += 1;
        tally.milliseconds.push(performance.now() - since);
      } else {
        tally.wrongCount += 1;
        tally.wrong ??= said;
      }
      resolve();
    };
    const { method, path } = shot;
    const request = http.request(
      { host: "127.0.0.1", port, agent, method, path, headers: shot.headers },
      (response) => {
        let body = "";
        response.setEncoding("utf8");
        response.on("data", (chunk: string) => {
          body += chunk;
        });
        response.on("end", () => {
          const status = response.statusCode ?? 0;
          done(shot.correct(status, body), `${status} ${body.slice(0, 300)}`);
        });
      },
    );
    request.on("error", (error) => done(false, error.message));
    request.end(shot.body);
  });
}

const finish = (tally: Tally, startedAt: number): Outcome => ({
  ...tally,
  seconds: (performance.now() - startedAt) / 1000,
  milliseconds: tally.milliseconds.toSorted((a, b) => a - b),
});

/** Keeps `connections` requests in flight for `seconds`. */
export async function flatOut(
  port: number,
  connections: number,
  seconds: number,
  next: () => Shot,
): Promise<Outcome> {
  const agent = new http.Agent({ keepAlive: true, maxSockets: connections });
  const tally = newTally();
  const startedAt = performance.now();
  const end = startedAt + seconds * 1000;
  const one = async () => {
    while (performance.now() < end) await fire(port, agent, next(), performance.now(), tally);
  };
  await Promise.all(Array.from({ length: connections }, one));
  agent.destroy();
  return finish(tally, startedAt);
}

/** Sends `rate` requests a second for `seconds`, whether or not the earlier ones were answered; waiting counts. */
export async function steadily(
  port: number,
  rate: number,
  seconds: number,
  next: () => Shot,
): Promise<Outcome> {
  const agent = new http.Agent({ keepAlive: true, maxSockets: 256 });
  const tally = newTally();
  const flying: Promise<void>[] = [];
  const startedAt = performance.now();
  for (let sent = 0; sent < rate * seconds; ) {
    const due = Math.min(rate * seconds, Math.floor(((performance.now() - startedAt) / 1000) * rate) + 1);
    // What was due a moment ago has been waiting since then.
    for (; sent < due; sent += 1)
      flying.push(fire(port, agent, next(), startedAt + (sent / rate) * 1000, tally));
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  await Promise.all(flying);
  agent.destroy();
  return finish(tally, startedAt);
}

export const perSecond = (outcome: Outcome) => outcome.correct / outcome.seconds;

/** The value below which a share of sorted values lies. */
export function percentile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}
