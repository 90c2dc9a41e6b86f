import { readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { newProfile, type Profile, type ProfileId } from '#shared/model/profile'
import type { OpenedRecording, RecordedMark, RecordedStretch, RefusedPart } from '#shared/model/recordings'
import { fail, ok, type Result } from '#shared/result'
import type { MessageInbox } from '../broker/inbox/messageInbox'
import { createReading, type Reading } from './reading'
import type { MessageSource } from './messageSource'
import { contentOfFile, contentOfStretch, type RecordedContent } from './recordedContent'
import { openRecordingFile, unpackedPrefix } from './recordingFile'
import { createRecordingSource } from './recordingSource'

export interface OpenedRecordingsParts {
  readonly inbox: Pick<MessageInbox, 'connection' | 'remove' | 'hasRoom'>
  readonly newId: () => ProfileId
  readonly temporaryFolder: string
  /** Puts its connection into the list, for this run. */
  readonly onOpened: (profile: Profile) => Promise<void>
  /** Takes it out again. */
  readonly onClosed: (id: ProfileId) => Promise<void>
  readonly onChange: (status: OpenedRecording) => void
  readonly onMarks: (told: { readonly connectionId: ProfileId; readonly marks: readonly RecordedMark[] }) => void
}

/** Recordings that were opened, each as a connection of its own: its messages go the way of those of a broker. */
export interface OpenedRecordings {
  /** Answers when its kind is known; its messages come after that. Fails as `openRecordingFile` does. */
  open(path: string): Promise<Result<{ connectionId: ProfileId }>>
  /** The same with what a connection keeps on disk. */
  openStretch(source: Required<MessageSource>, about: StretchFacts): Promise<{ connectionId: ProfileId }>
  /** Stops reading; what was read stays. */
  stop(id: ProfileId): Result<null>
  close(id: ProfileId): Promise<Result<null>>
  /** What could not be read, from one place of the list on. */
  refused(id: ProfileId, from: number, count: number): Result<readonly RefusedPart[]>
  isOpen(id: ProfileId): boolean
  statuses(): OpenedRecording[]
  /** Its messages, as they are read from the file again; null = there is no such recording. */
  sourceOf(id: ProfileId): MessageSource | null
  /** A window that was loaded anew has none of the messages. */
  readAgain(): void
  closeAll(): Promise<void>
}

interface StretchFacts {
  readonly name: string
  readonly stretch: RecordedStretch
}

interface Opened {
  readonly content: RecordedContent
  readonly profile: Profile
  reading: Reading
}

export const createOpenedRecordings = (parts: OpenedRecordingsParts): OpenedRecordings => {
  const { inbox, onChange } = parts
  const all = new Map<ProfileId, Opened>()
  const closing = new AbortController()
  const tidied = removeLeftovers(parts.temporaryFolder)

  const read = (id: ProfileId, content: RecordedContent): Reading =>
    createReading({
      connectionId: id,
      content,
      inbox: inbox.connection(id),
      hasRoom: inbox.hasRoom,
      onChange,
      onMarks: (marks) => parts.onMarks({ connectionId: id, marks }),
    })
  const add = async (content: RecordedContent): Promise<{ connectionId: ProfileId }> => {
    const profile = newProfile({ id: parts.newId(), kind: 'recording', name: content.name.slice(0, 200) })
    await parts.onOpened(profile)
    all.set(profile.id, { content, profile, reading: read(profile.id, content) })
    return { connectionId: profile.id }
  }

  return {
    open: async (path) => {
      await tidied
      const opened = await openRecordingFile(path, {
        temporaryFolder: parts.temporaryFolder,
        signal: closing.signal,
      })
      return opened.ok ? ok(await add(contentOfFile(opened.value))) : opened
    },
    openStretch: (source, about) => add(contentOfStretch(source, about)),
    stop: (id) => {
      const opened = all.get(id)
      if (!opened) return notOpen()
      opened.reading.stop()
      return ok(null)
    },
    close: async (id) => {
      const opened = all.get(id)
      if (!opened) return notOpen()
      all.delete(id)
      await opened.reading.end()
      inbox.remove(id)
      await parts.onClosed(id)
      await opened.content.close()
      return ok(null)
    },
    refused: (id, from, count) => {
      const opened = all.get(id)
      return opened ? ok(opened.reading.refused().slice(from, from + count)) : notOpen()
    },
    isOpen: (id) => all.has(id),
    statuses: () => [...all.values()].map(({ reading }) => reading.status()),
    sourceOf: (id) => {
      const opened = all.get(id)
      return opened ? createRecordingSource(opened.content, opened.reading.status) : null
    },
    readAgain: () => {
      for (const [id, opened] of all) {
        void opened.reading.end()
        inbox.remove(id)
        opened.reading = read(id, opened.content)
      }
    },
    closeAll: async () => {
      closing.abort()
      const opened = [...all.values()]
      all.clear()
      for (const { reading, content } of opened) {
        await reading.end()
        await content.close()
      }
    },
  }
}

/** What a run that was killed has unpacked. */
const removeLeftovers = async (folder: string): Promise<void> => {
  const names = await readdir(folder).catch(() => [])
  const left = names.filter((name) => name.startsWith(unpackedPrefix))
  await Promise.all(left.map((name) => rm(join(folder, name), { recursive: true, force: true })))
}

const notOpen = () => fail('notFound', 'This recording is not open.')
