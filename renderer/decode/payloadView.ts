import type { useTranslations } from 'use-intl'
import type { PayloadNode } from '#shared/encoding/payloadNode'
import type { PayloadReading } from '#shared/text/payloadReading'
import type { Finder, FindQuery } from './find/finder'
import type { JsonOutline } from './json/jsonOutline'
import type { Lines } from './lines'

/** A key of the catalogue `inspector`. */
type InspectorKey = Parameters<ReturnType<typeof useTranslations<'inspector'>>>[0]

/** A part of a line by what it is, for colours only. */
export interface LineToken {
  readonly kind: 'key' | 'string' | 'number' | 'word' | 'plain'
  readonly text: string
}

/** Something a person should know about what is shown. */
export interface PayloadNote {
  readonly key: InspectorKey
  readonly values?: Readonly<Record<string, number>>
  /** The key of the words that stand for `{detail}`. */
  readonly detail?: InspectorKey
}

export interface ShownTree {
  readonly root: PayloadNode
  /** What the offsets of its nodes count in: the payload, or what was unpacked from it. */
  readonly bytes: Uint8Array
  readonly isUnpacked: boolean
}

/** Bytes in rows of one length, each as a pair of hex digits and as a character. */
export interface ByteGrid {
  readonly bytes: Uint8Array
  /** Bytes in a row. */
  readonly length: number
  /** The columns of the bytes `from` up to but not `to`, by row. */
  placesOf(from: number, to: number): readonly { readonly line: number; readonly from: number; readonly to: number }[]
  /** Which byte of a row stands at a column; null = none does. */
  byteAt(column: number): number | null
}

/** A payload ready to be shown, line by line. */
export interface PayloadContent {
  readonly lines: Lines
  readonly notes: readonly PayloadNote[]
  /** The tokens of a whole line; together they are the line. Null = lines have one colour. */
  readonly tokensOf: ((line: string) => readonly LineToken[]) | null
  /** What holds what, where the lines are those of JSON. Made when asked for. Null = they are not. */
  readonly outline: (() => JsonOutline) | null
  /** Instead of lines: the values of the payload. Absent = it is no structured one, or shown as text. */
  readonly tree?: ShownTree
  /** What is still read, and shown when it is. */
  readonly isPending?: boolean
  /** Where its bytes stand in its lines. Absent = they are not bytes written out. */
  readonly byteGrid?: ByteGrid
  /** Its lines are the text of the payload, and not its bytes written out. */
  readonly isText: boolean
  /** Its lines are of one height and do not wrap. */
  readonly fixed: boolean
  /** Characters after which a line is cut. */
  readonly cutAfter: number
  /** Looks for a text in all of it. */
  readonly find: (query: FindQuery) => Finder
  /** All of it, as copying gives it. Made when asked for. */
  readonly copyText: () => string
  /** All of it with a line feed between lines, as it is compared with another payload. Made when asked for. */
  readonly comparedText: () => string
}

/** What is here of a payload: all of it, or its head where `isCut`. */
export interface ShownPayload {
  readonly bytes: Uint8Array
  readonly isCut: boolean
  /** Of the whole payload. */
  readonly payloadBytes: number
  /** Characters that fit into a line: one of the widths of the view. Absent = no limit. */
  readonly width?: number
}

/** A payload opened in a view. */
export interface OpenedPayload {
  /** What can be shown by now; the same object as long as it says the same. */
  readonly content: () => PayloadContent
  /** Finds more for about so many milliseconds; answers whether all is found. Null = all is. */
  readonly advance: ((milliseconds: number) => boolean) | null
}

/** What the automatic choice goes by. */
export interface JudgedPayload {
  /** The payload, or its first bytes where it is longer. */
  readonly bytes: Uint8Array
  readonly payloadBytes: number
  /** '' = the message names none. */
  readonly contentType: string
  readonly reading: PayloadReading
}

/** One way to show a payload. Its label is `views.<id>` of the catalogue `inspector`. */
export interface PayloadView<Id extends string = string> {
  readonly id: Id
  /** Whether it may be chosen for a payload automatically. Asked of the views in the order of priority, highest first. */
  readonly isFor: (payload: JudgedPayload) => boolean
  readonly priority: number
  /** Of a file that a payload of this kind is saved to. What is saved is always the payload itself. */
  readonly fileExtension: string
  /** The lengths of line it can lay a payload of so many bytes out in, shortest first; absent = one for every pane. */
  readonly widths?: (payloadBytes: number) => readonly number[]
  /** Lays the payload out, or begins to: what takes more than a frame for a large payload is done in `advance`. */
  readonly open: (payload: ShownPayload) => OpenedPayload
}

/** Of content that was made in one go. */
export const openedAtOnce = (content: PayloadContent): OpenedPayload => ({ content: () => content, advance: null })
