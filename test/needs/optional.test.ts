import assert from "node:assert/strict";
import { MissingPackageError, missingImport, optional, resolveOptional } from "../../needs/optional.ts";
import { ownManifest } from "../../needs/own-package.ts";

describe("a package that is not everybody's", () => {
  it("is loaded where it is there", () => {
    assert.equal(typeof optional<{ parse: unknown }>("velocityjs", "a test").parse, "function");
  });

  it("is asked for by the name of the package, with the command that installs it", () => {
    assert.throws(
      () => resolveOptional("@nobody/nowhere/main.js", "the emulator"),
      (error) =>
        error instanceof MissingPackageError &&
        error.exitCode === 2 &&
        error.message === "the emulator needs @nobody/nowhere: npm install --save-dev @nobody/nowhere",
    );
  });

  const notFound = (name: string) =>
    Object.assign(new Error(`Cannot find package '${name}' imported from /somewhere/plan/evaluate.js`), {
      code: "ERR_MODULE_NOT_FOUND",
    });

  it("that a module imports is asked for in the version that sluice takes", () => {
    const range = ownManifest().peerDependencies["@pulumi/pulumi"]!;
    assert.equal(
      missingImport(notFound("@pulumi/pulumi"), "sluice plan")?.message,
      `sluice plan needs @pulumi/pulumi: npm install --save-dev @pulumi/pulumi@${range}`,
    );
  });

  it("is not asked for when it is none of sluice's, or something else went wrong", () => {
    assert.equal(missingImport(notFound("left-pad"), "sluice plan"), undefined);
    assert.equal(missingImport(new Error("Cannot find package '@pulumi/pulumi'"), "sluice plan"), undefined);
  });
});
