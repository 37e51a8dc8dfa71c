// What ingestion does: it checks a webhook, queues it, and says so.
import { createHash } from "node:crypto";
import { GetQueueAttributesCommand, SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { Problem } from "./problem.ts";
import { Headers, scheme, type Event } from "./schemes.ts";
import { provider } from "./secrets.ts";

// What of API Gateway's event is read.
export interface Request {
  multiValueHeaders: Record<string, string[]> | null;
  pathParameters: Record<string, string> | null;
  requestContext: { requestId?: string };
  body: string | null;
  isBase64Encoded: boolean;
}

const queue = process.env.EVENTS_QUEUE_URL;
const sqs = new SQSClient({});

// Opens both connections before the first event, at least as much as the function in Rust does.
export async function prepare(): Promise<void> {
  await Promise.allSettled([sqs.send(new GetQueueAttributesCommand({ QueueUrl: queue })), provider("")]);
}

export async function handler(request: Request, requestId: string) {
  const started = performance.now();
  const headers = new Headers(request.multiValueHeaders ?? {});
  const asked = request.multiValueHeaders?.["x-correlation-id"]?.[0];
  const correlationId = asked && /^[A-Za-z0-9._:-]{1,128}$/.test(asked) ? asked : (request.requestContext.requestId ?? requestId);
  const name = request.pathParameters?.provider ?? "";
  const facts = { correlationId, requestId, provider: name };
  try {
    const event = await accept(request, headers, name, correlationId);
    log("INFO", "a webhook was queued", "Accepted", [[]], { ...facts, transactionId: event.transactionId, outcome: "accepted" }, started);
    return reply(202, "application/json", correlationId, JSON.stringify({ transactionId: event.transactionId, eventId: event.eventId, correlationId }));
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    const level = error.status < 500 ? "WARN" : "ERROR";
    log(level, error.message, "Rejected", [["Reason"]], { ...facts, outcome: "rejected", Reason: error.problem }, started);
    return reply(error.status, "application/problem+json", correlationId, error.document(correlationId));
  }
}

async function accept(request: Request, headers: Headers, name: string, correlationId: string): Promise<Event> {
  const body = Buffer.from(request.body ?? "", request.isBase64Encoded ? "base64" : "utf8");
  if (body.length > 240 * 1024) throw new Problem("body-too-large", `${body.length} bytes`);
  const { scheme: kind, secrets } = await provider(name);
  const rules = scheme(kind);
  if (secrets.length > 0 || !rules.mayBeUnsigned) rules.verify(headers, body, secrets, Math.floor(Date.now() / 1000));
  const event = rules.event(headers, body, parsed(body));
  if (!/^[A-Za-z0-9._:@-]{1,128}$/.test(event.transactionId)) throw new Problem("invalid-transaction-id", "it has other characters, or too many");
  if (!/^[A-Za-z0-9._:@-]{1,200}$/.test(event.eventId)) event.eventId = createHash("sha256").update(event.eventId).digest("hex");
  const message = {
    transactionId: event.transactionId,
    eventId: event.eventId,
    eventType: event.eventType,
    status: event.status,
    occurredAt: event.occurredAt?.toISOString(),
    provider: name,
    receivedAt: new Date().toISOString(),
    correlationId,
    body: body.toString("utf8"),
  };
  try {
    await sqs.send(new SendMessageCommand({ QueueUrl: queue, MessageBody: JSON.stringify(message) }));
  } catch (error) {
    throw new Problem("queue-unavailable", String(error));
  }
  return event;
}

function parsed(body: Buffer): any {
  try {
    const json = JSON.parse(body.toString("utf8"));
    if (typeof json === "object" && json !== null && !Array.isArray(json)) return json;
  } catch {
    // It is no JSON, which is said below.
  }
  throw new Problem("malformed-body", "the body is no JSON object");
}

function log(level: string, message: string, metric: string, dimensions: string[][], facts: object, started: number): void {
  const metrics = [{ Namespace: "WebhookProcessor", Dimensions: dimensions, Metrics: [{ Name: metric, Unit: "Count" }] }];
  const durationMs = Math.round((performance.now() - started) * 1000) / 1000;
  console.log(JSON.stringify({ level, message, ...facts, durationMs, [metric]: 1, _aws: { Timestamp: Date.now(), CloudWatchMetrics: metrics } }));
}

function reply(statusCode: number, contentType: string, correlationId: string, body: string) {
  const headers: Record<string, string> = { "content-type": contentType, "x-correlation-id": correlationId };
  if (statusCode === 503) headers["retry-after"] = "5";
  return { statusCode, headers, body, isBase64Encoded: false };
}
