import assert from "node:assert/strict";
import type { accessLog } from "../../datasets/access-log.ts";
import type { Dataset } from "../../schema/dataset.ts";
import type { EventOf, JsonValueOf } from "../../schema/event-type.ts";
import type { riskEvent } from "../../datasets/risk-event.ts";

// What is shown here is shown by the type check: each expected error has to be one, and the rest may have none.

type Same<A, B> =
  (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : { not: [A, B] };
const same = <A, B>(_: Same<A, B>) => undefined;

describe("the type of an event", () => {
  it("has the JSON value for each Hive type", () => {
    same<JsonValueOf<"string">, string>(true);
    same<JsonValueOf<"boolean">, boolean>(true);
    same<JsonValueOf<"tinyint">, number>(true);
    same<JsonValueOf<"smallint">, number>(true);
    same<JsonValueOf<"int">, number>(true);
    same<JsonValueOf<"bigint">, number>(true);
    same<JsonValueOf<"float">, number>(true);
    same<JsonValueOf<"double">, number>(true);
    same<JsonValueOf<"decimal(10,2)">, number>(true);
    same<JsonValueOf<"date">, string>(true);
    same<JsonValueOf<"timestamp">, string | number>(true);
    same<JsonValueOf<"array<int>">, number[]>(true);
    same<JsonValueOf<"array<array<string>>">, string[][]>(true);
    same<JsonValueOf<"map<string,int>">, Record<string, unknown>>(true);
    same<JsonValueOf<"struct<a:int>">, Record<string, unknown>>(true);
    // @ts-expect-error a string is no number: the comparison itself can fail
    same<JsonValueOf<"string">, number>(true);
  });

  it("asks for the required columns and lets the others be missing or null", () => {
    const least: EventOf<typeof accessLog> = { time: "2026-11-20T10:00:00Z" };
    const nulls: EventOf<typeof accessLog> = { time: 1763632800, status: null, path: "/", bytes: null };
    // @ts-expect-error "time" is required
    const withoutTime: EventOf<typeof accessLog> = { path: "/" };
    // @ts-expect-error a required column is not null
    const nullTime: EventOf<typeof accessLog> = { time: null };
    assert.ok([least, nulls, withoutTime, nullTime].every((event) => typeof event === "object"));
  });

  it("refuses a wrong type, an unknown key and a key in another case", () => {
    // @ts-expect-error a status is a number
    const text: EventOf<typeof accessLog> = { time: 0, status: "200" };
    // @ts-expect-error there is no such column
    const unknown: EventOf<typeof accessLog> = { time: 0, colour: "red" };
    // @ts-expect-error the JSON key is "Name", only the column is "name"
    const lower: EventOf<typeof riskEvent> = { name: "Fraud", DiscoveryDate: "2026-11-20" };
    const right: EventOf<typeof riskEvent> = { Name: "Fraud", DiscoveryDate: "2026-11-20", NetLoss: 1.5 };
    assert.ok([text, unknown, lower, right].every((event) => typeof event === "object"));
  });

  it("is a mapping of any columns for a dataset that is not known before it runs", () => {
    const event: EventOf<Dataset> = { anything: "text" };
    assert.equal(event["anything"], "text");
  });
});
