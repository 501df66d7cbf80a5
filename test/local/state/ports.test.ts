import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { keepPorts, portChoices } from "../../../local/state/ports.ts";
import { temporaryFolder } from "../temporary-folder.ts";

describe("the ports of an emulator", () => {
  const folder = temporaryFolder();
  const never = () => assert.fail("no port was taken");
  const free = { kinesisPort: 0, firehosePort: 0, httpPort: 0, athenaPort: 0 };

  it("are free ones at first", async () => {
    assert.deepEqual(await portChoices(folder(), {}, never), free);
  });

  it("are those of the last time, but for those that are given", async () => {
    await keepPorts(folder(), { kinesis: "http://127.0.0.1:4001", http: "http://127.0.0.1:4002" });
    await keepPorts(folder(), { kinesis: "http://127.0.0.1:4003", firehose: undefined });
    const told: unknown[] = [];
    const choices = await portChoices(folder(), { athena: 5000, kinesis: undefined }, (...about) =>
      told.push(about),
    );
    const { kinesisPort, httpPort, ...others } = choices;
    assert.deepEqual(others, { firehosePort: 0, athenaPort: 5000 });
    assert.ok(typeof kinesisPort === "object" && typeof httpPort === "object");
    assert.deepEqual([kinesisPort.liked, httpPort.liked], [4003, 4002]);
    httpPort.onTaken();
    assert.deepEqual(told, [["http", 4002]]);
    assert.equal((await portChoices(folder(), { kinesis: 6000 }, never)).kinesisPort, 6000);
  });

  it("are free ones where what was kept means nothing", async () => {
    for (const text of ["{", "[]", '{"http":"4002"}', '{"http":70000}']) {
      await writeFile(join(folder(), "ports.json"), text);
      assert.deepEqual(await portChoices(folder(), {}, never), free, text);
    }
  });
});
