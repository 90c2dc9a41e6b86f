import { createStore } from 'zustand/vanilla'
import type { Snapshot } from '#shared/contract'
import {
  emptyPublishLibrary,
  type PayloadFile,
  type PublishFileRequest,
  type PublishReceipt,
  type PublishRequest,
} from '#shared/model/publish'
import { fail, ok, type Result } from '#shared/result'
import type { Api } from '../../../ipc/api'
import type { ConnectionModels } from '../../../model/connectionModel'
import type { AppState } from '../../../store/appStore'
import { createPublishSlice } from '../publishSlice'

export interface FakeCalls {
  readonly published: PublishRequest[]
  readonly notices: { readonly text: string; readonly action?: { readonly run: () => void } }[]
  readonly librariesSaved: number[]
  answer: (request: PublishRequest) => Promise<Result<PublishReceipt>>
  /** What the system's dialog answers. */
  file: PayloadFile | null
  /** What is in it when it is read. */
  readFile: () => Result<{ readonly file: PayloadFile; readonly kept: Uint8Array | null }>
  readonly publishedFiles: PublishFileRequest[]
}

const online = { state: { phase: 'online', limits: { maximumQos: 2 } }, subscriptions: [] }

/** A store with the publish slice, one connection `c` that is online, and a main process that answers at once. */
export const publishStore = (topics: readonly string[] = []) => {
  const calls: FakeCalls = {
    published: [],
    notices: [],
    librariesSaved: [],
    answer: () => Promise.resolve(ok({ sequence: 1, reasonCode: 0, protocolVersion: '5', milliseconds: 0.42 })),
    file: null,
    readFile: () => fail('fileMissing', 'Gone.', { values: { name: 'firmware.bin' } }),
    publishedFiles: [],
  }
  const invoke = (name: string, input: unknown): Promise<unknown> => {
    if (name === 'message.publish') {
      calls.published.push(input as PublishRequest)
      return calls.answer(input as PublishRequest)
    }
    if (name === 'message.publishFile') {
      calls.publishedFiles.push(input as PublishFileRequest)
      const read = calls.readFile()
      if (!read.ok) return Promise.resolve(read)
      return calls.answer(input as PublishRequest).then((delivery) => ok({ ...read.value, delivery }))
    }
    if (name === 'payloadFile.read') {
      const read = calls.readFile()
      return Promise.resolve(read.ok ? ok(read.value.kept) : read)
    }
    if (name === 'library.save') calls.librariesSaved.push((input as typeof emptyPublishLibrary).savedMessages.length)
    return Promise.resolve(ok(name === 'payloadFile.choose' ? calls.file : null))
  }
  const tools = {
    api: { invoke, onEvent: () => () => undefined } as unknown as Api,
    models: { of: () => ({ topicNames: topics }) } as unknown as ConnectionModels,
  }
  let ids = 0
  const publishTools = { now: () => 1_000, newId: () => `id-${++ids}`, libraryPauseMs: 0 }
  const snapshot = { library: emptyPublishLibrary } as Snapshot
  const store = createStore<AppState>()(
    (set, get) =>
      ({
        ...createPublishSlice(snapshot, publishTools)(set, get, tools),
        activeConnectionId: 'c',
        focusRequest: null,
        profiles: [{ profile: { id: 'c', protocolVersion: '5' } }],
        sessions: { c: { connectionId: 'c', ...online } },
        showNotice: (notice: FakeCalls['notices'][number]) => calls.notices.push(notice),
        receiveNotice: () => undefined,
      }) as unknown as AppState,
  )
  return { store, models: tools.models, calls }
}
