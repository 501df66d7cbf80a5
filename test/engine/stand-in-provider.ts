import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { isDeepStrictEqual } from "node:util";
import { main, type Provider } from "@pulumi/pulumi/provider/index.js";
import { computedOutputs, placeholderAccount } from "../../plan/computed-outputs.ts";
import { needsOf, type Declared } from "./needs.ts";
import { isTaggable } from "./taggable.ts";

// A program of its own: `node stand-in-provider.ts REGION` prints the port on which the engine finds it and keeps an
// account's resources in memory until it is stopped.

type Inputs = Record<string, unknown>;

/** Inputs that tell resources of a type apart. */
const identifying = [
  ...["bucket", "databaseName", "logGroupName", "name", "role", "workgroup"],
  // Of API Gateway's.
  ...[
    "restApi",
    "restApiId",
    "resourceId",
    "pathPart",
    "httpMethod",
    "statusCode",
    "stageName",
    "responseType",
  ],
];

/** Inputs that AWS can't change on a living resource. */
const immutable = ["kinesisSourceConfiguration", ...identifying];

const region = process.argv[2] ?? "us-east-1";
const account = placeholderAccount;
const resources = new Map<string, Declared>();

const provider: Provider = {
  version: sdkVersion(),

  /** The AWS provider writes the tags that a resource ends up with, the provider's own included, into its inputs. */
  check(urn, _olds, news: Inputs) {
    return Promise.resolve({
      inputs: isTaggable(typeOf(urn)) ? { ...news, tagsAll: news["tags"] ?? {} } : news,
    });
  },

  diff(_id, urn, _olds, news: Inputs) {
    const before = resources.get(urn)?.inputs ?? {};
    const changed = [...new Set([...Object.keys(before), ...Object.keys(news)])].filter(
      (property) => !isDeepStrictEqual(before[property], news[property]),
    );
    return Promise.resolve({
      changes: changed.length > 0,
      replaces: changed.filter((property) => immutable.includes(property)),
      deleteBeforeReplace: true,
    });
  },

  async create(urn, inputs: Inputs) {
    const type = typeOf(urn);
    for (const need of needsOf(type, inputs)) {
      if (![...resources.values()].some((resource) => need.satisfiedBy(resource)))
        throw new Error(need.error);
    }
    const taken = [...resources.values()].some(
      (other) => other.type === type && isSame(other.inputs, inputs),
    );
    if (taken) throw new Error(`AlreadyExists: ${type} with the same names`);
    const { id, outputs } = computedOutputs(type, nameOf(urn), inputs, { account, region });
    const outs = { ...inputs, ...outputs };
    resources.set(urn, { type, inputs, outputs: outs });
    return Promise.resolve({ id, outs });
  },

  update(_id, urn, _olds, news: Inputs) {
    const type = typeOf(urn);
    const outs = { ...news, ...computedOutputs(type, nameOf(urn), news, { account, region }).outputs };
    resources.set(urn, { type, inputs: news, outputs: outs });
    return Promise.resolve({ outs });
  },

  read(id, urn) {
    const resource = resources.get(urn);
    return Promise.resolve(
      resource ? { id, props: resource.outputs, inputs: resource.inputs } : { id: "", props: {} },
    );
  },

  async delete(_id, urn) {
    const going = resources.get(urn);
    const inTheWay = [...resources.values()].find(
      (other) =>
        going?.type === "aws:iam/role:Role" &&
        other.type === "aws:iam/rolePolicy:RolePolicy" &&
        other.inputs["role"] === going.outputs["name"],
    );
    if (inTheWay) throw new Error("DeleteConflict: must delete policies first");
    resources.delete(urn);
    return Promise.resolve();
  },

  invoke(token) {
    switch (token) {
      case "aws:index/getCallerIdentity:getCallerIdentity":
        return answer({
          accountId: account,
          arn: `arn:aws:iam::${account}:user/test`,
          userId: "test",
          id: account,
        });
      case "aws:index/getRegion:getRegion":
        return answer({ region, name: region, id: region, endpoint: `ec2.${region}.amazonaws.com` });
      case "aws:index/getPartition:getPartition":
        return answer({
          partition: "aws",
          dnsSuffix: "amazonaws.com",
          reverseDnsPrefix: "com.amazonaws",
          id: "aws",
        });
      default:
        return Promise.reject(new Error(`the stand-in provider can't answer ${token}`));
    }
  },
};

/** Whether two resources of a type would be one in AWS; those without a name are as many as one likes. */
function isSame(one: Inputs, other: Inputs): boolean {
  const names = identifying.filter((property) => property in one || property in other);
  return names.length > 0 && names.every((property) => one[property] === other[property]);
}

function answer(outputs: Inputs) {
  return Promise.resolve({ outputs });
}

function typeOf(urn: string): string {
  return urn.split("::")[2]?.split("$").at(-1) ?? "";
}

function nameOf(urn: string): string {
  return urn.split("::").slice(3).join("::");
}

function sdkVersion(): string {
  const file = createRequire(import.meta.url).resolve("@pulumi/aws/package.json");
  return (JSON.parse(readFileSync(file, "utf8")) as { version: string }).version;
}

// It ends with the process that started it, however that one ends.
process.stdin.on("end", () => process.exit()).resume();
await main(provider, []);
