import { decodeUtf8 } from '#shared/mqtt/utf8'
import type { RecordingWriter, WrittenMessage } from '#shared/recording/recordingWriter'
import { jsonLinesWriter } from '#shared/recording/writers/jsonLines'
import { parseTemplate } from '#shared/recording/writers/messageTemplate'
import { createMqttxCsvWriter } from '#shared/recording/writers/mqttxCsv'
import { createPayloadFiles } from '#shared/recording/writers/payloadFiles'
import type { ExportPlan } from '../../state/exportPlan'

/** Of a payload so much is written for a preview, and of what is written so much is shown. */
const mostBytes = 4_096
const mostCharacters = 2_000

export interface Preview {
  readonly text: string
  readonly isCut: boolean
}

/** A message as it will stand in the file; null = that is no text. */
export const previewOf = (
  message: WrittenMessage,
  plan: Pick<ExportPlan, 'format' | 'template' | 'decoded'>,
): Preview | null => {
  const { payload } = message
  const isLong = payload.length > mostBytes
  const text = textOf(
    isLong ? { ...message, payload: payload.slice(0, mostBytes), payloadBytes: payload.length } : message,
    plan,
  )
  if (text === null) return null
  return { text: text.slice(0, mostCharacters), isCut: isLong || text.length > mostCharacters }
}

const textOf = (
  message: WrittenMessage,
  { format, template, decoded }: Pick<ExportPlan, 'format' | 'template' | 'decoded'>,
) => {
  switch (format) {
    case 'raw':
      return decodeUtf8(createPayloadFiles()(message).manifest)
    case 'csv':
      return written(createMqttxCsvWriter({ decoded }), message)
    case 'template': {
      const parsed = parseTemplate(template)
      return parsed.ok ? written(parsed.writer, message) : ''
    }
    case 'jsonl':
    case 'recording':
      return written(jsonLinesWriter, message)
    case 'pcapng':
    case 'parquet':
      return null
  }
}

const written = (writer: RecordingWriter, message: WrittenMessage): string =>
  decodeUtf8(writer.begin()) + decodeUtf8(writer.message(message))
