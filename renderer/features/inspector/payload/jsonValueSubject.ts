import type { ValueSubject } from '../../../actions/action'
import { jsonPathTo, type JsonOutline } from '../../../decode/json/jsonOutline'
import type { MessageView } from '../../../model/messageLog/messageLogChunk'
import type { Connection } from '../../../state/app'

interface ValueLine {
  readonly connection: Connection
  readonly message: MessageView
  readonly outline: JsonOutline
  readonly line: number
}

/** The value of a line of JSON that is laid out one value a line, for what can be done with it. */
export const jsonValueSubject = ({ connection, message, outline, line }: ValueLine): ValueSubject => ({
  connection,
  message,
  topic: message.topic,
  get path() {
    return jsonPathTo(outline.stepsTo(line))
  },
  get kind() {
    return kindOf(outline.valueText(line))
  },
  get text() {
    return says(outline.valueText(line))
  },
})

const kindOf = (written: string): ValueSubject['kind'] => {
  if (written.startsWith('"')) return 'text'
  if (/^[[{]/.test(written)) return 'container'
  return /^[tfn]/.test(written) ? 'word' : 'number'
}

/** A string without its quotes and escapes; everything else as it is written, so that numbers keep every digit. */
const says = (written: string): string => (written.startsWith('"') ? String(JSON.parse(written)) : written)
