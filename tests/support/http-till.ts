/** A till as its vendors write them: HTTP Basic, JSON, and for writes the same nonce again until somebody answers. */
export type TillAccess = {
  readonly baseUrl: string;
  readonly companyId: number | string;
  readonly apiKey: string;
};

export type Answer = {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Record<string, unknown>;
};

const TIMEOUT_MS = 4_000;

export class Till {
  readonly #access: TillAccess;
  constructor(access: TillAccess) {
    this.#access = access;
  }

  /** One request; throws when nobody answers in time. */
  async ask(method: "GET" | "POST", path: string, body?: unknown): Promise<Answer> {
    const { baseUrl, companyId, apiKey } = this.#access;
    const response = await fetch(`${baseUrl}/partner/v2/${path}`, {
      method,
      headers: {
        Accept: "application/json",
        Authorization: `Basic ${Buffer.from(`${companyId}:${apiKey}`).toString("base64")}`,
        ...(body === undefined ? {} : { "Content-Type": "application/json" }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    return {
      status: response.status,
      headers: response.headers,
      body: (await response.json()) as Record<string, unknown>,
    };
  }

  /** The same request until it is answered with 2xx or a client's error; nothing when `until` has passed. */
  async insist(
    method: "GET" | "POST",
    path: string,
    body: unknown,
    until: number,
  ): Promise<Answer | undefined> {
    while (Date.now() < until) {
      const answer = await this.ask(method, path, body).catch(() => undefined);
      if (answer && answer.status < 500 && answer.status !== 429) return answer;
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
    return undefined;
  }
}
