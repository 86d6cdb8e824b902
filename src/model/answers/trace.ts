/** Packets as they were recorded, and what is known of a trace as a whole. */

export interface Packet {
  /** Nanoseconds since the epoch. */
  readonly time: bigint;
  /** The kind of link, as in https://www.tcpdump.org/linktypes.html. */
  readonly linkType: number;
  /** Bytes of the packet on the link; what was captured of them may be less. */
  readonly length: number;
  readonly data: Uint8Array;
}

export interface TraceSummary {
  /** The file as the user named it. */
  readonly path: string;
  readonly packets: number;
  /** Seconds since the epoch. */
  readonly first: number;
  readonly last: number;
  readonly linkType: number;
  /** True where the file ends in the middle of a packet. */
  readonly cut: boolean;
}
