export function makeTrace(options?: {
  readonly minutes?: number;
  readonly lookups?: number;
  readonly requests?: number;
  readonly scans?: number;
}): Buffer;
