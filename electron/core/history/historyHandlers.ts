import type { Handlers } from '#shared/contract'
import { fail, ok, type Result } from '#shared/result'
import { messageOf } from '#shared/text/messageOf'
import type { MessageSource } from '../recordings/messageSource'
import type { OpenedRecordings } from '../recordings/openedRecordings'
import type { Histories } from './histories'

interface HistoryHandlerParts {
  readonly histories: Histories
  readonly recordings: Pick<OpenedRecordings, 'openStretch'>
}

type HistoryCommands = Extract<keyof Handlers, `history.${string}`>

/** Null in the place of a time = all. */
interface Stretch {
  readonly connectionId: string
  readonly from: number | null
  readonly to: number | null
}

export const createHistoryHandlers = ({
  histories,
  recordings,
}: HistoryHandlerParts): Pick<Handlers, HistoryCommands> => {
  const sourceOf = async ({ connectionId, from, to }: Stretch): Promise<Result<Required<MessageSource>>> => {
    const range = { ...(from === null ? {} : { from }), ...(to === null ? {} : { to }) }
    try {
      return ok(await histories.source(connectionId, range))
    } catch (error) {
      return fail('historyUnreadable', messageOf(error))
    }
  }
  return {
    'history.open': async ({ connectionId }) => {
      await histories.open(connectionId)
      return ok(null)
    },
    'history.status': ({ connectionId }) => histories.status(connectionId),
    'history.measure': async (stretch) => {
      const source = await sourceOf(stretch)
      return source.ok ? ok(source.value.summary) : source
    },
    'history.openStretch': async (stretch) => {
      const found = await sourceOf(stretch)
      if (!found.ok) return found
      const { messages, from, to } = found.value.summary
      if (messages === 0) return fail('historyStretchEmpty', 'Nothing of that time is on disk.')
      const name = `${histories.nameOf(stretch.connectionId)} · ${spanOf(from, to)}`
      return ok(await recordings.openStretch(found.value, { name, stretch: { ...stretch, messages } }))
    },
    'history.remove': ({ connectionId }) => histories.remove(connectionId),
  }
}

/** As ISO 8601 has it, to the second, on the clock of this computer: the day once where both are of one day. */
const spanOf = (from: number | null, to: number | null): string => {
  const [first, last] = [from, to].map((time) => localTimeOf(time ?? 0))
  const isOneDay = first?.day === last?.day
  return `${first?.day} ${first?.clock} – ${isOneDay ? '' : `${last?.day} `}${last?.clock}`
}

const localTimeOf = (time: number): { readonly day: string; readonly clock: string } => {
  const text = new Date(time - new Date(time).getTimezoneOffset() * 60_000).toISOString()
  return { day: text.slice(0, 10), clock: text.slice(11, 19) }
}
