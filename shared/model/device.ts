import { z } from 'zod'
import type { AppError } from '#shared/result'
import { profileIdSchema } from './profile'
import { composedMessageSchema, type MadeMessage } from './publish'
import { senderLimits } from './sender'
import { isWithinBytes } from './size'

export const deviceLimits = {
  definitions: 200,
  /** Each is a client of its own. */
  devices: 200,
  /** Messages, variables and commands, of each kind. */
  parts: 100,
  name: 200,
  description: 2_000,
  /** Characters of a template that is no message. */
  template: 20_000,
  /** Milliseconds until a network connection is cut. */
  dropEvery: { least: 100, most: 86_400_000 },
} as const

const nameSchema = z.string().trim().min(1).max(deviceLimits.name)
const templateSchema = z.string().max(deviceLimits.template)
const everySchema = z.number().int().min(senderLimits.everyMs.least).max(senderLimits.everyMs.most)
const delaySchema = z.number().int().min(0).max(senderLimits.everyMs.most)

/** As `{{ state.name }}` can say it. */
const deviceVariableNameSchema = z
  .string()
  .max(100)
  .regex(/^[A-Za-z_][A-Za-z0-9_]*$/)

/** A value that a device has: a text, which its messages name and commands may change. */
const variableSchema = z.object({
  name: deviceVariableNameSchema,
  /** A template: the value at first. */
  start: templateSchema,
  /** A template that makes the next value, every so often; '' = only commands change it. */
  next: templateSchema,
  everyMs: everySchema,
})
export type DeviceVariable = z.infer<typeof variableSchema>

const telemetrySchema = z.object({
  name: nameSchema,
  message: composedMessageSchema,
  everyMs: everySchema,
  /** Milliseconds from the birth to the first. */
  afterMs: delaySchema,
  /** From 0 to 1, as that of a sender. */
  jitter: z.number().min(0).max(1),
  /** `changes`: only when a variable that it names has another value than at the birth or when it was sent last; after a command at once. */
  sent: z.enum(['always', 'changes']),
  isOn: z.boolean(),
})
export type DeviceTelemetry = z.infer<typeof telemetrySchema>

const commandSchema = z.object({
  name: nameSchema,
  /** A template of the filter that is subscribed to. */
  filter: templateSchema,
  /** How `request.json` is read. */
  reads: z.enum(['json', 'sparkplug']),
  /** A template: a message for which it makes nothing, or `false`, is none of these commands; '' = each is. */
  when: templateSchema,
  /** Values that variables get: templates. */
  sets: z.array(z.object({ variable: deviceVariableNameSchema, value: templateSchema })).max(deviceLimits.parts),
  /** Its topic stands for the response topic of a request that names none; null = there is no answer. */
  answer: composedMessageSchema.nullable(),
  /** Whether the birth messages are sent again. */
  birthsAgain: z.boolean(),
})
export type DeviceCommand = z.infer<typeof commandSchema>

/** What a device does wrong on purpose, beside its messages. */
const faultsSchema = z.object({
  /** All devices have the client ID of the first, so that each takes the session from the other. */
  sameClientId: z.boolean(),
  /** The network connection is cut so often, without DISCONNECT, and opened again at once; null = it is not. */
  dropEveryMs: z.number().int().min(deviceLimits.dropEvery.least).max(deviceLimits.dropEvery.most).nullable(),
})

const messagesSchema = z.array(composedMessageSchema).max(deviceLimits.parts)

/**
 * A simulated device: all its texts are templates, in which `state` has its variables, `client` is its client ID, `n` its number,
 * `sequence` counts its messages since the birth from 0, and `connects` how often it had connected before.
 */
const contentSchema = z.object({
  name: nameSchema,
  description: z.string().max(deviceLimits.description),
  devices: z.number().int().min(1).max(deviceLimits.devices),
  clientId: templateSchema.refine((text) => text !== '', 'required'),
  variables: z.array(variableSchema).max(deviceLimits.parts),
  /** Sent in this order each time that it is connected. */
  births: messagesSchema,
  telemetry: z.array(telemetrySchema).max(deviceLimits.parts),
  commands: z.array(commandSchema).max(deviceLimits.parts),
  /** What the broker publishes when the connection ends without DISCONNECT; of its properties none is sent. */
  will: composedMessageSchema.nullable(),
  /** Sent before it disconnects because it is stopped. */
  deaths: messagesSchema,
  faults: faultsSchema,
})

const isSmallEnough = isWithinBytes(8 * 2 ** 20)

export const deviceSchema = contentSchema.extend({ id: z.string().min(1).max(64) }).refine(isSmallEnough, 'tooLong')
export type DeviceDefinition = z.infer<typeof deviceSchema>

/** A definition as a file for others. */
export const exchangedDeviceSchema = z.object({ version: z.literal(1), device: contentSchema.refine(isSmallEnough) })

export const deviceKeySchema = z.object({ connectionId: profileIdSchema, deviceId: z.string().min(1).max(64) })
/** A definition that runs on a connection. */
export type DeviceKey = z.infer<typeof deviceKeySchema>

export const devicePreviewSchema = z.object({ connectionId: profileIdSchema, device: deviceSchema })

/** `failed`: it could not connect, and does not try again. */
export type DevicePhase = 'connecting' | 'online' | 'waiting' | 'failed' | 'stopped'

/** One device of a definition that runs. */
export interface DeviceState {
  /** From 1. */
  readonly number: number
  readonly clientId: string
  readonly phase: DevicePhase
  readonly sent: number
  /** Not sent, because the broker could not keep up. */
  readonly skipped: number
  readonly commands: number
  readonly answers: number
  /** How often it was connected. */
  readonly connects: number
  readonly lastError: AppError | null
}

/** What a definition that runs, or ran, on a connection does. */
export interface DeviceStatus extends DeviceKey {
  readonly name: string
  readonly isRunning: boolean
  readonly devices: readonly DeviceState[]
}

/** A message that the first device would send, so many milliseconds after it was started. */
export interface PreviewedDeviceMessage {
  readonly kind: 'will' | 'birth' | 'telemetry' | 'death'
  readonly atMs: number
  readonly message: MadeMessage
}
