/**
 * A sensor is one cluster or standalone Zeek. Where logs are of several, the name of a node says of which it is:
 * `worker-1@site-a`; where they are of one, names are as Zeek gives them.
 */

const OF = '@';

export function nodeOfSensor(node: string, sensor: string): string {
  return `${node}${OF}${sensor}`;
}

/** The sensor of a node by its name; null where there is only one. */
export function sensorOf(node: string): string | null {
  const at = node.indexOf(OF);
  return at < 0 ? null : node.slice(at + OF.length);
}

/** What Zeek calls the node. */
export function nameWithoutSensor(node: string): string {
  const at = node.indexOf(OF);
  return at < 0 ? node : node.slice(0, at);
}
