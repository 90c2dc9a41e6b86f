import type { ConnectionModel } from '../../model/connectionModel'
import type { MessageView } from '../../model/messageLog/messageLogChunk'
import type { Selection } from '../../store/selectionSlice'

export interface Inspected {
  readonly message: MessageView
  /** `latest` = not selected, but the newest of the selected topic; `gone` = selected, and evicted or cleared since. */
  readonly origin: 'selected' | 'latest' | 'gone'
}

type Inspect = (selection: Selection | null) => Inspected | null

const isSame = (one: MessageView, other: MessageView) =>
  one.sequence === other.sequence &&
  one.delivery?.state === other.delivery?.state &&
  one.delivery?.at === other.delivery?.at

/**
 * Answers what the details show, with the same object as long as it says the same: batches come many times a second,
 * and a payload must not be laid out anew for each. A message that is selected stays readable when it is evicted.
 */
const createInspector = (model: Pick<ConnectionModel, 'log'>): Inspect => {
  let last: Inspected | null = null
  const remember = (message: MessageView, origin: Inspected['origin']): Inspected => {
    if (last && last.origin === origin && isSame(last.message, message)) return last
    last = { message: last && isSame(last.message, message) ? last.message : message, origin }
    return last
  }
  return (selection) => {
    if (selection === null) return null
    const { log } = model
    if (selection.kind === 'topic') {
      const message = log.latestOf(selection.topic)
      return message && remember(message, 'latest')
    }
    const { sequence } = selection
    const message = log.messageOf(sequence)
    if (message) return remember(message, 'selected')
    return last?.message.sequence === sequence ? remember(last.message, 'gone') : null
  }
}

const inspectors = new WeakMap<ConnectionModel, Inspect>()

/** One a connection: a selected message stays readable when it goes while another connection is looked at. */
export const inspectorOf = (model: ConnectionModel): Inspect => {
  const known = inspectors.get(model)
  if (known) return known
  const made = createInspector(model)
  inspectors.set(model, made)
  return made
}
