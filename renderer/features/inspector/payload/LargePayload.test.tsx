import { act, cleanup, screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, describe, expect, it } from 'vitest'
import type { CommandInput } from '#shared/contract'
import { flags, payloadHeadBytes, recordBytes, type Frame } from '#shared/model/frame'
import { recordOffset } from '#shared/model/frameReader'
import { fail, ok, type Result } from '#shared/result'
import { nextTurn } from '../../../ipc/nextTurn'
import { frameOfMessages } from '../../../model/messageLog/messageLogTesting'
import { composerRequestState } from '../../../state/composerRequest'
import { largePayloadState } from '../../../state/largePayload'
import { selectionState } from '../../../state/selection'
import { openTestWindow } from '../../../testing/testWindow'
import { stubLayout } from '../../../ui/layoutTesting'
import { InspectorPane } from '../InspectorPane'

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

interface AskedRead {
  readonly input: CommandInput<'payload.read'>
  readonly answer: () => void
}

const show = (payloads: readonly Uint8Array[], selected: number, refuse?: Result<never>) => {
  /** Not answered yet, oldest first. */
  const waiting: AskedRead[] = []
  const opened = openTestWindow({
    answers: {
      'payload.read': (input) =>
        new Promise((resolve) => {
          const slice = payloads[input.sequence - 1]?.slice(input.from, input.to) ?? new Uint8Array()
          waiting.push({ input, answer: () => resolve(refuse ?? ok(slice)) })
        }),
    },
  })
  const { connection, main } = opened
  const select = (sequence: number) => act(() => connection.get(selectionState).selectMessage(sequence))
  opened.receive([headsOf(payloads)])
  select(selected)
  opened.render(<InspectorPane />)
  const whole = () => connection.get(largePayloadState).whole
  return {
    connection,
    main,
    select,
    whole,
    region: within(screen.getByRole('region', { name: 'Message details' })),
    reads: () => main.inputsOf('payload.read'),
    /** Answers what is asked, and what is asked after that, until nothing more is read. */
    answerAll: () =>
      waitFor(() => {
        for (const read of waiting.splice(0)) read.answer()
        expect(whole()?.phase).not.toBe('loading')
      }),
    /** Answers what is asked, once. */
    answerOnce: () =>
      act(async () => {
        for (const read of waiting.splice(0)) read.answer()
        await nextTurn()
      }),
  }
}

const binary = Uint8Array.from({ length: 5 * 2 ** 20 }, (_, index) => (index >> 4) & 0xff)

describe('a message of which the log has the head', () => {
  it('shows the head and the true length at once, and all of it when it was read in slices', async () => {
    const { region, reads, answerAll } = show([binary], 1)
    expect(region.getByText(/^00000000 00 00 00/)).toBeDefined()
    expect(region.getByText(/5,242,880 B/)).toBeDefined()
    expect(region.getByText('0 of 5 MiB')).toBeDefined()
    expect(reads()).toMatchObject([{ connectionId: 'c', sequence: 1, from: 0 }])
    await answerAll()
    const asked = reads()
    expect(asked.slice(1).map(({ from }) => from)).toEqual(asked.slice(0, -1).map(({ to }) => to))
    expect(asked.at(-1)?.to).toBe(binary.length)
    expect(region.queryByRole('progressbar')).toBeNull()
    const content = region.getByRole('group', { name: 'Payload content' })
    act(() => {
      content.scrollTop = binary.length * 18
      content.dispatchEvent(new Event('scroll', { bubbles: true }))
    })
    await waitFor(() => expect(region.getByText(/^004ffff0 ff ff/)).toBeDefined())
  })

  it('asks for one slice at a time, and no more once reading was cancelled', async () => {
    const { region, reads, answerAll, answerOnce, whole } = show([binary], 1)
    expect(reads()).toHaveLength(1)
    await userEvent.click(region.getByRole('button', { name: 'Cancel' }))
    expect(region.getByText('Only the first 64 KiB are shown.')).toBeDefined()
    await answerOnce()
    expect(reads()).toHaveLength(1)
    expect(whole()?.phase).toBe('cancelled')
    await userEvent.click(region.getByRole('button', { name: 'Read the rest' }))
    await answerAll()
    expect(whole()?.phase).toBe('whole')
  })

  it('is released when another one is opened', async () => {
    const { whole, answerAll, select, reads } = show([binary, binary], 1)
    await answerAll()
    expect(whole()).toMatchObject({ sequence: 1, phase: 'whole' })
    select(2)
    expect(whole()).toMatchObject({ sequence: 2, phase: 'loading', loadedBytes: 0 })
    expect(reads().at(-1)).toMatchObject({ sequence: 2, from: 0 })
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
    const { region, answerAll, main, connection } = show([text], 1)
    expect(region.getByRole('button', { name: /^Copy payload.*not before/ })).toHaveProperty('disabled', true)
    expect(region.getByRole('button', { name: /^Send again.*not before/ })).toHaveProperty('disabled', true)
    await userEvent.click(region.getByRole('button', { name: 'Save payload to a file' }))
    expect(main.inputsOf('payload.save')).toEqual([{ connectionId: 'c', sequence: 1, suggestedName: 'dump.txt' }])
    await answerAll()
    await userEvent.click(region.getByRole('button', { name: /^Copy payload/ }))
    expect(main.inputsOf('clipboard.write')).toEqual([{ text: new TextDecoder().decode(text) }])
    await userEvent.click(region.getByRole('button', { name: 'Send again' }))
    const { request } = connection.get(composerRequestState)
    expect(request).toMatchObject({ kind: 'message', message: { payload: '' }, file: { name: 'plant/dump' } })
    const file = request?.kind === 'message' ? request.file : null
    expect(file && 'bytes' in file && Buffer.compare(file.bytes, text)).toBe(0)
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
