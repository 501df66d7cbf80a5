import type { Place } from "./target.ts";

/**
 * Looks at each place where the caller may: an analyst of one pipeline sees that one, without naming it.
 * @throws the refusal, when no place is permitted.
 */
export async function wherePermitted<T>(
  places: readonly Place[],
  look: (place: Place) => Promise<T>,
): Promise<T[]> {
  const answers = await Promise.allSettled(places.map(look));
  const failures = answers.flatMap((answer) =>
    answer.status === "rejected" ? [answer.reason as Error] : [],
  );
  const [failure] = failures.filter(({ name }) => name !== "AccessDeniedException");
  if (failure) throw failure;
  if (failures[0] && failures.length === places.length) throw failures[0];
  return answers.flatMap((answer) => (answer.status === "fulfilled" ? [answer.value] : []));
}
