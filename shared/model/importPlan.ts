import { z } from 'zod'
import type { Dropped } from '#shared/importing/foreignConnection'
import type { UnreadableCode } from '#shared/importing/limits'
import type { Chart } from './chart'
import type { PayloadRule } from './payloadRule'
import { mostProfiles, type Profile, type ProfileId, type SecretName } from './profile'

/** Against the profiles that are there; `cannot` = nothing can be made of it. */
export type ImportState = 'new' | 'same' | 'changed' | 'cannot'

/** What becomes of one connection of a file. Secrets and certificates stay in the main process. */
export interface PlannedConnection {
  /** Among all that were read. */
  readonly id: string
  readonly name: string
  readonly folder: string
  readonly state: ImportState
  /** As it will be saved; null = `cannot`. */
  readonly profile: Profile | null
  readonly messages: readonly { readonly name: string; readonly folders: readonly string[]; readonly topic: string }[]
  readonly charts: number
  readonly payloadRules: number
  readonly secrets: readonly SecretName[]
  /** The names of the files that are written beside the profiles. */
  readonly certificates: readonly string[]
  readonly dropped: readonly Dropped[]
  /** Fields of the profile that the file does not say for sure. */
  readonly guessed: readonly string[]
  /** Another row before it becomes the same connection. */
  readonly isRepeated: boolean
}

/** What becomes of a schema: a rule of payloads. */
export interface PlannedSchema {
  readonly id: string
  readonly name: string
  readonly rule: PayloadRule
  readonly isFilterGuessed: boolean
  /** There is such a rule. */
  readonly isKnown: boolean
}

export interface PlannedFile {
  readonly id: string
  /** '' = a text that was pasted. */
  readonly path: string
  /** Null = nothing could be read: `problem` says why. */
  readonly tool: string | null
  readonly format: string
  readonly problem: { readonly code: UnreadableCode | 'nothingFound'; readonly detail: string } | null
  /** Something of it is encrypted under a password that is not known yet. */
  readonly isLocked: boolean
  readonly connections: readonly PlannedConnection[]
  readonly schemas: readonly PlannedSchema[]
  /** What belongs to none of its connections. */
  readonly dropped: readonly Dropped[]
}

/** A dry run: what an import would do. */
export interface ImportPlan {
  readonly files: readonly PlannedFile[]
}

/** Another tool that keeps connections on this computer. */
export interface FoundTool {
  readonly id: string
  readonly tool: string
  readonly path: string
}

/** What was chosen of a plan, by the ids of its rows. */
export const importChoiceSchema = z.object({
  connections: z.array(z.string().max(100)).max(mostProfiles),
  schemas: z.array(z.string().max(100)).max(1_000),
})
export type ImportChoice = z.infer<typeof importChoiceSchema>

/** What was imported; the window owns charts and rules of payloads, so it puts these in their places. */
export interface AppliedImport {
  readonly added: readonly ProfileId[]
  readonly changed: readonly ProfileId[]
  readonly charts: readonly { readonly connectionId: ProfileId; readonly charts: readonly Chart[] }[]
  readonly rules: readonly PayloadRule[]
}

/** A pasted text: addresses, commands, or what stands in the file of another tool. */
export const mostPastedText = 4 * 2 ** 20
