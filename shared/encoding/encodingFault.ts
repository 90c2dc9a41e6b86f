import type { JsonProblem } from '#shared/mqtt/prettyJson'

/** What CBOR, MessagePack or a payload of Sparkplug cannot be made of, although it is JSON. */
export const encodingProblemCodes = [
  'tooDeep',
  'integerRange',
  'tooManyDigits',
  'numberTooLarge',
  'loneSurrogate',
  'badHex',
  'badBase64',
  'notSparkplug',
] as const
export type EncodingProblemCode = (typeof encodingProblemCodes)[number]

/** Thrown while JSON is read and encoded; becomes the problem of its text. `position` is the UTF-16 offset to blame. */
export class EncodingFault extends Error {
  constructor(
    readonly detail: EncodingProblemCode,
    readonly position: number,
  ) {
    super(`${detail} at ${position}`)
  }
}

/** Thrown where the text is no JSON. */
export class NoJson extends Error {
  constructor(readonly problem: JsonProblem) {
    super(`${problem.detail} at ${problem.position}`)
  }
}

/** Levels of lists and maps, when read and when written: each is a call on the stack. */
export const deepestLevel = 500
