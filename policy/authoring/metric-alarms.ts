import type { EvaluatedResource } from "./rule.ts";
import { isSet, isUnknown } from "./unknown.ts";

export const metricAlarm = "aws:cloudwatch/metricAlarm:MetricAlarm";

interface Metric {
  namespace?: string;
  metricName?: string;
  dimensions?: Record<string, string>;
}

/** One metric that an alarm watches. */
export interface WatchedMetric {
  readonly alarm: EvaluatedResource;
  readonly namespace: string;
  readonly metricName: string;
  readonly dimensions: Readonly<Record<string, string>>;
}

/** The metrics of an alarm: its own, and those of its metric queries. */
export function metricsOf(alarm: EvaluatedResource): WatchedMetric[] {
  const own = alarm.props as Metric;
  const queries = (alarm.props["metricQueries"] as { metric?: Metric }[] | undefined) ?? [];
  const metrics = [
    own,
    ...Array.from({ length: queries.length }, (_, index) => queries[index]!.metric ?? {}),
  ];
  return metrics.map((metric) => ({
    alarm,
    namespace: metric.namespace ?? "",
    metricName: metric.metricName ?? "",
    dimensions: metric.dimensions ?? {},
  }));
}

export type Alarmed = "yes" | "no" | "unknown";

/**
 * Says whether a resource has an alarm: one whose dimension has the resource's name, or, while a name is unknown, whose
 * dimensions came from the resource.
 */
export function alarmed(
  watched: readonly WatchedMetric[],
  target: { namespace: string; dimension: string; metrics: readonly string[] },
): (resource: EvaluatedResource) => Alarmed {
  const names = new Set<string>();
  const sources = new Set<string>();
  let someUnlinked = false;
  for (const { alarm, namespace, metricName, dimensions } of watched) {
    if (namespace !== target.namespace || !target.metrics.includes(metricName)) continue;
    if (!(target.dimension in dimensions)) continue;
    if (!isUnknown(dimensions, target.dimension)) {
      names.add(dimensions[target.dimension]!);
      continue;
    }
    const from = ["dimensions", "metricQueries"].flatMap((key) => alarm.propertyDependencies[key] ?? []);
    if (from.length === 0) someUnlinked = true;
    for (const { urn } of from) sources.add(urn);
  }
  return ({ urn, props }) => {
    if (sources.has(urn)) return "yes";
    const known = isSet(props, "name") && !isUnknown(props, "name");
    if (known && names.has(props["name"] as string)) return "yes";
    // A name that is not known may be one that an alarm has.
    return someUnlinked || (!known && names.size > 0) ? "unknown" : "no";
  };
}
