/** What decoders say of a compressed file that is not whole. */

/** @param isCutOff true where all there is was good and only its end is missing */
export class Damage extends Error {
  readonly isCutOff: boolean;

  constructor(reason: string, isCutOff = false) {
    super(reason);
    this.isCutOff = isCutOff;
  }
}
