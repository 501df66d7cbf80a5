import { createRequire } from "node:module";
import type * as Grpc from "@grpc/grpc-js";
import type * as Messages from "@pulumi/pulumi/proto/analyzer_pb.js";
import type * as Service from "@pulumi/pulumi/proto/analyzer_grpc_pb.js";
import type * as Structs from "google-protobuf/google/protobuf/struct_pb.js";

// gRPC and protobuf must be the copies that @pulumi/pulumi uses: its messages are checked with instanceof.
const requireBesidePulumi = createRequire(
  createRequire(import.meta.url).resolve("@pulumi/pulumi/package.json"),
);
export const grpc = requireBesidePulumi("@grpc/grpc-js") as typeof Grpc;
export const messages = requireBesidePulumi("@pulumi/pulumi/proto/analyzer_pb") as typeof Messages;
export const service = requireBesidePulumi("@pulumi/pulumi/proto/analyzer_grpc_pb") as typeof Service;
const { Struct } = requireBesidePulumi("google-protobuf/google/protobuf/struct_pb") as typeof Structs;

/** Names and numbers of the protocol's levels (pulumi/pulumi proto/pulumi/analyzer.proto). */
export const enforcementLevels = ["advisory", "mandatory", "disabled", "remediate"] as const;
export const severities = ["unspecified", "low", "medium", "high", "critical"] as const;

export function struct(properties: Record<string, unknown>): Structs.Struct {
  return Struct.fromJavaScript(properties as Record<string, Structs.JavaScriptValue>);
}
