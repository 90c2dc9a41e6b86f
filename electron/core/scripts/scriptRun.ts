import { flags } from '#shared/model/frame'
import { scriptLimits, type Script, type ScriptProblem, type ScriptStatus } from '#shared/model/script'
import { levelsMatchText, levelsOf } from '#shared/mqtt/topicFilter'
import { decodePublishProperties } from '#shared/mqtt/publishProperties'
import type { MadeMessage } from '#shared/model/publish'
import type { AppError } from '#shared/result'
import type { WireMessage } from '../broker/message/wireMessage'
import type { ResponderSession } from '../responder/responder'
import { limitPerSecond } from '../responder/limitPerSecond'
import type { SenderClock } from '../senders/schedule/senderClock'
import type { SandboxInput } from './sandbox/sandbox'
import { longestChain, type ScriptCauses } from './scriptCauses'
import { endsRun, scriptFailed } from './scriptFailed'
import { outputsOf } from './scriptOutputs'
import type { CallOutcome, ScriptThread } from './scriptThread'

export interface ScriptRunParts {
  readonly script: Script
  readonly connection: { readonly id: string; readonly name: string }
  readonly thread: Pick<ScriptThread, 'call' | 'close'>
  readonly session: ResponderSession
  readonly clock: SenderClock
  readonly causes: ScriptCauses
  /** Its status changed. */
  readonly onChange: () => void
}

/** A script that is called for the messages under its filter, and sends what it makes, until it is closed or fails for good. */
export interface ScriptRun {
  status(): Omit<ScriptStatus, 'isChanged'>
  close(): void
}

/** So many messages wait for a script that is slow, and so many bytes of their payloads. */
const mostWaiting = 1_000
const mostWaitingBytes = 16 * 2 ** 20

export const createScriptRun = (parts: ScriptRunParts): ScriptRun => {
  const { script, connection, thread, session, clock, causes, onChange } = parts
  const filter = levelsOf(script.filter)
  const held = session.holdFilter(script.filter)
  const allows = limitPerSecond(script.perSecond, clock)
  const counts = { heard: 0, sent: 0, limited: 0, failed: 0 }
  let lines: readonly string[] = []
  let error: AppError | null = null
  let stoppedBy: AppError | null = null
  let isClosed = false
  const waiting = { messages: 0, bytes: 0 }
  const isFull = (bytes: number) => waiting.messages >= mostWaiting || waiting.bytes + bytes > mostWaitingBytes

  const note = (failure: AppError) => {
    error = failure
    counts.failed += 1
  }
  const close = () => {
    if (isClosed) return
    isClosed = true
    stopListening()
    held.release()
    thread.close()
  }
  const stopWith = (failure: AppError) => {
    note(failure)
    stoppedBy = failure
    close()
  }
  const send = (output: MadeMessage, passed: number) => {
    const online = session.online()
    if (!online || !allows()) {
      counts.limited += 1
      return
    }
    causes.note(output, passed)
    const problem = online.send(output, (result) => {
      if (result.ok || result.error.code !== 'publishRefused') return
      note(result.error)
      onChange()
    })
    if (problem) note(problem)
    else counts.sent += 1
  }
  const take = ({ made, lines: written, error: failure }: CallOutcome, passed: number) => {
    if (isClosed) return
    lines = [...lines, ...written].slice(-scriptLimits.lines)
    const outputs = outputsOf(made)
    const own = outputs.ok ? outputs.value.find(({ topic }) => levelsMatchText(filter, topic)) : undefined
    if (failure && endsRun(failure)) stopWith(failure)
    else if (failure) note(failure)
    else if (!outputs.ok) note(outputs.error)
    else if (own) stopWith(said('answersItself', own.topic))
    else for (const output of outputs.value) send(output, passed + 1)
    onChange()
  }
  const hear = (message: WireMessage) => {
    const size = message.end - message.payloadStart
    const input = inputOf(message, { connection: connection.name, n: counts.heard })
    const passed = causes.passed(input.topic, input.payload)
    if (size > scriptLimits.inputBytes) note(said('inputTooLarge', String(size)))
    else if (passed >= longestChain) stopWith(said('loop', input.topic))
    else if (isFull(size)) counts.limited += 1
    else {
      waiting.messages += 1
      waiting.bytes += size
      void thread.call(input).then((outcome) => {
        waiting.messages -= 1
        waiting.bytes -= size
        take(outcome, passed)
      })
    }
    onChange()
  }
  const stopListening = session.listen((message, { flags: bits }) => {
    // What the broker had kept was sent before the script ran.
    if (isClosed || (bits & flags.stored) !== 0 || !levelsMatchText(filter, message.topic.text)) return
    counts.heard += 1
    hear(message)
  })

  return {
    status: () => {
      const state = held.state()
      const isRefused = state.phase === 'refused' || state.phase === 'heldBack'
      const phase = isRefused ? 'refused' : state.phase === 'granted' ? 'on' : 'waiting'
      return {
        connectionId: connection.id,
        scriptId: script.id,
        phase: stoppedBy ? 'stopped' : phase,
        counts: { ...counts },
        error: !stoppedBy && state.phase === 'refused' ? state.error : error,
        lines,
      }
    },
    close,
  }
}

/** What is not about a place of the text. */
const said = (problem: ScriptProblem, detail: string): AppError =>
  scriptFailed({ problem, detail, line: 0, column: 0 }).error

/** Copied: what came is not kept. */
const inputOf = (
  { topic, source, start, payloadStart, end, flags: bits }: WireMessage,
  call: { readonly connection: string; readonly n: number },
): SandboxInput => ({
  ...call,
  topic: topic.text,
  payload: Uint8Array.from(source.subarray(payloadStart, Math.min(end, payloadStart + scriptLimits.inputBytes))),
  qos: bits & flags.qosMask,
  retain: (bits & flags.retain) !== 0,
  properties: payloadStart === start ? {} : { ...decodePublishProperties(source.subarray(start, payloadStart)) },
})
