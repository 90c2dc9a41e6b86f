import { z } from 'zod'
import { utf8Length } from '#shared/mqtt/topicFilter'

/** The length in CONNECT has two bytes (MQTT 5 §1.5.4 and §1.5.6). */
export const fitsLength = (text: string): boolean => utf8Length(text) <= 65_535

/** An MQTT UTF-8 string: at most 65,535 bytes, no NUL (MQTT 5 §1.5.4). */
export const mqttStringSchema = z
  .string()
  .refine((text) => !text.includes('\0'), 'noNul')
  .refine(fitsLength, 'tooLong')

/** As they are sent: in their order, and as often as they stand here (MQTT 5 §2.2.2.2). */
export const userPropertiesSchema = z.array(z.tuple([mqttStringSchema, mqttStringSchema])).max(1_000, 'tooLong')
export type UserProperties = z.infer<typeof userPropertiesSchema>

export const whole = (low: number, high: number) =>
  z.number('numberRange').int('numberRange').min(low, 'numberRange').max(high, 'numberRange')

/** Null = it is not sent, and what the standard says for that case holds. */
export const optionalWhole = (low: number, high: number) => whole(low, high).nullable().default(null)

/** Characters; no file system of today takes more (PATH_MAX of Linux in bytes, of Windows 32,767). */
export const longestPath = 32_767
export const pathSchema = z.string().max(longestPath, 'tooLong')

/**
 * Fields that profiles on disk may lack, because they were saved before the field was there. Each has a default, which is
 * also that of a new profile; without one a saved profile could not be read any more. Every new field goes in here: those
 * outside are in each profile that was ever saved.
 */
export const addedFields = <Fields extends Readonly<Record<string, z.ZodDefault | z.ZodPrefault>>>(
  fields: Fields,
): Fields => fields
