const longestName = 24;

/**
 * A dataset's name from the name of a file of its events: `logs/Access_Log.ndjson.gz` is `access-log`. `events` where
 * nothing of it can be a name.
 */
export function datasetNameOf(path: string): string {
  const [name = ""] = path.split(/[/\\]/).at(-1)!.split(".");
  const words = name
    .replaceAll(/([a-z0-9])([A-Z])/g, "$1-$2")
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "-")
    .replace(/^[^a-z]+/, "");
  return words.slice(0, longestName).replace(/-+$/, "") || "events";
}
