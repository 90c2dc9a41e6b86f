import { z } from 'zod'
import { chartSchema, mostCharts } from './chart'
import { layoutSchema } from './layout'
import { columnWidthSchema } from './columnWidth'
import { logColumnsSchema } from './logColumns'

/** MQTT 5 §2.1.4: 268,435,455 bytes behind a fixed header of five. */
export const largestPacketBytes = 268_435_460

export const languages = ['en', 'zh-CN', 'zh-TW'] as const

/** Topics that can be pinned of one connection. */
export const mostPinned = 200

/** A query of the log (build/docs/query.md); `name` '' = it has none. */
const savedQuerySchema = z.object({ name: z.string().max(200), query: z.string().min(1).max(10_000) })
export type SavedQuery = z.infer<typeof savedQuerySchema>

/** Characters of the note on a message. */
export const longestNote = 500

/** What is kept of a message with a bookmark: the log is gone with the window, and what a person wrote is not. */
const keptBookmarkSchema = z.object({
  topic: z.string().max(65_535),
  /** When the message came, in milliseconds since 1970. */
  time: z.number(),
  /** '' = none. */
  note: z.string().max(longestNote),
  /** The beginning of its payload, as the log showed it. */
  payload: z.string().max(1_000),
})
export type KeptBookmark = z.infer<typeof keptBookmarkSchema>

/** `entered` = as they were added; `messages` = those with most messages first. */
export const subscriptionSorts = ['entered', 'filter', 'messages'] as const
export type SubscriptionSort = (typeof subscriptionSorts)[number]

/** What a person sets once for the whole application, and what the window remembers. */
/** What requests of a connection were sent with last, as it was typed. */
const requestOptionsSchema = z.object({
  /** Milliseconds. */
  timeoutMs: z.string().max(100),
  /** Before MQTT 5: where answers are expected, as a template. */
  responsePattern: z.string().max(2 * 65_535),
})

export const settingsSchema = z.object({
  theme: z.enum(['system', 'light', 'dark']),
  /** Light and dark both have high contrast. */
  contrast: z.enum(['system', 'standard', 'high']).default('system'),
  /** null = the system's. */
  language: z.enum(languages).nullable(),
  /** Sizes of the resizable panes by what stands side by side: percentages by pane id. */
  paneLayouts: z.record(z.string(), z.record(z.string(), z.number())),
  /** Where the views of the workspace stand; null = where they stand at first. What cannot be read is as if it were null. */
  layout: layoutSchema.nullable().catch(null).default(null),
  /** The probe lays its filter beside a topic level by level. */
  probeLevelsOpen: z.boolean().default(true),
  /** The connection that was in view last. */
  lastConnectionId: z.string().max(64).nullable().default(null),
  /** The connections with a tab over the workspace, in its order. */
  openConnectionIds: z.array(z.string().max(64)).max(1_000).default([]),
  /** The two connections that stood side by side, from left to right; empty = none did. */
  connectionsBeside: z
    .array(z.string().max(64))
    .max(2)
    .refine((ids) => new Set(ids).size === ids.length)
    .catch([])
    .default([]),
  /** Keep secrets readable on disk where the system offers no keyring. Off: they are kept for this run only. */
  storeSecretsWithoutKeyring: z.boolean(),
  /** Bytes of messages the window keeps per connection before the oldest go. */
  logBudgetBytes: z
    .number()
    .int()
    .min(32 * 2 ** 20)
    .max(4 * 2 ** 30),
  /** Messages the window keeps per connection before the oldest go; null = as many as the bytes allow. */
  logRowLimit: z.number().int().min(1_000).max(100_000_000).nullable().default(null),
  /** What a connection keeps on disk before the oldest goes. */
  historyBytes: z
    .number()
    .int()
    .min(2 ** 28)
    .max(2 ** 42)
    .default(2 ** 32),
  /** How old it may be there; null = as old as it gets. */
  historyDays: z.number().int().min(1).max(36_500).nullable().default(30),
  /** Topics kept per connection; messages on further ones are logged and counted all the same. */
  topicLimit: z.number().int().min(1_000).max(10_000_000).default(1_000_000),
  /** Further copies of a message, which a server sends where several filters match, are messages of the log as well. */
  showCopies: z.boolean().default(false),
  /** A larger packet from a server is refused from its fixed header, before its body is read. */
  maximumPacketBytes: z.number().int().min(1_024).max(largestPacketBytes).default(largestPacketBytes),
  /** By connection, in the order of saving. */
  savedQueries: z.record(z.string().max(64), z.array(savedQuerySchema).max(1_000)).default({}),
  /** By connection, in the order of their messages. */
  bookmarks: z.record(z.string().max(64), z.array(keptBookmarkSchema).max(10_000)).default({}),
  /** The columns of the message log as a person has arranged them; empty = nobody has. */
  logColumns: logColumnsSchema.default([]),
  /** The columns of the topic tree, beside the names. */
  treeColumns: z.array(z.string().max(40)).max(100).default(['value', 'rate', 'last']),
  /** By column of the topic tree, of this version or another: how wide a person has made it. */
  treeColumnWidths: z.record(z.string().max(40), columnWidthSchema).catch({}).default({}),
  /** The order of the lists of subscriptions. */
  subscriptionSort: z.enum(subscriptionSorts).catch('entered').default('entered'),
  /** By connection: topics, and branches, that stand above its tree, in the order of pinning. */
  pinnedTopics: z.record(z.string().max(64), z.array(z.string().max(65_535)).max(mostPinned)).default({}),
  /** By the id of the connection. */
  requestOptions: z.record(z.string().max(64), requestOptionsSchema).catch({}).default({}),
  /** By the id of the connection, from top to bottom. */
  charts: z.record(z.string().max(64), z.array(chartSchema).max(mostCharts)).catch({}).default({}),
  /** What became of the connection and of its subscriptions stands between the messages of the log. */
  logEvents: z.boolean().default(true),
  /** Packets are recorded of every connection, as long as a person does not switch it off for one. */
  recordPackets: z.boolean().default(true),
  /** Rules of watched values are told as notifications of the system. */
  notifications: z.boolean().default(true),
})
export type Settings = z.infer<typeof settingsSchema>
export type Language = (typeof languages)[number]

export const defaultSettings: Settings = {
  theme: 'system',
  contrast: 'system',
  language: null,
  paneLayouts: {},
  layout: null,
  probeLevelsOpen: true,
  lastConnectionId: null,
  openConnectionIds: [],
  connectionsBeside: [],
  storeSecretsWithoutKeyring: false,
  logBudgetBytes: 256 * 2 ** 20,
  logRowLimit: null,
  historyBytes: 2 ** 32,
  historyDays: 30,
  topicLimit: 1_000_000,
  showCopies: false,
  maximumPacketBytes: largestPacketBytes,
  savedQueries: {},
  bookmarks: {},
  logColumns: [],
  treeColumns: ['value', 'rate', 'last'],
  treeColumnWidths: {},
  subscriptionSort: 'entered',
  pinnedTopics: {},
  requestOptions: {},
  charts: {},
  logEvents: true,
  recordPackets: true,
  notifications: true,
}
