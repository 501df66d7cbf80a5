import assert from "node:assert/strict";
import { symlink } from "node:fs/promises";
import { join } from "node:path";
import type { DeploymentDocument, PlannedResource } from "../../../plan/deployment.ts";
import { evaluateStack, ownFolder } from "../../../plan/evaluate.ts";
import { Places } from "../../../policy/run/places/places.ts";
import { inOtherProject, visitsModule } from "../../helpers/other-project.ts";
import { inTemporaryFolder } from "../../helpers/run-cli.ts";
import { root, trackedFiles } from "../../helpers/sources.ts";

type Given = Pick<PlannedResource, "urn"> & Partial<PlannedResource>;

const urnOf = (name: string) => `urn:pulumi:dev::shop::aws:s3/bucket:Bucket::${name}`;

function documentOf(resources: Given[]): DeploymentDocument {
  const manifest = { time: "", magic: "", version: "" };
  return { version: 3, deployment: { manifest, resources: resources as PlannedResource[] } };
}

/** Each step is the next one's parent. What the last one's findings stand at, and what is related. */
function located(
  steps: Partial<PlannedResource>[],
  places = (document: DeploymentDocument) => new Places(document),
) {
  const resources = steps.map((step, index) => ({
    urn: urnOf(`${index}`),
    ...(index > 0 ? { parent: urnOf(`${index - 1}`) } : {}),
    ...step,
  }));
  return shown(places(documentOf(resources)), { urn: resources.at(-1)!.urn });
}

function shown(places: Places, finding: { urn: string; message?: string }): string[] {
  const { place, related } = places.locate(finding);
  return [place, ...related].map((line) => (line ? `${line.file}:${line.line}` : "nowhere"));
}

const at = (position: string) => ({ sourcePosition: `project:///${position}` });

describe("The place of a finding", () => {
  it("is the line that declares the resource, where that is the user's", () => {
    assert.deepEqual(located([at("index.ts#1,1"), at("shop/site.ts#7,3")]), ["shop/site.ts:7"]);
  });

  it("is the nearest ancestor's line in a file of the user, with the library's as a related one", () => {
    const chain = [
      at("index.ts#1,1"),
      at("shop/site.ts#7,3"),
      at("node_modules/sluice/dist/infra/event-pipeline.js#71,17"),
      at("node_modules/sluice/dist/infra/parts/lake-bucket.js#56,5"),
    ];
    assert.deepEqual(located(chain), [
      "shop/site.ts:7",
      "node_modules/sluice/dist/infra/parts/lake-bucket.js:56",
    ]);
  });

  it("is the user's call of a package's function, where that declares a resource without a parent", () => {
    const stackTrace = ["node_modules/cloud/lib.js#4,2", "index.ts#9,1"].map(at);
    const declared = { ...at("node_modules/cloud/lib.js#3,1"), stackTrace: [{}, ...stackTrace] };
    assert.deepEqual(located([at("node_modules/@pulumi/pulumi/runtime/stack.js#43,19"), declared]), [
      "index.ts:9",
      "node_modules/cloud/lib.js:3",
    ]);
  });

  it("is nowhere where no line of the user is known, and a resource without a position has no related line", () => {
    assert.deepEqual(located([at("node_modules/a/b.js#1,1")]), ["nowhere", "node_modules/a/b.js:1"]);
    assert.deepEqual(located([{}, {}]), ["nowhere"]);
    assert.deepEqual(shown(new Places(documentOf([])), { urn: "urn:pulumi:dev::shop::a::b" }), ["nowhere"]);
  });

  it("never names a folder of the machine where the program ran", () => {
    for (const [position, expected] of [
      ["infra/file:/home/me/shop/infra/index.ts#3,1", ["infra/index.ts:3"]],
      [
        "file:/home/me/shop/node_modules/sluice/dist/a.js#3,1",
        ["nowhere", "node_modules/sluice/dist/a.js:3"],
      ],
      ["../../other/node_modules/cloud/lib.js#3,1", ["nowhere", "node_modules/cloud/lib.js:3"]],
      ["../../other/lib.js#3,1", ["nowhere"]],
    ] as const) {
      assert.deepEqual(located([at(position)]), expected, position);
    }
  });

  it("is found in the project's folder where the program ran in another", async () => {
    await inOtherProject({ "src/common/names.ts": "", "src/index.ts": "" }, async (folder) => {
      const document = documentOf([
        { urn: urnOf("a"), ...at("file:/build/7/shop/src/common/names.ts#3,1") },
        { urn: urnOf("b"), ...at(`src/file:${encodeURI(folder)}/src/index.ts#4,1`) },
        { urn: urnOf("c"), ...at("file:/build/7/shop/src/common/gone.ts#5,1") },
        { urn: urnOf("d"), ...at("../other/lib.ts#6,1") },
      ]);
      const places = await Places.of(document, folder, []);
      assert.deepEqual(
        ["a", "b", "c", "d"].flatMap((name) => shown(places, { urn: urnOf(name) })),
        ["src/common/names.ts:3", "src/index.ts:4", "gone.ts:5", "nowhere"],
      );
    });
  });
});

describe("In sluice's own checkout", () => {
  const placesOf = (position: string, project = "sluice") =>
    Places.of(documentOf([{ urn: `urn:pulumi:prod::${project}::a::b`, ...at(position) }]), ownFolder, []);
  const placeOf = async (position: string, project?: string) =>
    (await placesOf(position, project)).locate({
      urn: `urn:pulumi:prod::${project ?? "sluice"}::a::b`,
    }).place?.file;

  it("the program and what is no room of the library is the user's", async () => {
    assert.equal(await placeOf("infra/index.ts#1,1"), "infra/index.ts");
    assert.equal(await placeOf("shop/site.ts#1,1"), "shop/site.ts");
  });

  it("every other source that a program can import is the library's", async () => {
    const projects = ["bench", "datasets", "docs", "examples", "fixtures", "packaging", "templates", "test"];
    const sources = trackedFiles().filter(
      (path) => path.endsWith(".ts") && path !== "infra/index.ts" && !projects.includes(path.split("/")[0]!),
    );
    assert.ok(sources.length > 100);
    const places = await Promise.all(["sluice.ts", ...sources].map((path) => placeOf(`${path}#1,1`)));
    assert.deepEqual(
      places.filter((place) => place !== undefined),
      [],
    );
  });

  it("the library stays the library where the checkout is named by a link", async () => {
    await inTemporaryFolder(async (folder) => {
      const link = join(folder, "checkout");
      await symlink(ownFolder, link);
      const urn = "urn:pulumi:prod::sluice::a::b";
      const document = documentOf([{ urn, ...at("infra/names.ts#1,1") }]);
      assert.deepEqual(shown(await Places.of(document, link, []), { urn }), ["nowhere", "infra/names.ts:1"]);
    });
  });

  it("another project's document has files of its own by the same names", async () => {
    assert.equal(await placeOf("infra/parts/site.ts#1,1", "shop"), "infra/parts/site.ts");
  });

  for (const stack of ["prod", "dev"]) {
    it(`every resource of ${stack} has its place in the program`, async () => {
      const plan = await evaluateStack({ stack });
      const places = await Places.of(plan, ownFolder, []);
      const declared = plan.deployment.resources.filter(({ type }) => !type.startsWith("pulumi:"));
      assert.deepEqual(
        new Set(declared.map(({ urn }) => places.locate({ urn }).place?.file)),
        new Set(["infra/index.ts"]),
      );
    });
  }
});

describe("In another program that imports the library", () => {
  const program = `import { ComponentResource, type ComponentResourceOptions } from "@pulumi/pulumi";
import { Bucket } from "@pulumi/aws/s3/index.js";
import { EventPipeline } from "sluice";
import { visits } from "./visits.ts";

class Shop extends ComponentResource {
  constructor(name: string, opts?: ComponentResourceOptions) {
    super("shop:index:Shop", name, {}, opts);
    new EventPipeline(\`\${name}-nested\`, { dataset: visits, owner: "me", costCenter: "1" }, { parent: this });
  }
}

const web = new EventPipeline("web", { dataset: visits, owner: "me", costCenter: "1" });
new Shop("shop");
new Bucket("own");
new Bucket("child", {}, { parent: web });
`;
  const lineOf = (text: string) => program.split("\n").findIndex((line) => line.includes(text)) + 1;

  it("each resource has the line of its pipeline, its own where the user declares it, and the library's besides", async () => {
    await inOtherProject({ "index.ts": program, "visits.ts": visitsModule }, async (folder) => {
      const plan = await evaluateStack({ stack: "dev", folder });
      const places = await Places.of(plan, folder, []);
      const of = (type: string, name: string) => {
        const found = plan.deployment.resources.find((r) => r.type === type && r.urn.endsWith(`::${name}`));
        assert.ok(found, name);
        return shown(places, found);
      };
      const linked = /^node_modules\/sluice\/infra\/parts\/lake-bucket\.ts:\d+$/;
      const [place, library, ...more] = of("aws:s3/bucket:Bucket", "web-lake");
      assert.equal(place, `index.ts:${lineOf('new EventPipeline("web"')}`);
      assert.match(library!, linked);
      assert.deepEqual(more, []);
      const [nested, nestedLibrary] = of("aws:s3/bucket:Bucket", "shop-nested-lake");
      assert.equal(nested, `index.ts:${lineOf("-nested")}`);
      assert.match(nestedLibrary!, linked);
      assert.deepEqual(of("shop:index:Shop", "shop"), [`index.ts:${lineOf("new Shop")}`]);
      assert.deepEqual(of("aws:s3/bucket:Bucket", "own"), [`index.ts:${lineOf('"own"')}`]);
      assert.deepEqual(of("aws:s3/bucket:Bucket", "child"), [`index.ts:${lineOf('"child"')}`]);
      const text = JSON.stringify(plan.deployment.resources.map(({ urn }) => places.locate({ urn })));
      assert.ok(!text.includes(join(root, "infra")) && !text.includes("../"), text);
    });
  });
});
