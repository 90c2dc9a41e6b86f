import { decodeUtf8 } from '#shared/mqtt/utf8'
import { captureReader } from './capture/captureReader'
import { mqttRecorderBase64Reader, mqttRecorderReader, mqttxCsvReader } from './readers/csvReaders'
import { mqttLooterReader, mqttxJsonReader, transmitronReader } from './readers/jsonDocuments'
import { lazyMqttReader, mosquittoVerboseReader } from './readers/lineReaders'
import { mosquittoJsonReader } from './readers/mosquittoJson'
import { mqttSpyReader } from './readers/mqttSpy'
import { recordingReader, recordingWriter } from './recordingFile'
import type { RecordingReader } from './recordingReader'
import type { RecordingWriter, WritingOptions } from './recordingWriter'
import { jsonLinesWriter } from './writers/jsonLines'
import { createMqttxCsvWriter } from './writers/mqttxCsv'
import { createParquetWriter } from './writers/parquet'
import { createPcapngWriter } from './writers/pcapng'

/** All of them, in the order in which a file is tried: what is sure of itself comes first. */
export const recordingReaders: readonly RecordingReader[] = [
  captureReader,
  recordingReader,
  mosquittoJsonReader,
  lazyMqttReader,
  mqttLooterReader,
  mqttxJsonReader,
  transmitronReader,
  mqttSpyReader,
  mqttxCsvReader,
  mqttRecorderReader,
  mqttRecorderBase64Reader,
  mosquittoVerboseReader,
]

/** So much of a content says of what kind it is. */
export const headBytes = 2 ** 18
const headLines = 20

/** The one that the content is of; null = none that is known. `bytes` are its first ones, or all. */
export const readerFor = (bytes: Uint8Array): RecordingReader | null => {
  const head = bytes.subarray(0, headBytes)
  const text = decodeUtf8(head)
    .replace(/^\ufeff/, '')
    .trimStart()
  const lines = text
    .split(/\r?\n/, 2 * headLines)
    .filter((line) => line.trim() !== '')
    .slice(0, headLines)
  const { 0: firstLine = '' } = lines
  return recordingReaders.find(({ isFor }) => isFor?.({ bytes: head, text, firstLine, lines })) ?? null
}

/** Files that messages can be written to, by their names; `jsonl` may have a template instead. */
export const recordingWriters = {
  jsonl: () => jsonLinesWriter,
  csv: createMqttxCsvWriter,
  pcapng: createPcapngWriter,
  parquet: createParquetWriter,
  recording: () => recordingWriter,
} as const satisfies Readonly<Record<string, (options?: WritingOptions) => RecordingWriter>>
export type RecordingFormat = keyof typeof recordingWriters
