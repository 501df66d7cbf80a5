import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { root, trackedFiles } from "./helpers/sources.ts";

// What a template links to is there once `sluice init` has put it together with another.
const pages = trackedFiles().filter((path) => path.endsWith(".md") && !path.startsWith("templates/project/"));

describe("the docs", () => {
  it("link only to files and headings that exist", () => {
    const broken = pages.flatMap((page) =>
      linksOf(page)
        .filter((link) => !/^(https?|mailto):/.test(link))
        .filter((link) => !reaches(page, link))
        .map((link) => `${page} -> ${link}`),
    );
    assert.deepEqual(broken, []);
  });

  it("every folder of sources says what it is for", () => {
    const folders = [
      "athena",
      "aws",
      "cli",
      "datasets",
      "fixtures",
      "infra",
      "local",
      "pipelines",
      "plan",
      "policy",
      "producer",
      "queries",
      "schema",
    ];
    assert.deepEqual(
      folders.filter((folder) => !existsSync(join(root, folder, "README.md"))),
      [],
    );
  });
});

function linksOf(page: string): string[] {
  const text = readFileSync(join(root, page), "utf8").replaceAll(/```[\s\S]*?```/g, "");
  return [...text.matchAll(/\]\(([^)\s]+)\)/g)].map((match) => match[1] ?? "");
}

function reaches(page: string, link: string): boolean {
  const [path = "", heading] = link.split("#");
  const target = path === "" ? page : join(dirname(page), path);
  if (!existsSync(join(root, target))) return false;
  return heading === undefined || anchorsOf(target).includes(heading);
}

/** The anchors that GitHub makes of a page's headings. */
function anchorsOf(page: string): string[] {
  return [...readFileSync(join(root, page), "utf8").matchAll(/^#+ (.+)$/gm)].map((match) =>
    (match[1] ?? "")
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\s_-]/gu, "")
      .trim()
      .replaceAll(/\s/g, "-"),
  );
}
