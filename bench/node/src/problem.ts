// Answers that say what is wrong (RFC 9457).

const TITLES = {
  "malformed-body": [400, "The body is not what this provider sends"],
  "missing-header": [400, "A header is missing"],
  "malformed-header": [400, "A header cannot be read"],
  "duplicate-header": [400, "A header is there twice"],
  "invalid-transaction-id": [400, "The transaction id is not one"],
  "invalid-signature": [401, "The signature does not match"],
  "stale-timestamp": [401, "The signature is too old or from the future"],
  "unknown-provider": [404, "There is no such provider"],
  "body-too-large": [413, "The body is too large"],
  "secrets-unavailable": [503, "The secrets of the providers cannot be read"],
  "queue-unavailable": [503, "The webhook cannot be queued"],
} as const;

export type ProblemName = keyof typeof TITLES;

export class Problem extends Error {
  constructor(
    readonly problem: ProblemName,
    detail: string,
  ) {
    super(detail);
  }

  get status(): number {
    return TITLES[this.problem][0];
  }

  document(correlationId: string): string {
    const [status, title] = TITLES[this.problem];
    return JSON.stringify({ type: `urn:webhook-processor:problem:${this.problem}`, title, status, detail: this.message, correlationId });
  }
}
