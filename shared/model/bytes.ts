import { z } from 'zod'

/** Bytes, whatever buffer they stand in. */
export const bytesSchema = z.custom<Uint8Array>((value) => value instanceof Uint8Array, 'Expected bytes.')
