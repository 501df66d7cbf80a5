import type { DeliveryConfiguration, Destination } from "./delivery-configuration.ts";

/** A delivery stream that gathers events for `longestSeconds` at most, in its backup too. What is declared stays known. */
export function shortened(
  { destination, backup, ...others }: DeliveryConfiguration,
  longestSeconds: number,
): DeliveryConfiguration {
  const atMost = (of: Destination): Destination => {
    const declared = of.bufferingIntervalSeconds;
    return declared <= longestSeconds
      ? of
      : { ...of, bufferingIntervalSeconds: longestSeconds, declaredIntervalSeconds: declared };
  };
  return { ...others, destination: atMost(destination), ...(backup && { backup: atMost(backup) }) };
}
