import { act, cleanup, screen, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, describe, expect, it } from 'vitest'
import type { OpenedRecording, RecorderStatus, ReplayStatus } from '#shared/model/recordings'
import { fail, ok } from '#shared/result'
import { dialogsState } from '../../state/dialogs'
import { recordingsState } from '../../state/recordings'
import { entryOf, onlineSession, openTestWindow, type TestWindowOptions } from '../../testing/testWindow'
import { RecorderMark } from './RecorderMark'
import { RecordingFacts } from './RecordingFacts'
import { RecordingNotes } from './RecordingNotes'
import { RefusedDialog } from './RefusedDialog'
import { localInputOf } from '../../ui/localInput'
import { newReplayDraft, planOf } from './replayDraft'
import { ReplayDialog } from './ReplayDialog'

afterEach(cleanup)

const begin = Date.UTC(2026, 10, 28, 0, 4, 53)

const openedRecording = (given: Partial<OpenedRecording> = {}): OpenedRecording => ({
  connectionId: 'file',
  file: 'night.jsonl',
  format: 'mosquitto-json',
  stretch: null,
  bytes: 2_000,
  bytesRead: 2_000,
  messages: 10,
  from: begin,
  to: begin + 3_661_000,
  refused: 0,
  notes: {},
  phase: 'whole',
  error: null,
  ...given,
})

const replayStatus = (given: Partial<ReplayStatus> = {}): ReplayStatus => ({
  connectionId: 'c',
  sourceId: 'file',
  sourceName: 'night.jsonl',
  pace: { kind: 'recorded', factor: 1 },
  total: 10,
  read: 4,
  sent: 3,
  acknowledged: 2,
  refused: 0,
  lost: 0,
  leftOut: 1,
  echoes: 0,
  unsendable: 0,
  firstProblem: null,
  driftMs: { mean: 0.42, most: 3.4 },
  phase: 'running',
  error: null,
  ...given,
})

/** Connection `c`, and a recording that is open. */
const show = (options: TestWindowOptions = {}) => {
  const opened = openTestWindow({
    session: onlineSession(),
    ...options,
    snapshot: {
      profiles: [
        entryOf({ id: 'c', name: 'Plant', ...options.profile }),
        entryOf({ id: 'file', kind: 'recording', name: 'night.jsonl' }),
      ],
      openedRecordings: [openedRecording()],
      ...options.snapshot,
    },
  })
  opened.render(
    <>
      <RecordingNotes />
      <RecordingFacts />
      <RecorderMark />
      <RefusedDialog />
      <ReplayDialog />
    </>,
  )
  return { ...opened, user: userEvent.setup(), state: () => opened.app.get(recordingsState) }
}

describe('a recording that is open', () => {
  const asOpened = (given: Partial<OpenedRecording>) =>
    show({
      profile: { kind: 'recording' },
      snapshot: { openedRecordings: [openedRecording({ connectionId: 'c', ...given })] },
    })

  it('says its file, format, time and number', () => {
    asOpened({})
    expect(screen.getByText('mosquitto-json, 2.0 KiB')).toBeTruthy()
    expect(screen.getByText('Nov 28, 2026 00:04:53 – 01:05:54')).toBeTruthy()
    expect(screen.getByText('10 messages')).toBeTruthy()
  })

  it('shows how far it is read, and can be stopped', async () => {
    const { user, main, state } = asOpened({ phase: 'reading', bytesRead: 500, messages: 1_234 })
    expect(screen.getByText('Reading: 25%, 1,234 messages')).toBeTruthy()
    await user.click(screen.getByRole('button', { name: 'Stop reading' }))
    expect(main.inputsOf('openedRecording.stop')).toEqual([{ connectionId: 'c' }])
    act(() => state().receiveOpened(openedRecording({ connectionId: 'c', phase: 'stopped', bytesRead: 500 })))
    expect(screen.getByText(/^Reading was stopped at 25%/)).toBeTruthy()
  })

  it('lists what could not be read with its place and why, and copies the list', async () => {
    const { user, main } = show({
      profile: { kind: 'recording' },
      snapshot: { openedRecordings: [openedRecording({ connectionId: 'c', refused: 2 })] },
      answers: {
        'openedRecording.refused': () =>
          ok([
            { place: { unit: 'line', number: 4 }, reason: 'lostBytes', detail: '0 of 11' },
            { place: { unit: 'frame', number: 7 }, reason: 'cutShort', detail: '' },
          ]),
      },
    })
    await user.click(screen.getByRole('button', { name: 'Show them' }))
    const dialog = await screen.findByRole('dialog')
    expect(await within(dialog).findByText('frame 7')).toBeTruthy()
    expect(within(dialog).getByText('line 4')).toBeTruthy()
    await user.click(within(dialog).getByRole('button', { name: 'Copy list' }))
    expect(main.inputsOf('clipboard.write')).toEqual([
      { text: 'line 4\tbytes of the payload are not in the recording\t0 of 11\nframe 7\tit is cut off' },
    ])
  })
})

describe('a connection that is recorded', () => {
  const recorder: RecorderStatus = {
    connectionId: 'c',
    file: 'out.jsonl',
    since: 0,
    messages: 12_345,
    bytes: 3 * 2 ** 20,
    missed: 0,
    trouble: null,
    end: null,
  }

  it('says how much, what is missing and why, until it is stopped', async () => {
    const { user, main, state } = show({ snapshot: { recorders: [recorder] } })
    expect(screen.getByText('Recording: 12,345 messages, 3.0 MiB')).toBeTruthy()
    const { error } = fail('storageFailed', 'full', { values: { file: 'out.jsonl', detail: 'no space' } })
    act(() => state().receiveRecorder({ ...recorder, missed: 7, trouble: error }))
    expect(screen.getByText('7 could not be kept')).toBeTruthy()
    expect(screen.getByRole('alert').textContent).toContain('no space')
    await user.click(screen.getByRole('button', { name: 'Stop' }))
    expect(main.inputsOf('recorder.stop')).toEqual([{ connectionId: 'c' }])
    act(() => state().receiveRecorder({ ...recorder, end: 'stopped' }))
    expect(screen.queryByText(/^Recording:/)).toBe(null)
  })
})

describe('a replay', () => {
  const ask = (window: ReturnType<typeof show>) =>
    act(() => window.app.get(dialogsState).show(window.connection, { kind: 'replay' }))

  it('starts with what is filled in, under a prefix by itself', async () => {
    const window = show()
    ask(window)
    await window.user.type(screen.getByLabelText('Only topics that match'), 'plant/#')
    await window.user.click(screen.getByRole('button', { name: 'Start replay' }))
    expect(window.main.inputsOf('replay.start')).toMatchObject([
      {
        sourceId: 'file',
        connectionId: 'c',
        pace: { kind: 'recorded', factor: 1 },
        prefix: 'replay/',
        include: ['plant/#'],
        withoutEchoes: true,
        qos: null,
      },
    ])
    expect(screen.queryByRole('dialog')).toBe(null)
  })

  it('asks before it starts on production, and stays with the reason where it cannot', async () => {
    const window = show({
      profile: { production: true },
      answers: { 'replay.start': () => fail('replayRuns', 'It runs.') },
    })
    ask(window)
    await window.user.click(screen.getByRole('button', { name: 'Start replay' }))
    expect(window.main.inputsOf('replay.start')).toEqual([])
    expect(screen.getByRole('alert').textContent).toContain('Plant is marked as production')
    await window.user.click(screen.getByRole('button', { name: 'Start on production' }))
    expect(window.main.inputsOf('replay.start')).toHaveLength(1)
    expect(await screen.findByText('A replay runs on this connection already. Stop it first.')).toBeTruthy()
  })

  it('says how far it is, what became of it and how late it was, and is paused, stopped and dismissed', async () => {
    const { user, main, state } = show({ snapshot: { replays: [replayStatus()] } })
    expect(screen.getByText('Replaying night.jsonl: 4 of 10')).toBeTruthy()
    expect(screen.getByText('3 sent · 2 done · 1 left out')).toBeTruthy()
    expect(screen.getByText('late by 0.4 ms, at most 3 ms')).toBeTruthy()
    await user.click(screen.getByRole('button', { name: 'Pause' }))
    act(() => state().receiveReplay(replayStatus({ phase: 'paused' })))
    await user.click(screen.getByRole('button', { name: 'Step' }))
    await user.click(screen.getByRole('button', { name: 'Resume' }))
    await user.click(screen.getByRole('button', { name: 'Stop' }))
    act(() => state().receiveReplay(replayStatus({ phase: 'stopped' })))
    await user.click(screen.getByRole('button', { name: 'Dismiss' }))
    expect(main.inputsOf('replay.control').map(({ act: what }) => what)).toEqual([
      'pause',
      'step',
      'resume',
      'stop',
      'dismiss',
    ])
    expect(screen.queryByText(/^Replay/)).toBe(null)
  })

  it('what cannot be a plan is said by its field', () => {
    const draft = newReplayDraft({ sourceId: 's', connectionId: 'c' })
    expect(planOf({ ...draft, factor: '0' })).toBe('factor')
    expect(planOf({ ...draft, factor: 'x' })).toBe('factor')
    expect(planOf({ ...draft, factor: 'x', pace: 'fast' })).toMatchObject({ pace: { kind: 'fast' } })
    expect(planOf({ ...draft, from: localInputOf(begin), to: localInputOf(begin) })).toBe('time')
    expect(planOf({ ...draft, rewrites: 'a => b\nc' })).toBe('rewrite')
    expect(planOf({ ...draft, factor: '0,5', rewrites: ' a/+ => b/$1 \n\n', from: localInputOf(begin) })).toMatchObject(
      {
        pace: { kind: 'recorded', factor: 0.5 },
        rewrites: [{ filter: 'a/+', topic: 'b/$1' }],
        from: begin,
        to: null,
      },
    )
  })
})
