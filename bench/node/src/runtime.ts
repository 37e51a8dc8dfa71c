// The least that a function on Node needs: it asks Lambda's Runtime API for events over one connection. AWS's own
// client does more, so that the figures of this one are a lower bound.
import http from "node:http";
import { handler, prepare } from "./handler.ts";

const api = new URL(`http://${process.env.AWS_LAMBDA_RUNTIME_API}`);
const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });

interface Answer {
  headers: http.IncomingHttpHeaders;
  body: string;
}

function call(method: string, path: string, body?: string): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const headers = body === undefined ? {} : { "content-type": "application/json", "content-length": Buffer.byteLength(body) };
    const options = { host: api.hostname, port: api.port, path: `/2018-06-01/runtime/${path}`, method, headers, agent };
    const request = http.request(options, (response) => {
      const parts: Buffer[] = [];
      response.on("data", (part: Buffer) => parts.push(part));
      response.on("end", () => resolve({ headers: response.headers, body: Buffer.concat(parts).toString() }));
      response.on("error", reject);
    });
    request.on("error", reject);
    request.end(body);
  });
}

function failure(error: unknown): string {
  const { name, message } = error instanceof Error ? error : new Error(String(error));
  return JSON.stringify({ errorType: name, errorMessage: message });
}

try {
  await prepare();
} catch (error) {
  await call("POST", "init/error", failure(error));
  throw error;
}
for (;;) {
  const next = await call("GET", "invocation/next");
  const requestId = String(next.headers["lambda-runtime-aws-request-id"]);
  let path = "response";
  let body: string;
  try {
    body = JSON.stringify(await handler(JSON.parse(next.body), requestId));
  } catch (error) {
    path = "error";
    body = failure(error);
  }
  await call("POST", `invocation/${requestId}/${path}`, body);
}
