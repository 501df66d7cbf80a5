import assert from "node:assert/strict";
import { InvalidRequestException } from "@aws-sdk/client-athena";
import type { ConformanceCase } from "./conformance/case.ts";
import { collections } from "./conformance/collections.ts";
import { columns } from "./conformance/columns.ts";
import { measured } from "./conformance/measured.ts";
import { numbers } from "./conformance/numbers.ts";
import { queries } from "./conformance/queries.ts";
import { text } from "./conformance/text.ts";
import { time } from "./conformance/time.ts";
import { writeVisits } from "./lake-fixture.ts";
import { database, planOf, visits, workgroup } from "./plan-fixture.ts";
import { RunningAthena } from "./running-athena.ts";

const all: readonly ConformanceCase[] = [
  ...measured,
  ...numbers,
  ...text,
  ...time,
  ...collections,
  ...columns,
  ...queries,
];

describe("Athena SQL is answered as Trino answers it", function () {
  let athena: RunningAthena;
  let right = 0;

  before(async () => {
    athena = await RunningAthena.start(planOf(database, visits, workgroup("analysts")));
    await writeVisits(athena);
  });
  after(async () => {
    await athena[Symbol.asyncDispose]();
    console.log(
      `      conformance: ${right} of ${all.length} statements, ${((100 * right) / all.length).toFixed(1)} %`,
    );
  });

  for (const example of all) {
    it(example.sql, async () => {
      if (example.rows)
        assert.deepEqual(sorted(await athena.rows(example.sql), example), sorted(example.rows, example));
      else await assertFails(athena, example);
      right++;
    });
  }

  it("of at least 150 statements", () => assert.ok(all.length >= 150));
});

function sorted(rows: readonly (readonly (string | null)[])[], { sql }: ConformanceCase): unknown {
  return /ORDER BY/i.test(sql)
    ? rows
    : [...rows].sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
}

async function assertFails(athena: RunningAthena, { sql, fails }: ConformanceCase): Promise<void> {
  if (fails === "SYNTAX") {
    await assert.rejects(athena.start(sql), (error) => {
      return error instanceof InvalidRequestException && error.AthenaErrorCode === "MALFORMED_QUERY";
    });
    return;
  }
  const { Status } = await athena.run(sql);
  assert.equal(Status?.State, "FAILED");
  assert.equal(Status.StateChangeReason?.split(":")[0], fails, Status.StateChangeReason);
}
