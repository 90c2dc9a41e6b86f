import { z } from 'zod'
import type { RecordedMark } from '#shared/model/recordings'
import { nanosecondsOf } from './recordedWire'

/** A line of a recording that is no message: what became of the connection, or what a person wrote at a message. */
export type MarkLine =
  | { readonly kind: 'event'; readonly name: string; readonly detail: string; readonly time: number }
  | { readonly kind: 'bookmark'; readonly note: string; readonly topic: string; readonly time: number }

export const markLineOf = (mark: MarkLine): string => {
  const t = `"t":${nanosecondsOf(mark.time).toString()}`
  return mark.kind === 'event'
    ? `{"event":${JSON.stringify(mark.name)},"detail":${JSON.stringify(mark.detail)},${t}}`
    : `{"bookmark":${JSON.stringify({ note: mark.note, on: mark.topic })},${t}}`
}

const lineSchema = z.object({
  event: z.string().optional(),
  detail: z.string().optional(),
  bookmark: z.union([z.string(), z.object({ note: z.string().default(''), on: z.string().default('') })]).optional(),
})

/** What such a line says; a later version may have others, which are told as they are written. */
export const markOf = (json: string): Omit<RecordedMark, 'before'> => {
  const parsed = lineSchema.safeParse(jsonOf(json))
  const digits = /"t"\s*:\s*(\d{1,19})/.exec(json)?.[1]
  const time = digits === undefined ? null : Number(BigInt(digits) / 1_000n) / 1_000
  const cut = (text: string) => text.slice(0, longest)
  if (!parsed.success) return { kind: 'event', time, text: 'other', detail: cut(json) }
  const { event, detail = '', bookmark } = parsed.data
  if (bookmark !== undefined)
    return typeof bookmark === 'string'
      ? { kind: 'bookmark', time, text: cut(bookmark), detail: '' }
      : { kind: 'bookmark', time, text: cut(bookmark.note), detail: bookmark.on }
  return { kind: 'event', time, text: cut(event ?? 'other'), detail: cut(detail) }
}

const longest = 2_000

const jsonOf = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
