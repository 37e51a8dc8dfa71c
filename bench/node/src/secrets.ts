// The secrets of the providers, kept for five minutes.
import { GetSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { Problem } from "./problem.ts";

export interface Provider {
  scheme: string;
  secrets: string[];
}

const LIFETIME_MS = 5 * 60 * 1000;
const client = new SecretsManagerClient({});
let providers = new Map<string, Provider>();
let expires = 0;

export async function provider(name: string): Promise<Provider> {
  if (Date.now() >= expires) {
    try {
      providers = await read();
    } catch (error) {
      throw new Problem("secrets-unavailable", String(error));
    }
    expires = Date.now() + LIFETIME_MS;
  }
  const found = providers.get(name);
  if (!found) throw new Problem("unknown-provider", `no webhooks are taken from \`${name}\``);
  return found;
}

async function read(): Promise<Map<string, Provider>> {
  const value = await client.send(new GetSecretValueCommand({ SecretId: process.env.PROVIDER_SECRETS_SECRET_ARN }));
  const entries: Record<string, string[] | Provider> = JSON.parse(value.SecretString ?? "");
  return new Map(Object.entries(entries).map(([name, entry]) => [name, Array.isArray(entry) ? { scheme: name, secrets: entry } : entry]));
}
