import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "./helpers/sources.ts";

interface LockedPackage {
  version?: string;
  integrity?: string;
  resolved?: string;
  optionalDependencies?: Record<string, string>;
}

const text = readFileSync(join(root, "package-lock.json"), "utf8");
const { packages } = JSON.parse(text) as { packages: Record<string, LockedPackage> };
const manifest = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as {
  dependencies: Record<string, string>;
  devDependencies: Record<string, string>;
};

describe("the lock file", () => {
  it("holds every platform's package of a library that has them, so that it installs on any machine", () => {
    const missing = Object.entries(packages).flatMap(([path, { optionalDependencies = {} }]) =>
      Object.keys(optionalDependencies)
        .filter(
          (name) => !(`${path}/node_modules/${name}` in packages) && !(`node_modules/${name}` in packages),
        )
        .map((name) => `${path} wants ${name}`),
    );
    assert.deepEqual(missing, []);
  });

  it("has what runs natively for Linux, macOS and Windows", () => {
    const natives = ["@duckdb/node-bindings-", "@esbuild/", "@resvg/resvg-js-"];
    const missing = natives.flatMap((prefix) =>
      ["linux-x64", "linux-arm64", "darwin-x64", "darwin-arm64", "win32-x64"].filter(
        (platform) =>
          !Object.keys(packages).some((path) => path.startsWith(`node_modules/${prefix}${platform}`)),
      ),
    );
    assert.deepEqual(missing, []);
    // It fetches its platform's binary by a script.
    assert.ok("node_modules/node" in packages);
  });

  it("names no registry's host", () => {
    const hosts = Object.values(packages).filter(({ resolved }) => resolved !== undefined);
    assert.deepEqual(hosts, []);
  });

  it("pins each package by its content", () => {
    const loose = Object.entries(packages)
      .filter(([path, { integrity }]) => path !== "" && integrity === undefined)
      .map(([path]) => path);
    assert.deepEqual(loose, []);
  });
});

describe("the manifest", () => {
  it("asks for exact versions", () => {
    const ranges = Object.entries({ ...manifest.dependencies, ...manifest.devDependencies }).filter(
      ([, version]) => !/^\d+\.\d+\.\d+[\w.-]*$/.test(version),
    );
    assert.deepEqual(ranges, []);
  });
});
