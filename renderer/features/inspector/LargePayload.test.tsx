import { act, cleanup, render, screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { IntlProvider } from 'use-intl'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { createStore } from 'zustand/vanilla'
import type { CommandInput } from '#shared/contract'
import { flags, payloadHeadBytes, recordBytes, type Frame } from '#shared/model/frame'
import { recordOffset } from '#shared/model/frameReader'
import { fail, ok, type Result } from '#shared/result'
import errors from '../../i18n/en/errors.json'
import filterProblems from '../../i18n/en/filterProblems.json'
import messages from '../../i18n/en/inspector.json'
import profile from '../../i18n/en/profile.json'
import ui from '../../i18n/en/ui.json'
import type { Api } from '../../ipc/api'
import { createConnectionModels } from '../../model/connectionModel'
import { frameOfMessages } from '../../model/messageLog/messageLogTesting'
import type { AppState } from '../../store/appStore'
import type { Selection } from '../../store/selectionSlice'
import { createPayloadSlice } from '../../store/payloadSlice'
import { AppContext } from '../../store/useApp'
import { stubLayout } from '../../ui/layoutTesting'
import { createInspectorSlice } from './inspectorSlice'
import { InspectorPane } from './InspectorPane'

// A box of 600 px.
stubLayout({ clientHeight: 600, offsetHeight: 18 })
afterEach(cleanup)

/** The log gets the heads only, as main sends them. */
const headsOf = (payloads: readonly Uint8Array[]): Frame => {
  const list = payloads.map((payload) => ({
    topicId: 0,
    flags: flags.head,
    payload: payload.slice(0, payloadHeadBytes),
  }))
  const names = { firstTopicId: 0, newTopics: ['plant/dump'], firstMatchSetId: 0, newMatchSets: [[]] }
  const frame = frameOfMessages(1, list, names)
  const records = new DataView(frame.records.buffer)
  payloads.forEach((payload, index) =>
    records.setUint32(index * recordBytes + recordOffset.payloadLength, payload.length, true),
  )
  return frame
}

type Read = CommandInput<'payload.read'>

const pinned = (sequence: number): Selection => ({ kind: 'message', sequence, within: null })

const show = (payloads: readonly Uint8Array[], selected: number, refuse?: Result<never>) => {
  const models = createConnectionModels({ bytes: 2 ** 25, rows: null })
  const reads: (Read & { readonly answer: () => void })[] = []
  const saved: unknown[] = []
  const invoke = (name: string, input: unknown) => {
    if (name !== 'payload.read') {
      saved.push([name, input])
      return Promise.resolve(ok(null))
    }
    const read = input as Read
    const slice = () => refuse ?? ok(payloads[read.sequence - 1]?.slice(read.from, read.to))
    return new Promise((resolve) => reads.push({ ...read, answer: () => resolve(slice()) }))
  }
  const spies = { copyText: vi.fn(), composeMessage: vi.fn(), composeFor: vi.fn() }
  const tools = { api: { invoke } as unknown as Api, models }
  const store = createStore<AppState>()(
    (set, get) =>
      ({
        ...createInspectorSlice(set, get, tools),
        ...createPayloadSlice(set, get, tools),
        dataRevision: 0,
        selections: { c: pinned(selected) },
        profiles: [],
        sessions: {},
        ...spies,
      }) as unknown as AppState,
  )
  models.apply(headsOf(payloads))
  render(
    <AppContext value={{ store, models }}>
      <IntlProvider locale="en" timeZone="UTC" messages={{ inspector: messages, ui, errors, filterProblems, profile }}>
        <InspectorPane connectionId="c" />
      </IntlProvider>
    </AppContext>,
  )
  const region = within(screen.getByRole('region', { name: 'Message details' }))
  /** Answers what is asked until nothing more is. */
  const answerAll = async () => {
    for (let answered = 0; answered < reads.length;) {
      for (; answered < reads.length; answered += 1) reads[answered]?.answer()
      await act(() => new Promise((resolve) => setTimeout(resolve, 40)))
    }
  }
  const select = (sequence: number) => act(() => store.setState({ selections: { c: pinned(sequence) } }))
  return { store, region, reads, saved, answerAll, select, ...spies }
}

const binary = Uint8Array.from({ length: 5 * 2 ** 20 }, (_, index) => (index >> 4) & 0xff)

describe('a message of which the log has the head', () => {
  it('shows the head and the true length at once, and all of it when it was read in slices', async () => {
    const { region, reads, answerAll } = show([binary], 1)
    expect(region.getByText(/^00000000 00 00 00/)).toBeDefined()
    expect(region.getByText(/5,242,880 B/)).toBeDefined()
    expect(region.getByText('0 of 5 MiB')).toBeDefined()
    expect(reads).toMatchObject([{ connectionId: 'c', sequence: 1, from: 0 }])
    await answerAll()
    expect(reads.slice(1).map(({ from }) => from)).toEqual(reads.slice(0, -1).map(({ to }) => to))
    expect(reads.at(-1)?.to).toBe(binary.length)
    expect(region.queryByRole('progressbar')).toBeNull()
    const content = region.getByRole('group', { name: 'Payload content' })
    act(() => {
      content.scrollTop = binary.length * 18
      content.dispatchEvent(new Event('scroll', { bubbles: true }))
    })
    await waitFor(() => expect(region.getByText(/^004ffff0 ff ff/)).toBeDefined())
  })

  it('asks for one slice at a time, and no more once reading was cancelled', async () => {
    const { region, reads, answerAll, store } = show([binary], 1)
    expect(reads).toHaveLength(1)
    await userEvent.click(region.getByRole('button', { name: 'Cancel' }))
    expect(region.getByText('Only the first 64 KiB are shown.')).toBeDefined()
    await answerAll()
    expect(reads).toHaveLength(1)
    expect(store.getState().wholePayload?.phase).toBe('cancelled')
    await userEvent.click(region.getByRole('button', { name: 'Read the rest' }))
    await answerAll()
    expect(store.getState().wholePayload?.phase).toBe('whole')
  })

  it('is released when another one is opened', async () => {
    const { store, answerAll, select, reads } = show([binary, binary], 1)
    await answerAll()
    expect(store.getState().wholePayload).toMatchObject({ sequence: 1, phase: 'whole' })
    select(2)
    expect(store.getState().wholePayload).toMatchObject({ sequence: 2, phase: 'loading', loadedBytes: 0 })
    expect(reads.at(-1)).toMatchObject({ sequence: 2, from: 0 })
  })

  it('says plainly when the rest was evicted; the head still shows', async () => {
    const { region, answerAll } = show([binary], 1, fail('payloadNotKept', 'Evicted.'))
    await answerAll()
    expect(region.getByText('Only the first 64 KiB are kept; the rest was evicted.')).toBeDefined()
    expect(region.getByText(/^00000000 00 00 00/)).toBeDefined()
    for (const name of [/^Copy payload/, /^Save payload/, /^Send again/])
      expect(region.getByRole('button', { name })).toHaveProperty('disabled', true)
  })

  it('says why reading failed, and offers to try again', async () => {
    const { region, answerAll } = show([binary], 1, fail('internal', 'Broken.'))
    await answerAll()
    expect(region.getByText(/the rest could not be read.*Broken\./)).toBeDefined()
    expect(region.getByRole('button', { name: 'Read the rest' })).toBeDefined()
  })

  it('gives its whole to copy, save and send again, and nothing before that', async () => {
    const text = new TextEncoder().encode('temperature 21.5 °C\n'.repeat(100_000))
    const { region, answerAll, saved, copyText, composeMessage } = show([text], 1)
    expect(region.getByRole('button', { name: /^Copy payload.*not before/ })).toHaveProperty('disabled', true)
    expect(region.getByRole('button', { name: /^Send again.*not before/ })).toHaveProperty('disabled', true)
    await userEvent.click(region.getByRole('button', { name: 'Save payload to a file' }))
    expect(saved).toEqual([['payload.save', { connectionId: 'c', sequence: 1, suggestedName: 'dump.txt' }]])
    await answerAll()
    await userEvent.click(region.getByRole('button', { name: /^Copy payload/ }))
    expect(copyText).toHaveBeenCalledWith(new TextDecoder().decode(text))
    await userEvent.click(region.getByRole('button', { name: 'Send again' }))
    const [composed, file] = composeMessage.mock.calls[0] as [{ payload: string }, { name: string; bytes: Uint8Array }]
    expect([composed.payload, file.name, file.bytes.length]).toEqual(['', 'plant/dump', text.length])
    expect(Buffer.compare(file.bytes, text)).toBe(0)
  })

  it('is too large to copy beyond a limit, and the button says what to do', async () => {
    const { region, answerAll } = show([new Uint8Array(9 * 2 ** 20)], 1)
    await answerAll()
    const copy = region.getByRole('button', { name: /^Copy payload.*at most 8\.0 MiB.*save it to a file/ })
    expect(copy).toHaveProperty('disabled', true)
  })

  it('is compared by length and head, and says that the rest is not', async () => {
    const { region } = show([binary, binary.slice()], 2)
    await userEvent.click(region.getByRole('button', { name: 'Difference' }))
    expect(region.getByText(/same length and the same beginning/)).toBeDefined()
  })

  it('differs where its length does', async () => {
    const { region } = show([binary, binary.slice(1)], 2)
    await userEvent.click(region.getByRole('button', { name: 'Difference' }))
    expect(region.getByText(/The payloads differ\./)).toBeDefined()
  })
})
