import type * as pulumi from "@pulumi/pulumi";
import { arnOf } from "../aws/arn.ts";
import { computedOutputs, type Deployed } from "./computed-outputs.ts";
import { unknownValue } from "./deployment.ts";

/** The inputs of a provider, by the reference that a resource or a call has; undefined for the stack's default one. */
export type ProviderInputs = (provider: string | undefined) => Record<string, unknown> | undefined;

/**
 * What AWS would answer, in place of the engine: outputs of resources that are created, and the three calls about where
 * the program deploys to, each for the provider that it goes to.
 * @param deployed where the stack's default provider deploys to.
 * @param unknowns answer as in a preview: what only AWS can tell is unknown.
 */
export function mocksFor(
  deployed: Deployed,
  unknowns: boolean,
  providerInputs: ProviderInputs,
): pulumi.runtime.Mocks {
  const at = (provider: string | undefined) => deployedBy(providerInputs(provider) ?? {}, deployed);
  return {
    newResource({ type, name, inputs, custom, provider }) {
      const given = inputs as Record<string, unknown>;
      if (custom === false || unknowns) return { id: undefined, state: given };
      const { account, region } = at(provider);
      // Every resource of AWS takes a region of its own (pulumi-aws 7).
      const where = { account, region: typeof given["region"] === "string" ? given["region"] : region };
      const { id, outputs } = computedOutputs(type, name, given, where);
      return { id, state: { ...given, ...outputs } };
    },
    call({ token, inputs, provider }) {
      const { account, region } = at(provider);
      // The engine answers nothing to calls to a provider whose configuration a preview does not know.
      if (region === unknownValue || account === unknownValue) return {};
      switch (token) {
        case "aws:index/getCallerIdentity:getCallerIdentity":
          return {
            accountId: account,
            arn: arnOf("iam", "root", { partition: partitionOf(region).partition, account }),
            userId: "plan",
          };
        case "aws:index/getRegion:getRegion": {
          const asked = (inputs as { region?: unknown }).region;
          const name = typeof asked === "string" ? asked : region;
          return { region: name, name, id: name };
        }
        case "aws:index/getPartition:getPartition": {
          const { partition, dnsSuffix } = partitionOf(region);
          return { partition, dnsSuffix, id: partition };
        }
        default:
          throw unanswerable(token, inputs);
      }
    },
  };
}

/** Where a provider deploys to: its region, and the account of the role that it assumes or is confined to. */
function deployedBy(provider: Record<string, unknown>, byDefault: Deployed): Deployed {
  const { region, assumeRoles, allowedAccountIds } = provider;
  const roles = listOf<{ roleArn?: unknown }>(assumeRoles);
  const accounts = listOf<unknown>(allowedAccountIds);
  const account =
    assumeRoles === unknownValue
      ? unknownValue
      : (roles.at(-1)?.roleArn ?? (accounts.length === 1 ? accounts[0] : undefined));
  return {
    region: typeof region === "string" ? region : byDefault.region,
    account: typeof account === "string" ? accountIn(account) : byDefault.account,
  };
}

/** Lists of a provider's configuration are JSON on their way to the engine. */
function listOf<T>(value: unknown): T[] {
  if (Array.isArray(value)) return value as T[];
  try {
    const parsed = JSON.parse(String(value)) as unknown;
    return Array.isArray(parsed) ? (parsed as T[]) : [];
  } catch {
    return [];
  }
}

/** The account of an ARN, or the text itself: an account, or what stands for one that is not known. */
function accountIn(text: string): string {
  return text.startsWith("arn:") ? (text.split(":")[4] ?? "") : text;
}

/** Partitions by the beginning of their regions' names (AWS General Reference, "Partitions"). */
function partitionOf(region: string): { partition: string; dnsSuffix: string } {
  if (region.startsWith("cn-")) return { partition: "aws-cn", dnsSuffix: "amazonaws.com.cn" };
  return { partition: region.startsWith("us-gov-") ? "aws-us-gov" : "aws", dnsSuffix: "amazonaws.com" };
}

function unanswerable(token: string, inputs: unknown): Error {
  const message =
    `The program asks AWS for ${token} with ${JSON.stringify(inputs)}: a plan can't answer that. ` +
    "Take the value from the stack's configuration, or use `pulumi preview`.";
  // Of an engine's error the SDK hands on the details, not the message.
  return Object.assign(new Error(message), { details: message });
}
