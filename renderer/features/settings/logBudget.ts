import { settingsSchema } from '#shared/model/settings'

const bytesPerMegabyte = 2 ** 20

export const budgetRange = { lowest: 32, highest: 4_096 } as const

export const budgetText = (bytes: number): string => String(Math.round(bytes / bytesPerMegabyte))

/** Bytes for what was typed as whole megabytes, or null where the settings do not allow it. */
export const parseBudget = (text: string): number | null => {
  const trimmed = text.trim()
  if (!/^\d{1,9}$/.test(trimmed)) return null
  const parsed = settingsSchema.shape.logBudgetBytes.safeParse(Number(trimmed) * bytesPerMegabyte)
  return parsed.success ? parsed.data : null
}
