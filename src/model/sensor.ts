/**
 * A sensor is one cluster or standalone Zeek. Where logs are of several, the name of a node says of which it is:
 * `worker-1@site-a`; where they are of one, names are as Zeek gives them.
 */

/** Names that Zeek gives to nodes have no other characters before it. */
const OF_SENSOR = /^([\w.-]+)@(.+)$/s;

export function nodeOfSensor(node: string, sensor: string): string {
  // Rows that were exported say it already.
  return sensorOf(node) === sensor ? node : `${node}@${sensor}`;
}

/** The sensor of a node by its name; null where there is only one. */
export function sensorOf(node: string): string | null {
  return OF_SENSOR.exec(node)?.[2] ?? null;
}

/** What Zeek calls the node. */
export function nameWithoutSensor(node: string): string {
  return OF_SENSOR.exec(node)?.[1] ?? node;
}
