import assert from "node:assert/strict";
import { deliveringText, shorteningText } from "../../cli/start/delivering.ts";
import { inTemporaryFolder, runCli } from "../helpers/run-cli.ts";

const declared = {
  bufferingSizeMiB: 64,
  bufferingIntervalSeconds: 300,
  declaredBufferingIntervalSeconds: 300,
};
const shortened = { ...declared, bufferingIntervalSeconds: 2 };

describe("while events are delivered", () => {
  it("it is said what Firehose waits for, and how long", () => {
    const buffered = { records: 3, bytes: 100, millisecondsToDelivery: 251_001 };
    assert.equal(
      deliveringText(12_345, buffered, declared),
      "Firehose gathers up to 300 s or 64 MiB; next delivery in 4:12 (12,345 events waiting)",
    );
  });

  it("it is said that it delivers, when the time is over; and how long it takes at most, when nothing is gathered yet", () => {
    assert.equal(
      deliveringText(7, { records: 1, bytes: 1, millisecondsToDelivery: 0 }, shortened),
      "Firehose gathers up to 2 s or 64 MiB; delivering now (7 events waiting)",
    );
    assert.equal(
      deliveringText(7, { records: 0, bytes: 0 }, declared),
      "Firehose gathers up to 300 s or 64 MiB; next delivery within 5:00 (7 events waiting)",
    );
  });

  it("it is said that the emulator does not wait as declared, and only then", () => {
    assert.equal(
      shorteningText([shortened, declared, { ...shortened, declaredBufferingIntervalSeconds: 60 }], 2),
      "Firehose's buffering interval of 300 s or 60 s is shortened to 2 s here; --buffering-interval declared keeps it.",
    );
    assert.equal(shorteningText([declared], 2), undefined);
    assert.equal(shorteningText([declared], undefined), undefined);
  });
});

describe("sluice start --buffering-interval", () => {
  it("declared keeps what is declared, says for how long, and can be left with Ctrl-C", () =>
    inTemporaryFolder(async (cwd) => {
      const { exitCode, stdout, stderr } = await runCli(
        ["start", "--events", "10", "--buffering-interval", "declared"],
        { cwd, interruptWhen: { stderrHolds: "events waiting", signal: "SIGINT" } },
      );
      assert.deepEqual([exitCode, stdout], [130, ""]);
      assert.match(
        stderr,
        /^Firehose gathers up to 300 s or 64 MiB; next delivery (in|within) [45]:\d\d \(10 events waiting\)\.\n/,
      );
    }));

  it("takes Firehose's limits", async () => {
    for (const value of ["901", "-1", "soon"]) {
      const { exitCode, stderr } = await runCli(["start", `--buffering-interval=${value}`]);
      assert.equal(exitCode, 2);
      assert.match(stderr, /--buffering-interval <seconds>.*use a whole number from 0 to 900/);
    }
  });
});
