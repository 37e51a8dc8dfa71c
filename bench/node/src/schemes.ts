// Who signs how, and where a webhook says what it is about.
import { createHash, createHmac, timingSafeEqual } from "node:crypto";
import { Problem } from "./problem.ts";

export interface Event {
  transactionId: string;
  eventId: string;
  eventType: string;
  status: string;
  occurredAt?: Date;
}

export interface Scheme {
  mayBeUnsigned?: boolean;
  verify(headers: Headers, body: Buffer, secrets: string[], now: number): void;
  event(headers: Headers, body: Buffer, json: any): Event;
}

const WINDOW_S = 300;

export class Headers {
  readonly #values = new Map<string, string[]>();

  constructor(headers: Record<string, string[]>) {
    for (const [name, values] of Object.entries(headers)) {
      const key = name.toLowerCase();
      this.#values.set(key, [...(this.#values.get(key) ?? []), ...values]);
    }
  }

  one(name: string): string | undefined {
    const values = this.#values.get(name) ?? [];
    if (values.length > 1) throw new Problem("duplicate-header", `${name} is there ${values.length} times`);
    const value = values[0];
    if (value !== undefined && (value.length > 8192 || !/^[\x20-\x7e]*$/.test(value))) throw new Problem("malformed-header", name);
    return value;
  }

  needed(name: string): string {
    const value = this.one(name);
    if (value === undefined) throw new Problem("missing-header", name);
    return value;
  }
}

function fresh(timestamp: string, header: string, now: number): void {
  if (!/^\d{1,12}$/.test(timestamp)) throw new Problem("malformed-header", header);
  if (Math.abs(now - Number(timestamp)) > WINDOW_S) throw new Problem("stale-timestamp", header);
}

function matching(signed: (string | Buffer)[], keys: (string | Buffer)[], candidates: Buffer[]): void {
  for (const key of keys) {
    const hmac = createHmac("sha256", key);
    for (const part of signed) hmac.update(part);
    const wanted = hmac.digest();
    if (candidates.some((candidate) => candidate.length === wanted.length && timingSafeEqual(candidate, wanted))) return;
  }
  throw new Problem("invalid-signature", "no signature was made with one of the provider's secrets");
}

// The values of `name=value` in a list with commas.
function listed(header: string, name: string): string[] {
  return header
    .split(",")
    .map((item) => item.trim())
    .filter((item) => item.startsWith(`${name}=`))
    .map((item) => item.slice(name.length + 1));
}

const hex = (text: string) => Buffer.from(text, "hex");
const text = (value: unknown): string | undefined => (typeof value === "string" && value !== "" ? value : undefined);
const fromSeconds = (value: unknown) => (typeof value === "number" ? new Date(value * 1000) : undefined);

const generic: Scheme = {
  mayBeUnsigned: true,
  verify(headers, body, secrets, now) {
    const timestamp = headers.needed("x-webhook-timestamp");
    fresh(timestamp, "x-webhook-timestamp", now);
    matching([`${timestamp}.`, body], secrets, listed(headers.needed("x-webhook-signature"), "sha256").map(hex));
  },
  event(_headers, body, json) {
    const transactionId = text(json.transactionId);
    if (!transactionId) throw new Problem("malformed-body", "transactionId is missing");
    const eventType = text(json.type) ?? text(json.eventType) ?? "unknown";
    const time = typeof json.timestamp === "string" ? new Date(json.timestamp) : fromSeconds(json.timestamp);
    return {
      transactionId,
      eventId: text(json.eventId) ?? text(json.id) ?? createHash("sha256").update(body).digest("hex"),
      eventType,
      status: text(json.status) ?? eventType,
      occurredAt: time,
    };
  },
};

function standard(prefix: "webhook" | "svix"): Scheme {
  return {
    verify(headers, body, secrets, now) {
      const id = headers.needed(`${prefix}-id`);
      const timestamp = headers.needed(`${prefix}-timestamp`);
      fresh(timestamp, `${prefix}-timestamp`, now);
      const candidates = headers
        .needed(`${prefix}-signature`)
        .split(" ")
        .filter((item) => item.startsWith("v1,"))
        .map((item) => Buffer.from(item.slice(3), "base64"));
      matching([`${id}.${timestamp}.`, body], secrets.map((secret) => Buffer.from(secret.replace(/^whsec_/, ""), "base64")), candidates);
    },
    event(headers, _body, json) {
      const eventId = headers.needed(`${prefix}-id`);
      const eventType = text(json.type) ?? "unknown";
      return {
        transactionId: text(json.data?.transactionId) ?? text(json.data?.transaction_id) ?? text(json.transactionId) ?? text(json.data?.id) ?? eventId,
        eventId,
        eventType,
        status: text(json.data?.status) ?? eventType,
        occurredAt: text(json.timestamp) ? new Date(json.timestamp) : undefined,
      };
    },
  };
}

const stripe: Scheme = {
  verify(headers, body, secrets, now) {
    const header = headers.needed("stripe-signature");
    const timestamp = listed(header, "t")[0] ?? "";
    fresh(timestamp, "stripe-signature", now);
    matching([`${timestamp}.`, body], secrets, listed(header, "v1").map(hex));
  },
  event(_headers, _body, json) {
    const eventId = text(json.id);
    if (!eventId) throw new Problem("malformed-body", "id is missing");
    const object = json.data?.object;
    const eventType = text(json.type) ?? "unknown";
    return {
      transactionId:
        text(object?.metadata?.transactionId) ?? text(object?.metadata?.transaction_id) ?? text(object?.payment_intent) ?? text(object?.id) ?? eventId,
      eventId,
      eventType,
      status: text(object?.status) ?? eventType,
      occurredAt: fromSeconds(json.created),
    };
  },
};

const github: Scheme = {
  verify(headers, body, secrets) {
    matching([body], secrets, listed(headers.needed("x-hub-signature-256"), "sha256").map(hex));
  },
  event(headers, _body, json) {
    const delivery = headers.needed("x-github-delivery");
    const kind = headers.needed("x-github-event");
    const action = text(json.action);
    const eventType = action ? `${kind}.${action}` : kind;
    return { transactionId: delivery, eventId: delivery, eventType, status: action ?? eventType };
  },
};

const schemes = new Map<string, Scheme>([
  ["generic", generic],
  ["standard-webhooks", standard("webhook")],
  ["svix", standard("svix")],
  ["stripe", stripe],
  ["github", github],
]);

export function scheme(name: string): Scheme {
  const found = schemes.get(name);
  if (!found) throw new Problem("secrets-unavailable", `there is no scheme \`${name}\``);
  return found;
}
