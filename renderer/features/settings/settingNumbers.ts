import { largestPacketBytes, settingsSchema } from '#shared/model/settings'

const bytesPerMegabyte = 2 ** 20

/** How a setting is written in its field, and between what. `parse` answers null for what the settings do not allow. */
export interface SettingNumber<Value> {
  readonly range: { readonly lowest: number; readonly highest: number }
  readonly text: (value: Value) => string
  readonly parse: (text: string) => { readonly value: Value } | null
}

const isWhole = (text: string) => /^\d{1,9}$/.test(text)

/** Bytes in whole megabytes. */
export const budgetNumber: SettingNumber<number> = {
  range: { lowest: 32, highest: 4_096 },
  text: (bytes) => String(Math.round(bytes / bytesPerMegabyte)),
  parse: (text) => {
    const trimmed = text.trim()
    if (!isWhole(trimmed)) return null
    const parsed = settingsSchema.shape.logBudgetBytes.safeParse(Number(trimmed) * bytesPerMegabyte)
    return parsed.success ? { value: parsed.data } : null
  },
}

const historyRange = { lowest: 256, highest: 4_194_304 }

/** Bytes in whole megabytes. */
export const historyNumber: SettingNumber<number> = {
  range: historyRange,
  text: (bytes) => String(Math.round(bytes / bytesPerMegabyte)),
  parse: (text) => {
    const trimmed = text.trim()
    const megabytes = Number(trimmed)
    if (!isWhole(trimmed) || megabytes < historyRange.lowest || megabytes > historyRange.highest) return null
    return { value: megabytes * bytesPerMegabyte }
  },
}

const historyDaysRange = { lowest: 1, highest: 36_500 }

/** Days; an empty field is no limit. */
export const historyDaysNumber: SettingNumber<number | null> = {
  range: historyDaysRange,
  text: (days) => (days === null ? '' : String(days)),
  parse: (text) => {
    const trimmed = text.trim()
    if (trimmed === '') return { value: null }
    const days = Number(trimmed)
    const isWithin = days >= historyDaysRange.lowest && days <= historyDaysRange.highest
    return isWhole(trimmed) && isWithin ? { value: days } : null
  },
}

const rowLimitRange = { lowest: 1_000, highest: 100_000_000 }

/** Rows; an empty field is no limit. */
export const rowLimitNumber: SettingNumber<number | null> = {
  range: rowLimitRange,
  text: (rows) => (rows === null ? '' : String(rows)),
  parse: (text) => {
    const trimmed = text.trim()
    if (trimmed === '') return { value: null }
    const rows = Number(trimmed)
    return isWhole(trimmed) && rows >= rowLimitRange.lowest && rows <= rowLimitRange.highest ? { value: rows } : null
  },
}

const topicLimitRange = { lowest: 1_000, highest: 10_000_000 }

/** Topics. */
export const topicLimitNumber: SettingNumber<number> = {
  range: topicLimitRange,
  text: String,
  parse: (text) => {
    const trimmed = text.trim()
    const topics = Number(trimmed)
    if (!isWhole(trimmed) || topics < topicLimitRange.lowest || topics > topicLimitRange.highest) return null
    return { value: topics }
  },
}

const packetRange = { lowest: 0.001, highest: 256 }

/** Bytes in megabytes, down to a thousandth. The most is the protocol's own limit, a few bytes above 256 MB. */
export const packetNumber: SettingNumber<number> = {
  range: packetRange,
  text: (bytes) => String(Number((bytes / bytesPerMegabyte).toFixed(3))),
  parse: (text) => {
    const trimmed = text.trim()
    if (!/^\d{1,3}(\.\d{1,3})?$/.test(trimmed)) return null
    const megabytes = Number(trimmed)
    if (megabytes < packetRange.lowest || megabytes > packetRange.highest) return null
    return { value: megabytes === packetRange.highest ? largestPacketBytes : Math.round(megabytes * bytesPerMegabyte) }
  },
}
